"""Disks for the tests of the store: one in a hurry, and one that fails."""

from peyman.ledger.keeping.transaction import Disk


class Crash(BaseException):
    """The machine stops: nothing after it runs, not even a handler of errors."""


class QuickDisk(Disk):
    """A disk that flushes nothing: no power fails here, only programs."""

    def write(self, path, data):
        path.write_bytes(data)

    def flush_folder(self, path):
        pass


class FailingDisk(QuickDisk):
    """A disk that fails at one step: with an error, or by stopping half way through."""

    def __init__(self, step, failure):
        self.left = step
        self.failure = failure

    def _step(self):
        self.left -= 1
        if self.left == 0:
            raise self.failure

    def make_folder(self, path):
        self._step()
        super().make_folder(path)

    def write(self, path, data):
        self.left -= 1
        if self.left == 0:
            path.write_bytes(data[: len(data) // 2])
            raise self.failure
        super().write(path, data)

    def rename(self, old, new):
        self._step()
        super().rename(old, new)

    def remove(self, path):
        self._step()
        super().remove(path)

    def remove_folder(self, path):
        self._step()
        super().remove_folder(path)

    def remove_tree(self, path):
        self.left -= 1
        if self.left == 0:
            for inner in sorted(path.rglob("*"))[:2]:
                if inner.is_file():
                    inner.unlink()
            raise self.failure
        super().remove_tree(path)

    def flush_folder(self, path):
        self._step()
        super().flush_folder(path)

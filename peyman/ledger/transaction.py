"""Change a folder of files all at once, or not at all.

What is to come is written and made durable in `.staging`; renaming that to `.next` is the
moment from which the change is certain. Then its files are put in place, the checkpoint
last, what is to go is removed, and `.next` goes. Whatever is interrupted before the
moment is undone by `recover`, whatever after it is ended, the same way every time.

The disk is an argument, so that tests can break it at every single step.
"""

import os
import shutil
from collections.abc import Collection, Mapping
from pathlib import Path

STAGING, NEXT = ".staging", ".next"
_FILES, _PLAN = "files", "plan"
_PUT, _REMOVE = "put ", "remove "
_LAST = "checkpoint"


class Disk:
    """The few things that are done to a disk; each is durable when it returns."""

    def make_folder(self, path: Path) -> None:
        """Make a folder and those above it, if they are not there."""
        if not path.is_dir():
            self.make_folder(path.parent)
            path.mkdir(exist_ok=True)
            self.flush_folder(path.parent)

    def write(self, path: Path, data: bytes) -> None:
        """Write a new file."""
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def rename(self, old: Path, new: Path) -> None:
        """Rename, over what is there."""
        old.replace(new)

    def remove(self, path: Path) -> None:
        """Remove a file."""
        path.unlink(missing_ok=True)

    def remove_tree(self, path: Path) -> None:
        """Remove a folder with what is in it."""
        shutil.rmtree(path)

    def remove_folder(self, path: Path) -> None:
        """Remove an empty folder."""
        path.rmdir()

    def flush_folder(self, path: Path) -> None:
        """Make what was made, renamed or removed in a folder durable."""
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def change(
    disk: Disk, root: Path, put: Mapping[str, bytes], removed: Collection[str]
) -> None:
    """Put files and remove others, all or nothing.

    Args:
        disk: The disk.
        root: The folder.
        put: New bytes by path; what is there is replaced.
        removed: Paths that go; none of `put`.

    Raises:
        OSError: If the disk fails; `recover` then decides.
    """
    staging = root / STAGING
    disk.make_folder(staging / _FILES)
    _write_all(disk, staging / _FILES, put)
    plan = [_PUT + path for path in put] + [_REMOVE + path for path in removed]
    disk.write(staging / _PLAN, "\n".join(plan).encode())
    disk.flush_folder(staging)
    disk.rename(staging, root / NEXT)
    disk.flush_folder(root)
    _finish(disk, root)


def recover(disk: Disk, root: Path) -> None:
    """Undo what was interrupted before it was certain; end what was interrupted after."""
    if (root / STAGING).exists():
        disk.remove_tree(root / STAGING)
        disk.flush_folder(root)
    if (root / NEXT).exists():
        _finish(disk, root)


def write_new(disk: Disk, root: Path, files: Mapping[str, bytes]) -> None:
    """Write a new folder, which is there whole or not at all."""
    draft = root.with_name(f".{root.name}.new")
    if draft.exists():
        disk.remove_tree(draft)
    disk.make_folder(draft)
    _write_all(disk, draft, files)
    disk.rename(draft, root)
    disk.flush_folder(root.parent)


def _write_all(disk: Disk, root: Path, files: Mapping[str, bytes]) -> None:
    folders = {root}
    for path in sorted(files):
        folder = (root / path).parent
        if folder not in folders:
            disk.make_folder(folder)
            folders.add(folder)
        disk.write(root / path, files[path])
    for folder in sorted(folders):
        disk.flush_folder(folder)


def _finish(disk: Disk, root: Path) -> None:
    plan = (root / NEXT / _PLAN).read_text(encoding="utf-8").split("\n")
    put = [line.removeprefix(_PUT) for line in plan if line.startswith(_PUT)]
    first = sorted(path for path in put if path != _LAST)
    _put(disk, root, first)
    # All that the new checkpoint speaks of is durable before it is there.
    _put(disk, root, [_LAST] if _LAST in put else [])
    for line in plan:
        if line.startswith(_REMOVE):
            path = root / line.removeprefix(_REMOVE)
            disk.remove(path)
            _flush_upwards(disk, root, path.parent)
    # Half of `.next` would be read as another plan: it goes under the name of one undone.
    disk.rename(root / NEXT, root / STAGING)
    disk.flush_folder(root)
    disk.remove_tree(root / STAGING)
    disk.flush_folder(root)


def _put(disk: Disk, root: Path, paths: Collection[str]) -> None:
    for path in paths:
        disk.make_folder((root / path).parent)
        if (root / NEXT / _FILES / path).exists():
            disk.rename(root / NEXT / _FILES / path, root / path)
    for folder in sorted({(root / path).parent for path in paths}):
        disk.flush_folder(folder)


def _flush_upwards(disk: Disk, root: Path, folder: Path) -> None:
    """Make a removal durable, and remove the folders that it leaves empty."""
    while folder != root and folder.is_dir() and not any(folder.iterdir()):
        disk.remove_folder(folder)
        folder = folder.parent
    if folder.is_dir():
        disk.flush_folder(folder)

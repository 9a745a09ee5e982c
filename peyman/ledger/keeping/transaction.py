"""Change a folder of files all at once, or not at all.

What is to come is written and made durable in `.staging`; renaming that to `.next` is the
moment from which the change is certain. Then its files are put in place, the checkpoint
last, what is to go is removed, and `.next` goes. Whatever is interrupted before the
moment is undone by `recover`, whatever after it is ended, the same way every time.

A folder may come from a stranger, and `.next` with it. So a plan is followed only if
every path in it is one that a case file has, and no link stands on the way: nothing
outside the folder is written, moved or removed.

The disk is an argument, so that tests can break it at every single step.
"""

import os
import shutil
import stat
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from peyman.errors import PeymanError
from peyman.ledger.layout import has_place
from peyman.ledger.strict import refuse

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
    """Undo what was interrupted before it was certain; end what was interrupted after.

    Raises:
        PeymanError: If what lies there was not left by an interrupted change: then
            nothing is touched.
        OSError: If the disk fails.
    """
    is_certain = os.path.lexists(root / NEXT)
    if is_certain:
        _read_plan(root)
    if _clear(disk, root / STAGING):
        disk.flush_folder(root)
    if is_certain:
        _finish(disk, root)


def write_new(disk: Disk, root: Path, files: Mapping[str, bytes]) -> None:
    """Write a new folder, which is there whole or not at all."""
    draft = root.with_name(f".{root.name}.new")
    _clear(disk, draft)
    disk.make_folder(draft)
    _write_all(disk, draft, files)
    disk.rename(draft, root)
    disk.flush_folder(root.parent)


def _clear(disk: Disk, path: Path) -> bool:
    """Remove what stands at a path, a link as itself; say whether anything did."""
    if _is_folder(path):
        disk.remove_tree(path)
    elif os.path.lexists(path):
        disk.remove(path)
    else:
        return False
    return True


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


class _Plan(NamedTuple):
    put: tuple[str, ...]
    removed: tuple[str, ...]


def _read_plan(root: Path) -> _Plan:
    """Read what was planned.

    Raises:
        PeymanError: If it would reach outside the case, or is no plan.
    """
    path = root / NEXT / _PLAN
    if not (_is_folder(root / NEXT) and _is_file(path)):
        raise _unsound(root)
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError:
        raise _unsound(root) from None
    plan = _Plan(tuple(_paths(lines, _PUT)), tuple(_paths(lines, _REMOVE)))
    named = [*plan.put, *plan.removed]
    if len(named) != len(lines) or not all(_is_inside(root, one) for one in named):
        raise _unsound(root)
    return plan


def _paths(lines: Collection[str], mark: str) -> Iterator[str]:
    return (line.removeprefix(mark) for line in lines if line.startswith(mark))


def _is_inside(root: Path, path: str) -> bool:
    """Whether a path has a place in the case, and no link stands on the way to it."""
    if not has_place(path):
        return False
    held = root / NEXT / _FILES
    if os.path.lexists(held / path) and not _is_file(held / path):
        return False
    *above, _ = Path(path).parents
    # The case itself may be reached by a link: whoever opens it says where it is.
    folders = [held, *(start / one for start in (root, held) for one in above)]
    return all(_is_folder(one) or not os.path.lexists(one) for one in folders)


def _is_folder(path: Path) -> bool:
    return os.path.lexists(path) and stat.S_ISDIR(path.lstat().st_mode)


def _is_file(path: Path) -> bool:
    return os.path.lexists(path) and stat.S_ISREG(path.lstat().st_mode)


def _unsound(root: Path) -> PeymanError:
    return refuse(
        f"{root.name} holds a {NEXT} that no interrupted entry left: nothing was done.",
        6,
        "If you received the folder, ask the sender for it again; restore your own case"
        " from a sound copy.",
    )


def _finish(disk: Disk, root: Path) -> None:
    plan = _read_plan(root)
    _put(disk, root, sorted(path for path in plan.put if path != _LAST))
    # All that the new checkpoint speaks of is durable before it is there.
    _put(disk, root, [_LAST] if _LAST in plan.put else [])
    for one in plan.removed:
        disk.remove(root / one)
        _flush_upwards(disk, root, (root / one).parent)
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

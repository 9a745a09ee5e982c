"""A lock on a file that stands for something: one process has it, and others wait or go away.

The system hands it on in the order of asking, and takes it from a process that dies, so
nothing is left to clean up.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(path: str | Path, *, waits: bool) -> Iterator[int | None]:
    """Hold the lock on a file, which is made if it is not there; give the open file.

    The lock goes with the open file: a process that it is passed on to holds it as well.

    Args:
        path: The file.
        waits: Whether to wait for whoever has it; else None is given in its stead.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except BlockingIOError:
            yield None
        else:
            yield handle
    finally:
        os.close(handle)

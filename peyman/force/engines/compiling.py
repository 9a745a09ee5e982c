"""numba, as the planner uses it: functions over arrays and nothing else, compiled once and kept.

They stand in modules and rooms called `compiled`, which are imported only where something is reckoned:
numba takes a third of a second to import. What is compiled is kept beside the code, or where nobody may
write there in the home of who runs it; in a folder named by all that is compiled: numba itself looks at
one file at a time, and would keep a caller of what has changed in another.
"""

import os
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from numba import config, njit

_HERE = Path(__file__).parent
_COMPILED = sorted(
    (*_HERE.parent.rglob("compiled/*.py"), *_HERE.parent.rglob("compiled.py"))
)
_CODE = sha256(b"".join(one.read_bytes() for one in (Path(__file__), *_COMPILED)))
_ROOM = (
    _HERE / "__pycache__"
    if os.access(_HERE, os.W_OK)
    else Path("~/.cache/peyman").expanduser()
)
KEPT = _ROOM / _CODE.hexdigest()[:16]
"""Where what is compiled is kept."""
config.CACHE_DIR = str(KEPT)  # type: ignore[attr-defined]

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """A function that only compiled ones call; numba compiles it with the first of these."""
    return _made(function, no_cpython_wrapper=True)


def entrance(function: Function) -> Function:
    """A function that Python calls: compiled when that is first done, or read where it was kept."""
    # Nothing of Python is touched meanwhile: other threads may run.
    return _made(function, nogil=True)


def _made(function: Function, **options: bool) -> Function:
    # Without reference counts: nothing here makes an array, and to count takes longer than to compute.
    with_options: Any = partial(njit, _nrt=False, no_cfunc_wrapper=True, **options)
    made: Function
    try:
        made = with_options(cache=True)(function)
    except RuntimeError:
        # Neither this folder nor a home can be written: each process compiles for itself.
        made = with_options()(function)
    return made

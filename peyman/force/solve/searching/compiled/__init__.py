"""The search's inner loop, compiled by numba: functions over arrays and nothing else.

What is compiled is kept beside the code, in a folder named by all the code of this room: numba itself
looks at one file at a time, and would keep a caller of what has changed in another.
"""

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from numba import config, njit

_HERE = Path(__file__).parent
_CODE = sha256(b"".join(one.read_bytes() for one in sorted(_HERE.glob("*.py"))))
config.CACHE_DIR = str(_HERE / "__pycache__" / _CODE.hexdigest()[:16])  # type: ignore[attr-defined]

# Without reference counts: nothing here makes an array, and to count takes longer than to compute.
_njit: Any = partial(njit, cache=True, _nrt=False, no_cfunc_wrapper=True)

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """A function that only compiled ones call; numba compiles it with the first of these."""
    made: Function = _njit(no_cpython_wrapper=True)(function)
    return made


def entrance(function: Function) -> Function:
    """A function that Python calls: compiled when that is first done, or read where it was kept."""
    made: Function = _njit()(function)
    return made

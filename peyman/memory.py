"""How often Python looks for what nothing refers to any more, in the programs of Peyman.

A fold makes some thousands of small objects and keeps nearly all of them. Looked for after every
700 new ones, as Python does by itself, that is up to a fifth of the time of a long case.
"""

import gc
from typing import Final

_NEW_OBJECTS: Final = 50_000
"""A few megabytes of them."""


def collect_seldom() -> None:
    """Look for unreachable objects after every 50,000 new ones. For programs, as they begin."""
    gc.set_threshold(_NEW_OBJECTS)

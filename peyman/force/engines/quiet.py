"""HiGHS, printing nothing: standard output belongs to whoever calls."""

from typing import Any

import highspy


class _Quiet(highspy.Highs):
    """A solver that does not greet: it does when its callbacks are set up, if it may."""

    def enableCallbacks(self) -> None:  # noqa: N802  (the library's own name)
        self.setOptionValue("output_flag", False)
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def quiet_solver() -> Any:
    """Make a solver of linear and integer programmes."""
    return _Quiet()  # type: ignore[no-untyped-call]

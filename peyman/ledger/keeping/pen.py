"""The pen with which the heads of a log are signed: only who has looked is given it.

A head that is signed for a fork, or below one that went out, can never be taken back. So
nothing here signs a head but a pen (a test sees to it), and there is no pen without
holding the log, as it was before anything new, against every head that was seen of it.

Source: docs/record.md, section 9.
"""

from collections.abc import Callable

from peyman.ledger.entries.rules import Log
from peyman.ledger.log.note import Checkpoint, sign_checkpoint
from peyman.ledger.signing.keys import Key
from peyman.ledger.strict import refuse

Guard = Callable[[Log], None]
"""Refuses a log that is not the one that was seen: `peyman.ledger.keeping.kept.Kept.check`."""


class Pen:
    """Signs heads of one log, for as long as nobody else may enter into it.

    Args:
        log: The log, before it takes what is to be entered.
        log_key: The key that `case.toml` names.
        guard: What was seen of the log; None for a reconstructed one, whose key everybody
            can derive, so that its heads prove nothing about who.

    Raises:
        PeymanError: If the log is another or shorter than was seen, or the key another's.
        ValueError: If nobody says what was seen of a live log.
    """

    def __init__(self, log: Log, log_key: Key, guard: Guard | None) -> None:
        settings = log.settings
        if log_key.public != settings.log_key:
            raise refuse(
                f"This is not the log key of {settings.origin}.",
                5,
                "Give the private key of the log key that case.toml names.",
            )
        if guard is not None:
            guard(log)
        elif not settings.is_reconstructed:
            raise ValueError(f"say what was seen of {settings.origin}, a live log")
        self._log = log
        self._key = log_key

    def head(self, size: int) -> bytes:
        """Sign the head that the log has, or had, at a size."""
        root = self._log.tree.root(size)
        origin = self._log.settings.origin
        return sign_checkpoint(Checkpoint(origin, size, root), self._key)

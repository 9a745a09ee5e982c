"""A case while it is being made in memory: entered, admitted, hashed, not yet written.

Worked cases and new cases are both made here, so that every entry of either passes the same
questions as at the door of a case that stands on disk.
"""

from collections.abc import Callable
from dataclasses import replace

from peyman.case.entering.admit import admit
from peyman.case.entering.draft import Draft
from peyman.case.load import entry_of
from peyman.case.making.founding import Founding
from peyman.charter.moment import show
from peyman.ledger.entries.entry import Citation, Payload, Seen, Signer
from peyman.ledger.entries.envelope import commitment, seal
from peyman.ledger.log.leaf import Leaf, encode_leaf
from peyman.ledger.log.tree import Tree, hash_leaf
from peyman.ledger.signing.keys import Key


class Workshop:
    """Makes the entries of one log, all signed by the registrar.

    Attributes:
        case: What was entered so far.
        files: Path inside the case file to bytes, sources included.
        entries: Envelope and `entered` of each entry, in order.
    """

    def __init__(
        self, founding: Founding, key: Key, nonce: Callable[[str], str]
    ) -> None:
        """Begin a log.

        Args:
            founding: What the case is founded on.
            key: The registrar's.
            nonce: From the label of an entry to its nonce.
        """
        self._founding = founding
        self._key = key
        self._nonce = nonce
        self._tree = Tree()
        self.case = founding.case()
        self.files = founding.files()
        self.entries: list[tuple[bytes, str]] = []

    def open(self, entered: int, stated: str | None) -> None:
        """Enter what binds the case file: its charters, registers, versions, keys."""
        body = self._founding.body()
        draft = Draft("open", "documented", show(entered), None, (), body)
        self.enter("open", draft, entered, stated)

    def enter(
        self,
        label: str,
        draft: Draft,
        entered: int,
        stated: str | None,
        content: bytes | None = None,
    ) -> str:
        """Enter a draft; give its commitment.

        Args:
            label: What its nonce is made for.
            draft: The entry.
            entered: When, in seconds since 1970.
            stated: `entered_from`, in a reconstructed case.
            content: The bytes of a source.

        Raises:
            PeymanError: If it is refused.
        """
        payload = Payload(
            origin=self.case.origin,
            kind=draft.kind,
            nonce=self._nonce(label),
            seen=Seen(self._tree.size, self._tree.root().hex()),
            signer=Signer(self.case.registrar, self._key.public.fingerprint),
            known_as=draft.known_as,
            at=draft.at,
            cites=citations(self._founding, draft.cites),
            body=draft.body,
            zone=draft.zone,
            entered_from=stated,
        )
        envelope = seal(payload, self._key)
        name = commitment(envelope)
        entry = entry_of(self.case, payload, self._tree.size, name, entered)
        admit(self.case, entry)
        self._tree.append(hash_leaf(encode_leaf(Leaf(name, show(entered)))))
        self.entries.append((envelope, show(entered)))
        texts = dict(self.case.texts)
        if content is not None:
            self.files[f"sources/{draft.body['digest']}"] = content
            texts[name] = content.decode("utf-8", "replace")
        self.case = replace(
            self.case,
            entries=(*self.case.entries, entry),
            size=self._tree.size,
            texts=texts,
        )
        return name


def citations(founding: Founding, cites: tuple[str, ...]) -> tuple[Citation, ...]:
    """Citations of entries, those in a register with the register's origin."""
    origins = {
        entry.commitment: register.case.origin
        for register in founding.registers.values()
        for entry in register.case.entries
    }
    return tuple(Citation(name, origins.get(name)) for name in cites)

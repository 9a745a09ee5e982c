"""Read `case.toml`: what a case file says of itself, bound by its first entry.

Source: docs/record.md, section 6.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from peyman.ledger import strict
from peyman.ledger.signing.keys import PublicKey
from peyman.ledger.strict import refuse

LIVE, RECONSTRUCTED = "live", "reconstructed"
LANGUAGES = ("en", "fa", "ru")

LARGEST = 8 * 2**10
"""Bytes of a case.toml."""

_REQUIRED = (
    "origin",
    "title",
    "zone",
    "kept",
    "log_key",
    "registrar",
    "charters",
)


@dataclass(frozen=True, slots=True)
class Settings:
    """What `case.toml` says.

    Attributes:
        origin: The log, `HOST/CASE`.
        title: The case's name by language; a plain string stands under `en`.
        zone: The IANA zone whose days the case means.
        kept: `live` or `reconstructed`.
        log_key: The key that signs checkpoints.
        registrar: The office that opens the case and adopts for it.
        charters: The ids of the charters that `open` lists.
        register: The charter whose register this log is, if it is one.
    """

    origin: str
    title: Mapping[str, str]
    zone: str
    kept: str
    log_key: PublicKey
    registrar: str
    charters: tuple[str, ...]
    register: str | None = None

    @property
    def is_reconstructed(self) -> bool:
        """Whether times were put together afterwards, and keys come from a seed."""
        return self.kept == RECONSTRUCTED


def read_settings(data: bytes) -> Settings:
    """Read the bytes of `case.toml`.

    Raises:
        PeymanError: If it is too large, is not TOML, or not in the format.
    """
    # Asked first: dotted names alone can make reading a large one take all memory.
    if len(data) > LARGEST:
        raise refuse(f"case.toml has more than {LARGEST} bytes.", 6)
    try:
        value = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise refuse(f"case.toml is not TOML: {error}.", 6) from None
    fields = strict.table(value, "case.toml", _REQUIRED, ("register",))
    charters = strict.items(fields["charters"], "charters", strict.identifier)
    strict.distinct(charters, "charters")
    return Settings(
        origin=strict.origin(fields["origin"], "origin"),
        title=_read_title(fields["title"]),
        zone=strict.zone(fields["zone"], "zone"),
        kept=strict.one_of(fields["kept"], "kept", (LIVE, RECONSTRUCTED)),
        log_key=PublicKey.from_text(fields["log_key"], "log_key"),
        registrar=strict.office(fields["registrar"], "registrar"),
        charters=charters,
        register=_read_register(fields),
    )


def _read_register(fields: dict[str, Any]) -> str | None:
    if "register" not in fields:
        return None
    return strict.identifier(fields["register"], "register")


def _read_title(value: Any) -> Mapping[str, str]:
    if isinstance(value, str):
        return {"en": strict.text(value, "title")}
    titles = strict.table(value, "title", (), LANGUAGES)
    if not titles:
        raise refuse("title is empty.", 6)
    return {name: strict.text(titles[name], f"title: {name}") for name in titles}


def write_settings(settings: Settings) -> bytes:
    """Write `case.toml`, the same bytes every time.

    Raises:
        PeymanError: If the settings do not fit the format.
    """
    titles = ", ".join(
        f"{name} = {_quote(settings.title[name])}"
        for name in LANGUAGES
        if name in settings.title
    )
    lines = [
        f"origin    = {_quote(settings.origin)}",
        f"title     = {{ {titles} }}",
        f"zone      = {_quote(settings.zone)}",
        f"kept      = {_quote(settings.kept)}",
        f"log_key   = {_quote(settings.log_key.text)}",
        f"registrar = {_quote(settings.registrar)}",
        f"charters  = [{', '.join(map(_quote, settings.charters))}]",
    ]
    if settings.register is not None:
        lines.append(f"register  = {_quote(settings.register)}")
    data = "".join(line + "\n" for line in lines).encode()
    if read_settings(data) != settings:
        raise refuse("These settings do not fit case.toml.", 6)
    return data


def _quote(text: str) -> str:
    escaped = "".join(
        f"\\u{ord(one):04x}"
        if ord(one) < 32 or ord(one) == 127 or one in '"\\'
        else one
        for one in text
    )
    return f'"{escaped}"'

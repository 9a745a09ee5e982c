"""Write and read the one zip that a case file has.

Stored, sorted by path, every date 1 January 1980, no comment and no extra field: the same
files are always the same bytes, and a zip that is not equal to its own rebuild is refused.
Nothing is unpacked on the way: there is nothing in it that could swell.

Source: APPNOTE.TXT 6.3.3, sections 4.3.7, 4.3.12, 4.3.16; docs/record.md, section 6.
"""

import struct
from collections.abc import Mapping
from zlib import crc32

from peyman.ledger.strict import escaped, refuse

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_NEEDED, _UNIX = 20, 3 << 8
_DAY = 0x0021
_MODE = 0o100644 << 16
MOST_FILES, _MOST_BYTES = 0xFFFE, 0xFFFFFFFE

_AGAIN = "Ask the sender for the file again, or for the folder."


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """Write files as the one zip that holds them.

    Raises:
        PeymanError: If they are too many or too large for a zip: hand over the folder.
    """
    parts: list[bytes] = []
    central: list[bytes] = []
    offset = 0
    for path in sorted(files):
        name, data = path.encode(), files[path]
        shape = (0, 0, 0, _DAY, crc32(data), len(data), len(data), len(name), 0)
        parts += (_LOCAL.pack(b"PK\3\4", _NEEDED, *shape), name, data)
        end = (0, 0, 0, _MODE, offset)
        made = _UNIX | _NEEDED
        central += (_CENTRAL.pack(b"PK\1\2", made, _NEEDED, *shape, *end), name)
        offset += _LOCAL.size + len(name) + len(data)
        if offset > _MOST_BYTES:
            raise refuse("The case is too large for a zip.", 6, "Hand over the folder.")
    if len(files) > MOST_FILES:
        raise refuse(
            "The case has too many files for a zip.", 6, "Hand over the folder."
        )
    index = b"".join(central)
    count = len(files)
    end_record = _END.pack(b"PK\5\6", 0, 0, count, count, len(index), offset, 0)
    return b"".join([*parts, index, end_record])


def read_zip(data: bytes, name: str) -> dict[str, bytes]:
    """Read the files of such a zip.

    Args:
        data: The bytes of the zip.
        name: What people call it.

    Raises:
        PeymanError: If it is cut short, not a zip, or not the one that its files make.
    """
    files: dict[str, bytes] = {}
    at = 0
    while data[at : at + 4] == b"PK\3\4":
        path, start, end = _read_local(data, at, name)
        if path in files:
            raise refuse(f"{name} holds {path} twice.", 6, _AGAIN)
        files[path] = data[start:end]
        at = end
    if not files:
        raise refuse(f"{name} is not a zip.", 6, _AGAIN)
    if at + _END.size > len(data) or data[-_END.size :][:4] != b"PK\5\6":
        raise refuse(f"{name} is cut short.", 6, _AGAIN)
    if write_zip(files) != data:
        raise refuse(f"{name} is not the zip that its files make.", 6, _AGAIN)
    return files


def _read_local(data: bytes, at: int, name: str) -> tuple[str, int, int]:
    start = at + _LOCAL.size
    if start > len(data):
        raise refuse(f"{name} is cut short.", 6, _AGAIN)
    fields = _LOCAL.unpack(data[at:start])
    flags, method, packed, size, name_length, extra = (*fields[2:4], *fields[7:])
    try:
        path = data[start : start + name_length].decode("ascii")
    except UnicodeDecodeError:
        raise refuse(f"{name} holds a path that is not ASCII.", 6, _AGAIN) from None
    if not path.isprintable():
        shown = escaped(path)
        raise refuse(f"{name} holds a path that cannot be shown: {shown}.", 6, _AGAIN)
    if path.startswith("/") or "\\" in path or ".." in path.split("/"):
        raise refuse(f"{name} holds a path that climbs out: {path}.", 6, _AGAIN)
    if method or packed != size:
        raise refuse(f"{name} holds {path} compressed; a case is stored.", 6, _AGAIN)
    if flags or extra or path.endswith("/"):
        raise refuse(f"{name} is not the zip that its files make.", 6, _AGAIN)
    end = start + name_length + size
    if end > len(data):
        raise refuse(f"{name} is cut short.", 6, _AGAIN)
    return path, start + name_length, end

"""Write and read the one zip that a case file has.

Stored, sorted by path, every date 1 January 1980, no comment and no extra field: the same
files are always the same bytes, and a zip that is not equal to its own rebuild is refused.
Nothing is unpacked on the way: there is nothing in it that could swell. One of very many
files has the two records of Zip64 before its end, and any other has them not.

Source: APPNOTE.TXT 6.3.3, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16, 4.4.1.4;
docs/record.md, section 6.
"""

import os
import struct
from collections.abc import Mapping
from io import BytesIO
from typing import BinaryIO, NamedTuple
from zlib import crc32

from peyman.ledger.strict import escaped, refuse

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END_64 = struct.Struct("<4sQ2H2I4Q")
_LOCATOR_64 = struct.Struct("<4sIQI")
_END = struct.Struct("<4s4H2IH")
_NEEDED, _NEEDED_64, _UNIX = 20, 45, 3 << 8
_DAY = 0x0021
_MODE = 0o100644 << 16
_MANY, _MOST_BYTES = 0xFFFF, 0xFFFFFFFE
"""Files that two bytes no longer count: all bits set says so. Bytes that four still do."""

_AT_ONCE = 2**20
"""Bytes that are looked at together, of a file however large."""

_AGAIN = "Ask the sender for the file again, or for the folder."


class Place(NamedTuple):
    """Where the bytes of a file lie in a zip."""

    start: int
    size: int


def write_zip(files: Mapping[str, bytes]) -> bytes:
    """Write files as the one zip that holds them.

    Raises:
        PeymanError: If they are too large for a zip: hand over the folder.
    """
    parts: list[bytes] = []
    index = bytearray()
    offset = 0
    for path in sorted(files):
        data = files[path]
        local, central = _headers(path, crc32(data), len(data), offset)
        parts += (local, data)
        index += central
        offset += len(local) + len(data)
    return b"".join([*parts, index, _end(len(files), len(index), offset)])


def read_zip(data: bytes, name: str) -> dict[str, bytes]:
    """Read the files of such a zip, as `places_in` finds them."""
    places = places_in(BytesIO(data), name)
    return {one: data[at : at + size] for one, (at, size) in places.items()}


def places_in(file: BinaryIO, name: str) -> dict[str, Place]:
    """Go through such a zip once, holding little of it; say where each file lies.

    Args:
        file: The zip, at its beginning.
        name: What people call it.

    Raises:
        PeymanError: If it is cut short, not a zip, or not the one that its files make.
    """
    places: dict[str, Place] = {}
    index = bytearray()
    offset = 0
    is_ours = True
    while (header := file.read(_LOCAL.size))[:4] == b"PK\3\4":
        path, size = _read_local(header, file, name)
        if path in places:
            raise refuse(f"{name} holds {path} twice.", 6, _AGAIN)
        local, central = _headers(path, _sum(file, size, name), size, offset)
        is_ours &= header + path.encode() == local
        index += central
        places[path] = Place(offset + len(local), size)
        offset += len(local) + size
    if not places:
        raise refuse(f"{name} is not a zip.", 6, _AGAIN)
    rest = bytes(index) + _end(len(places), len(index), offset)
    found = header + file.read(len(rest) - len(header) + 1)
    if not _is_ended(file, offset):
        raise refuse(f"{name} is cut short.", 6, _AGAIN)
    if not is_ours or found != rest or [*places] != sorted(places):
        raise refuse(f"{name} is not the zip that its files make.", 6, _AGAIN)
    return places


def _headers(path: str, crc: int, size: int, offset: int) -> tuple[bytes, bytes]:
    """Give what stands before a file, and what stands of it in the index at the end."""
    name = path.encode()
    shape = (0, 0, 0, _DAY, crc, size, size, len(name), 0)
    if offset + _LOCAL.size + len(name) + size > _MOST_BYTES:
        raise refuse("The case is too large for a zip.", 6, "Hand over the folder.")
    local = _LOCAL.pack(b"PK\3\4", _NEEDED, *shape) + name
    end = (0, 0, 0, _MODE, offset)
    made = _UNIX | _NEEDED
    return local, _CENTRAL.pack(b"PK\1\2", made, _NEEDED, *shape, *end) + name


def _end(count: int, length: int, offset: int) -> bytes:
    """Give what stands after the index, which has so many bytes and begins there."""
    shown = min(count, _MANY)
    end = _END.pack(b"PK\5\6", 0, 0, shown, shown, length, offset, 0)
    return end if count < _MANY else _end_64(count, length, offset) + end


def _end_64(count: int, length: int, offset: int) -> bytes:
    made = _UNIX | _NEEDED_64
    told = (_END_64.size - 12, made, _NEEDED_64, 0, 0, count, count, length, offset)
    locator = _LOCATOR_64.pack(b"PK\6\7", 0, offset + length, 1)
    return _END_64.pack(b"PK\6\6", *told) + locator


def _is_ended(file: BinaryIO, offset: int) -> bool:
    """Whether it ends as a zip does, somewhere after its files."""
    if file.seek(0, os.SEEK_END) < offset + _END.size:
        return False
    file.seek(-_END.size, os.SEEK_END)
    return file.read(4) == b"PK\5\6"


def _sum(file: BinaryIO, size: int, name: str) -> int:
    """Pass over the bytes of a file, and give their CRC-32."""
    found = 0
    while size:
        data = file.read(min(size, _AT_ONCE))
        if not data:
            raise refuse(f"{name} is cut short.", 6, _AGAIN)
        found = crc32(data, found)
        size -= len(data)
    return found


def _read_local(header: bytes, file: BinaryIO, name: str) -> tuple[str, int]:
    """Read the path of a file, and how many bytes it has."""
    if len(header) < _LOCAL.size:
        raise refuse(f"{name} is cut short.", 6, _AGAIN)
    fields = _LOCAL.unpack(header)
    flags, method, packed, size, name_length, extra = (*fields[2:4], *fields[7:])
    try:
        path = file.read(name_length).decode("ascii")
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
    if len(path) < name_length:
        raise refuse(f"{name} is cut short.", 6, _AGAIN)
    return path, size

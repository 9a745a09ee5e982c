"""Digests in little room are found where a dictionary finds them."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peyman.ledger.digests import Digests
from peyman.ledger.log.leaf import Leaf, LeafRow, Places

AT = "2022-01-05T20:00:00Z"
NUMBERS = st.lists(st.none() | st.integers(0, 300), max_size=400)


def digest(number):
    return sha256(b"%d" % number).digest()


@given(NUMBERS, st.integers(0, 500))
def test_the_first_place_of_each_is_found_and_nothing_else(numbers, room):
    found = Digests(room)
    plain: dict[int, int] = {}
    for place, number in enumerate(numbers):
        if place == len(numbers) // 2:
            assert found.find(digest(301)) is None
        found.append(None if number is None else digest(number))
        if number is not None:
            plain.setdefault(number, place)
            assert found[place] == digest(number)
    assert len(found) == len(numbers)
    for number in range(302):
        assert found.find(digest(number)) == plain.get(number)
    assert found.find(bytes(32)) is None


@given(st.lists(st.lists(st.integers(0, 60), max_size=30), max_size=12))
def test_many_are_added_if_all_are_new_and_else_none(groups):
    found = Digests()
    plain: list[int] = []
    for group in groups:
        is_new = len({*group, *plain}) == len(group) + len(plain)
        plain += group if is_new else []
        assert found.append_new(b"".join(map(digest, group))) == is_new
        assert len(found) == len(plain)
        assert found.packed(0, len(found)) == b"".join(map(digest, plain))
        for number in range(61):
            at = plain.index(number) if number in plain else None
            assert found.find(digest(number)) == at


@given(st.lists(st.none() | st.integers(0, 40), max_size=200), st.booleans())
def test_what_stands_at_an_earlier_place_too_is_known_by_its_place(numbers, is_early):
    found = Digests()
    for place, number in enumerate(numbers):
        if is_early:
            assert all(one < place for one in found.repeats)
        found.append(None if number is None else digest(number))
    again = [n for n, one in enumerate(numbers) if one in numbers[:n]]
    assert sorted(found.repeats) == [n for n in again if numbers[n] is not None]


def test_a_row_of_leaves_says_whether_some_follow_as_they_should():
    hours = [f"2022-01-05T20:00:0{n}Z" for n in (1, 1, 3, 2, 4, 5)]
    names = [digest(n) for n in (1, 2, 3, 4, 5, 2)]
    row = LeafRow()
    row.extend(b"".join(names[:3]), hours[:3])
    for name, hour in zip(names[3:], hours[3:], strict=True):
        row.append(Leaf(name.hex(), hour))
    row.append(None)
    assert [*row.entered(4)] == [*hours[4:], None]
    assert [one and one.commitment for one in row] == [*[n.hex() for n in names], None]

    def follow(start, end, after=""):
        return row.follow(start, b"".join(names[start:end]), after)

    assert follow(0, 3)
    assert follow(3, 5)
    assert follow(0, 3, hours[0])
    assert not follow(0, 3, hours[2])
    assert not follow(2, 4)
    assert not follow(4, 6)
    assert not row.follow(0, b"".join(names[1:3]), "")
    assert not row.follow(5, names[5] + bytes(32), "")
    assert not row.follow(6, bytes(32), "")
    assert not row.follow(6, names[0] * 2, "")


def test_what_is_shorter_or_longer_than_a_digest_is_found_in_no_table():
    # Where a digest happens to stand at its slot, each starts with it: many tables, so that
    # in some of them one does.
    for start in range(0, 2400, 60):
        found = Digests()
        for number in range(start, start + 60):
            found.append(digest(number))
        for wrong in (b"", digest(start)[:-1], digest(start) + b"0"):
            assert found.find(wrong) is None


def test_a_place_beyond_the_last_is_an_error():
    found = Digests()
    found.append(digest(1))
    for place in (1, -1):
        with pytest.raises(IndexError):
            found[place]


def test_a_row_of_leaves_is_read_as_a_list_of_them():
    row = LeafRow()
    leaves = [Leaf(digest(1).hex(), AT), None, Leaf(digest(2).hex(), AT)]
    for leaf in leaves:
        row.append(leaf)
    assert [*row] == leaves == row[:]
    assert (row[-1], row[1:], row[::-1]) == (leaves[-1], leaves[1:], leaves[::-1])
    with pytest.raises(IndexError):
        row[3]


def test_what_is_to_come_or_is_written_in_another_way_has_no_place():
    row = LeafRow()
    places = Places(row)
    names = [digest(n).hex() for n in (1, 2, 1)]
    for name in names:
        row.append(Leaf(name, AT))
    assert names[0] not in places
    places.size = 3
    assert {**places} == {names[0]: 0, names[1]: 1}
    for strange in ("e1", names[0].upper(), names[0][:-2], " " + names[0], ""):
        assert strange not in places
        assert places.get(strange, 7) == 7
    with pytest.raises(KeyError):
        places["e1"]

"""Signatures may be left out of `peyman verify`, which then says so and claims no less."""

import json

from peyman.ledger.files.casefile import envelope_path
from tests.cli.conftest import run

LEFT_OUT = "The signatures of entries were NOT checked, as you asked"


def test_what_was_not_checked_is_said(case):
    plain, without = run("verify", case), run("verify", case, "--no-signatures")
    assert (plain.exit_code, without.exit_code) == (0, 0)
    assert LEFT_OUT in without.stdout
    assert LEFT_OUT not in plain.stdout
    assert "signed  2 by peyman/registrar" in plain.stdout
    assert "named   2 by peyman/registrar" in without.stdout
    [note, *_] = json.loads(run("verify", case, "--no-signatures", "--json").stdout)[
        "notes"
    ]
    assert note.startswith(LEFT_OUT)


def test_a_flipped_byte_is_found_all_the_same(case):
    path = case / envelope_path(1)
    data = path.read_bytes()
    path.write_bytes(data[:-9] + bytes([data[-9] ^ 1]) + data[-8:])
    assert run("verify", case, "--no-signatures").exit_code == 1

"""The case file that is downloaded is the one that `peyman verify` reads."""

import subprocess
import sys
from pathlib import Path

from django.urls import reverse

COMMAND = Path(sys.executable).parent / "peyman"


def verify(path):
    done = subprocess.run(
        [COMMAND, "verify", path, "--whole"],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_download_is_verified_and_refused_with_one_byte_flipped(
    client, live, tmp_path
):
    answer = client.get(reverse("file", args=(live.slug,)))
    assert answer["Content-Type"] == "application/zip"
    data = bytearray(answer.content)
    path = tmp_path / "live.zip"
    path.write_bytes(data)
    code, said = verify(path)
    assert code == 0, said
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert verify(path)[0] != 0


def test_the_worked_case_is_handed_over_bit_for_bit(client, worked):
    from django.conf import settings

    from peyman.ledger import read_case_file

    answer = client.get(reverse("file", args=(worked.slug,)))
    folder = settings.LIBRARY / "cases" / worked.slug
    assert answer.content == read_case_file(folder).zip()

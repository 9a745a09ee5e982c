"""The account by which a command asks a server: its password comes out of a file."""

import pytest

from peyman.cli.trust.network import Account, account
from peyman.errors import PeymanError


@pytest.mark.parametrize("written", [b"open sesame\n", b"open sesame\r\nmore"])
def test_a_password_is_the_first_line_of_its_file(written, tmp_path):
    password = tmp_path / "p"
    password.write_bytes(written)
    assert account("u", password) == Account("u", "open sesame")


def test_a_password_file_that_is_no_text_is_refused(tmp_path):
    password = tmp_path / "p"
    password.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PeymanError, match=r"is no text, so it holds no password"):
        account("u", password)

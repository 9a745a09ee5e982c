"""Print what others wrote so that it cannot pass for what we say.

A name, a title or a path in somebody's case may hold line ends, terminal escapes or marks
that turn the direction of text. None of them goes through; the joiners that Persian needs do.
"""

import click

_JOINERS = "\u200c\u200d"


def clean(text: str) -> str:
    r"""The text with whatever is not printable written out.

    >>> clean("a\x1b[2J\nGENUINE")
    'a\\x1b[2J\\nGENUINE'
    """
    return "".join(
        one if one.isprintable() or one in _JOINERS else ascii(one)[1:-1]
        for one in text
    )


def short(instant: str) -> str:
    """An instant to the minute, as people read it.

    >>> short("2022-01-06T03:00:00Z")
    '2022-01-06 03:00'
    """
    return instant[:16].replace("T", " ")


def say(line: str = "", *, err: bool = False) -> None:
    """Print one line."""
    click.echo(clean(line), err=err)


def say_lines(text: str) -> None:
    """Print lines that we laid out ourselves, each of them cleaned."""
    for line in text.splitlines():
        say(line)

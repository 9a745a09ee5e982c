"""The command line: one file a group of commands; nothing is decided here.

A command reads its arguments, calls a room below and prints. Exit codes: 0 fine; 1 the
answer is no; 2 the input or the usage is bad. This is one of the two places that may look
at the clock, at chance and at the environment; what is below is told.
"""

import importlib
import sys

import click

from peyman.cli.printing import say
from peyman.errors import PeymanError
from peyman.memory import collect_seldom

_COMMANDS = {
    "accept": "entering",
    "ask": "asking",
    "audit": "auditing",
    "backup": "copies.backups",
    "build": "building",
    "check": "charters",
    "enter": "entering",
    "key": "office.keys",
    "open": "opening",
    "plan": "plan.planning",
    "play": "showing",
    "prove": "trust.proving",
    "publish": "copies.copying",
    "read": "reading",
    "rebuild": "serving",
    "restore": "copies.backups",
    "serve": "serving",
    "show": "showing",
    "sign": "office.signing",
    "submit": "office.submitting",
    "thread": "showing",
    "verify": "trust.verifying",
    "withhold": "copies.copying",
    "witness": "trust.witnessing",
}
"""Command to its module, imported when it is called: `read` needs no cryptography."""


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module = importlib.import_module(f"peyman.cli.{_COMMANDS[name]}")
        command = getattr(module, f"{name}_command")
        assert isinstance(command, click.Command)  # noqa: S101  (our own table)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except PeymanError as error:
            say(error.problem, err=True)
            say(f"  Authority: {error.authority}", err=True)
            say(f"  Next step: {error.remedy}", err=True)
            sys.exit(2)


@click.group(cls=_Lazy)
@click.version_option(package_name="peyman")
def main() -> None:
    """Carry a case of collective security from the first report to the last unit home."""
    collect_seldom()

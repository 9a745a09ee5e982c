"""`peyman serve` and `peyman rebuild`: the pages, and their tables filled again.

Django is imported only here, and only once one of the two is called.
"""

import os
import sys

import click


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--demo/--no-demo",
    default=True,
    show_default=True,
    help="Keep the demonstration case and its accounts; only on this machine.",
)
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that answer; with PostgreSQL they write to several cases at once.",
)
def serve_command(host: str, port: int, demo: bool, workers: int) -> None:
    """Serve the cases that are kept in $PEYMAN_HOME, and print where.

    The first start makes the database and loads the worked cases. Cases are kept in
    SQLite there, or in the PostgreSQL that $DATABASE_URL names. Ends with Ctrl-C.
    """
    set_up()
    from peyman.web import server

    started = server.prepare(host, with_demo=demo)
    with server.listen(host, port) as taken:
        for line in started.lines(host, taken.getsockname()[1]):
            click.echo(line)
        sys.stdout.flush()
        server.run(taken, workers)


@click.command("rebuild")
def rebuild_command() -> None:
    """Drop every table that is not the record itself, and fill it again from the record."""
    set_up()
    from peyman.web import server
    from peyman.web.records import projections

    server.migrate()
    count = projections.rebuild()
    click.echo(f"Rebuilt the tables of {count} case{'' if count == 1 else 's'}.")


def set_up() -> None:
    """Make Django ready, with the database of $PEYMAN_HOME."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peyman.web.settings")
    from peyman.web import surroundings

    surroundings.prepare(surroundings.home())
    import django

    django.setup()

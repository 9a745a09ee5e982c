"""What an ASGI server runs: `uvicorn peyman.web.asgi:application`.

On which address it is run is not told here. Where its names are not those of the loopback,
it refuses to start with the accounts of the demonstration, as `peyman serve` does.
"""

import os
import sys
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.handlers.asgi import ASGIHandler

from peyman.memory import collect_seldom
from peyman.web.entrance.incoming import Limited

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peyman.web.settings")


def _checked() -> ASGIHandler:
    handler = get_asgi_application()
    # A server imports this while its loop runs, where Django asks no database.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(_refuse_demonstration).result()
    return handler


def _refuse_demonstration() -> None:
    from django.db import DatabaseError, connection

    from peyman.errors import PeymanError
    from peyman.web import demo

    try:
        if demo.is_named_beyond():
            demo.refuse_beyond(demo.names())
    except DatabaseError:
        return  # No tables were made yet, so no accounts either.
    except PeymanError as error:
        sys.stderr.write(f"{error}\n")
        raise SystemExit(2) from error
    finally:
        connection.close()


def _limited() -> Limited:
    collect_seldom()
    inner = _checked()
    return Limited(inner, settings.LARGEST_REQUEST)


application = _limited()

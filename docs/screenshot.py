"""Take the README's picture of the running system: `make screenshot`.

It starts a server in a home of its own, opens the worked case in a real browser and writes
`docs/screenshot.png`. What the picture shows is what `make run` serves.
"""

import sys
import tempfile
from pathlib import Path

from tests.web.served import Served, browser_path, open_browser

PICTURE = Path(__file__).parent / "screenshot.png"
PAGE = "/en/cases/kazakhstan-2022/map/?at=2022-01-11T12:00Z"
SIZE = {"width": 1280, "height": 860}


def main() -> None:
    """Take it."""
    path = browser_path()
    if path is None:
        sys.exit("There is no browser. Next step: apt-get install chromium")
    with (
        tempfile.TemporaryDirectory(prefix="peyman-") as home,
        Served(Path(home)) as server,
        open_browser(path) as browser,
    ):
        page = browser.new_page(viewport=SIZE)
        page.goto(server.address + PAGE, wait_until="networkidle")
        page.screenshot(path=PICTURE)


if __name__ == "__main__":
    main()

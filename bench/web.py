"""Measure the web: every page of the worked case, of a server that really runs.

Times are taken over loopback HTTP, so they hold the server's time and a little more. In the
same rounds stand two servers that hand out the bytes of the map ready made, and are a
floor: Django alone on the same uvicorn, and `python -m http.server`.

As in `bench.run`, nothing fails for being slow or large: a goal stands beside the figure.
"""

import gzip
import re
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.visiting import Visitor, first_answer_s, first_visits_kb, started
from tests.web.served import memory_mb

CASE = "cases/kazakhstan-2022/"
LANGUAGES = ("en", "fa", "ru")
FURTHER = {
    "entries/31/": "entries/31/",
    "standing/, of a moment not seen yet": "standing/?at=2022-01-06T{hour:02}:{minute:02}Z",
}
"""Pages that the navigation does not name."""
GOAL_MS, GOAL_KB, GOAL_MB, GOAL_S = 60, 150, 200, 4
STARTS = 5
PEYMAN = (str(Path(sys.executable).parent / "peyman"), "serve", "--port", "0")
MAKE_RUN = ("make", "--no-print-directory", "run", "PORT=0")
FLOOR = "Django alone"
_NAV = re.compile(r'<nav class="case-nav".*?</nav>', re.DOTALL)
_LINK = re.compile(rf'href="/en/{CASE}([^"]*)"')


@dataclass(slots=True)
class Asked:
    """What is asked for in every round and language, and what came of it.

    Attributes:
        path: May name a `language`, an `hour` and a `minute`, to be filled in.
        first_ms: The first view after a start, if it was measured.
        size: The largest of its answers, in bytes as they came.
    """

    name: str
    visitor: Visitor
    path: str
    first_ms: float | None = None
    took_ms: list[float] = field(default_factory=list)
    size: int = 0

    def ask(self, nth: int, *, is_counted: bool) -> None:
        """Ask once: each time in the next language, as of the next minute."""
        hour, minute = divmod(nth, 60)
        language = LANGUAGES[nth % len(LANGUAGES)]
        path = self.path.format(language=language, hour=hour, minute=minute)
        took_ms, body = self.visitor.ask(path)
        self.size = max(self.size, len(body))
        if is_counted:
            self.took_ms.append(took_ms)


def report(rounds: int) -> None:
    """Measure, and print a table of the pages and one of the server."""
    with tempfile.TemporaryDirectory(prefix="peyman-bench-") as folder:
        home = Path(folder) / "home"
        files = Path(folder) / "files"
        pages = pages_of_the_case(home, files)
        floor = (sys.executable, "-m", "bench.floor", str(files / "map"))
        peer = (sys.executable, "-u", "-m", "http.server", "0", "-b", "127.0.0.1")
        firsts = {page: first_view_ms(home, page) for page in pages}
        starts_s = [
            (
                first_answer_s(home, "/en/", *MAKE_RUN),
                first_answer_s(home, "/", *floor),
            )
            for _ in range(1 + STARTS)
        ][1:]
        with (
            started(home, *PEYMAN) as (address, process),
            started(home, *floor) as (bare, bare_process),
            started(home, *peer, "-d", str(files)) as (plain, _),
        ):
            visitor = Visitor(address)
            asked = [
                Asked(name, visitor, f"/{{language}}/{CASE}{page}", firsts.get(page))
                for name, page in ({page: page for page in pages} | FURTHER).items()
            ]
            asked.append(Asked(FLOOR, Visitor(bare), "/"))
            asked.append(Asked("python -m http.server", Visitor(plain), "/map"))
            rounds_of(asked, rounds)
            held_mb = memory_mb(process), memory_mb(bare_process)
            maps = [f"/{language}/{CASE}map/" for language in LANGUAGES]
            visits_kb = first_visits_kb(address, maps)
    print(pages_table(asked, rounds))
    print(server_table(starts_s, held_mb, visits_kb))


def pages_of_the_case(home: Path, files: Path) -> list[str]:
    """The pages that the navigation of the case names; leaves the bytes of the map."""
    files.mkdir()
    with started(home, *PEYMAN) as (address, _):
        visitor = Visitor(address)
        page = gzip.decompress(visitor.ask(f"/en/{CASE}")[1]).decode()
        (files / "map").write_bytes(visitor.ask(f"/en/{CASE}map/")[1])
    return _LINK.findall(_NAV.findall(page)[0])


def first_view_ms(home: Path, page: str) -> float:
    """How long a page takes that is the first of a server to be asked for."""
    with started(home, *PEYMAN) as (address, _):
        visitor = Visitor(address)
        visitor.ask("/en/")
        return visitor.ask(f"/en/{CASE}{page}")[0]


def rounds_of(asked: Sequence[Asked], rounds: int) -> None:
    """Ask for everything in turn, in three languages a round; the first is not counted."""
    for turn in range(rounds + 1):
        for n in range(len(LANGUAGES)):
            for one in asked:
                one.ask(turn * len(LANGUAGES) + n, is_counted=turn > 0)


def pages_table(asked: Sequence[Asked], rounds: int) -> str:
    """One line a page: median and 95th percentile, first view, ratio, size."""
    (floor,) = (one.took_ms for one in asked if one.name == FLOOR)
    told = [
        f"\n{CASE.rstrip('/')}, one worker, three languages, {rounds} rounds after one;",
        f"goal: {GOAL_MS} ms at the 95th percentile. `first` is the first view after a start,",
        f"`times` the ratio to {FLOOR}, which has the bytes of the map ready made.\n",
        f"{'':44} {'median':>7} {'p95 ms':>7} {'first':>7} {'times':>6} {'kB':>6}",
    ]
    for one in asked:
        p95 = statistics.quantiles(one.took_ms, n=20, method="inclusive")[-1]
        first = "" if one.first_ms is None else f"{one.first_ms:.0f}"
        times = statistics.median(
            a / b for a, b in zip(one.took_ms, floor, strict=True)
        )
        told.append(
            f"{one.name or 'overview':44} {statistics.median(one.took_ms):7.1f}"
            f" {p95:7.1f} {first:>7} {times:6.1f} {one.size / 1000:6.1f}"
        )
    return "\n".join(told)


def server_table(
    starts_s: Sequence[tuple[float, float]],
    held_mb: tuple[float, float],
    visits_kb: Sequence[float],
) -> str:
    """The start, the memory, and what a first visit to the map loads."""
    ours, floors = zip(*starts_s, strict=True)
    start_s, floor_s = statistics.median(ours), statistics.median(floors)
    told = [
        f"\n{'':44} {'goal':>7} {'':>7} {FLOOR:>14} {'times':>6}",
        f"{'second `make run` to its first page, s':44} {GOAL_S:7} {start_s:7.2f}"
        f" {floor_s:14.2f} {start_s / floor_s:6.1f}",
        f"{'memory after all of these pages, MB':44} {GOAL_MB:7} {held_mb[0]:7.1f}"
        f" {held_mb[1]:14.1f} {held_mb[0] / held_mb[1]:6.1f}",
    ]
    for language, kb in zip(LANGUAGES, visits_kb, strict=False):
        name = f"first visit to the map, all files, {language}, kB"
        told.append(f"{name:44} {GOAL_KB:7} {kb:7.1f}")
    if not visits_kb:
        told.append(
            "Without a browser (chromium), what a first visit loads is left out."
        )
    return "\n".join(told)

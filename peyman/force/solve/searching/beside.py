"""A search on a core of its own, beside whatever else is done."""

from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from threading import Event, Thread

from peyman.force.solve.searching.search import Found

Search = Callable[[Callable[[], bool]], Iterator[Found]]
"""Asked whether it is over, again and again; every schedule is better than all before it."""


class Beside:
    """A search in a thread: what is compiled, and HiGHS, let other threads run meanwhile.

    The search and who asks for what it found share the problem, which nobody changes.
    """

    def __init__(self, search: Search) -> None:
        """Begin."""
        self._search = search
        self._found = SimpleQueue[Found]()
        self._ended = Event()
        self._fault: BaseException | None = None
        # Nobody waits for it at the exit of a program that failed elsewhere.
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def found(self) -> Iterator[Found]:
        """What was found since this was asked last."""
        while True:
            try:
                yield self._found.get_nowait()
            except Empty:
                return

    def end(self) -> None:
        """End the search, and wait for it; what failed there fails here."""
        self._ended.set()
        self._thread.join()
        if self._fault is not None:
            raise self._fault

    def _run(self) -> None:
        try:
            for one in self._search(self._ended.is_set):
                self._found.put(one)
        except BaseException as fault:  # noqa: BLE001  (raised again by `end`)
            self._fault = fault

"""People who work at the same time: each has a tray, and what one has done goes on to the next."""

from collections.abc import Callable, Iterable, Mapping
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Protocol

from tests.stories.cases import Case

Job = Callable[[], object]


class Colleague(Protocol):
    """Whoever acts on cases through a door of the desk."""

    def does(self, verb: str, case: Case) -> None:
        """Do an act, which the desk must allow."""
        ...


class Office:
    """The colleagues at work. Those ``at_the_screen`` share the thread that the browser needs."""

    def __init__(self, people: Mapping[str, Colleague], at_the_screen: Iterable[str]) -> None:
        self.people = people
        self._screen: SimpleQueue[Job | None] = SimpleQueue()
        self._trays = {name: SimpleQueue[Job | None]() for name in people}
        self._trays |= dict.fromkeys(at_the_screen, self._screen)
        self._lock = Lock()
        self._waiting = 0
        self._failed: list[Exception] = []

    def asks(self, who: str, job: Job) -> None:
        """Put something to do in a colleague's tray."""
        with self._lock:
            self._waiting += 1
        self._trays[who].put(job)

    def goes_on(self, case: Case) -> None:
        """Give a case to whoever has its next step; a group waits until it is together."""
        if not case.steps:
            return
        who, verb, *rest = case.steps.pop(0).split()
        if verb == "together":
            return
        self.asks(who, lambda: self._step(case, who, verb, rest))

    def works(self) -> None:
        """Have everyone work until nothing is left in any tray. Raises what anyone ran into."""
        trays = {id(tray): tray for tray in self._trays.values()}
        others = [tray for tray in trays.values() if tray is not self._screen]
        threads = [Thread(target=self._empty, args=(tray,), daemon=True) for tray in others]
        for thread in threads:
            thread.start()
        self._empty(self._screen)
        for thread in threads:
            thread.join()
        if self._failed:
            raise ExceptionGroup("The day did not go as told.", self._failed)

    def _step(self, case: Case, who: str, verb: str, rest: list[str]) -> None:
        if verb == "refused":
            attempt, rule = rest
            told = self.people[who].refused(attempt, case)  # type: ignore[attr-defined]
            assert told == rule, f"{who} {attempt}: {told}"
        else:
            self.people[who].does(verb, case)
            case.happened(verb, who.title())
        self.goes_on(case)

    def _empty(self, tray: "SimpleQueue[Job | None]") -> None:
        while (job := tray.get()) is not None:
            try:
                job()
            except Exception as error:
                self._failed.append(error)
            with self._lock:
                self._waiting -= 1
                done = self._waiting == 0
            if done:
                for one in {id(it): it for it in self._trays.values()}.values():
                    one.put(None)

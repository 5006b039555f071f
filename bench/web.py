"""Pages and calls over HTTP, each beside the floor's view that does the same work."""

import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from bench.calling import Caller
from bench.desks import Desk
from bench.in_turn import Work, at_once, in_turn
from bench.results import Goal, Peer, Result, compared
from bench.spent import Spent

FLOOR = "bare Django view"
API, PAGE, SEARCH, LOG, NONE = Goal(most=3), Goal(most=4), Goal(most=5), Goal(most=3), Goal()
LIST = "/api/v1/referrals"
ROUNDS, EACH, BLOCKS = 4, 25, 6
CLIENTS = 4
RUN, NUMBERS = secrets.token_hex(4), count(1)
APPROVALS = 10


@dataclass(frozen=True, slots=True)
class Reading:
    """Something to open: by whom, where, and which view of the floor does the same."""

    name: str
    page: bool
    path: str
    floor: str
    goal: Goal


READINGS: Mapping[str, Sequence[Reading]] = {
    "list": (
        Reading("list, API", False, LIST, "/newest/", API),
        Reading("list, page", True, "/referrals/", "/newest/", PAGE),
        Reading("list of one state, API", False, f"{LIST}?state=sent", "/of-a-state/", API),
    ),
    "worklist": (Reading("worklist, page", True, "/", "/of-a-state/", PAGE),),
    "record": (
        Reading("one referral, API", False, f"{LIST}/{{one}}", "/one/?{floor}", API),
        Reading("one referral, page", True, "/referrals/{one}/", "/one/?{floor}", PAGE),
    ),
    "history": (
        Reading("history, API", False, f"{LIST}/{{one}}/history", "/log/?{floor}", API),
        Reading("history, page", True, "/referrals/{one}/history/", "/log/?{floor}", PAGE),
    ),
    "search": (
        Reading("search, common word", False, f"{LIST}?q=synthetic", "/search/?q=common", SEARCH),
        Reading("search, rare word", False, f"{LIST}?q={{rare}}", "/search/?q=rare7", SEARCH),
        Reading("search, absent word", False, f"{LIST}?q=nowhere", "/search/?q=none", SEARCH),
    ),
}
AT_ONCE = ("list, API", "list, page", "one referral, API", "one referral, page")


class Web:
    """The benchmarks over HTTP: one desk, one floor, one person."""

    def __init__(self, desk: Desk, floor: Caller) -> None:
        self.desk, self.floor, self._spent = desk, floor, Spent(desk.home)
        self.caller, self.approver = desk.caller("ada"), desk.caller("cy")
        newest = json.loads(floor.get("/newest/"))["items"][0]["reference"]
        self.words = {"floor": f"reference={newest}", "rare": "rare7"}
        rare = self.caller.send("POST", LIST, _referral(description="An onlyonce word of a bench."))
        listed = json.loads(self.caller.get(f"{LIST}?state=closed"))["items"]
        self.words |= {"rare": "onlyonce", "one": str((listed or [rare])[0]["reference"])}

    def readings(self, name: str) -> Iterator[Result]:
        """Open each page of one subject in turn with the floor."""
        for it in READINGS[name]:
            who = self.desk.browser("ada") if it.page else self.caller
            path, floor = it.path.format_map(self.words), it.floor.format_map(self.words)
            taken = in_turn(
                _opening(who, path), _opening(self.floor, floor), rounds=ROUNDS, each=EACH
            )
            yield compared(it.name, taken[0], Peer(FLOOR, taken[1]), goal=it.goal)
            yield self._by_processor(it.name, _opening(who, path), _opening(self.floor, floor))
            if it.name in AT_ONCE:
                yield self._at_once(it, path, floor)

    def _by_processor(self, name: str, ours: Work, peer: Work) -> Result:
        """Say what the processors did for both: it moves less than what the clock says."""
        blocks = [lambda it=it: [it() for _ in range(EACH)] for it in (ours, peer)]
        taken = in_turn(*blocks, rounds=BLOCKS, each=1, clock=self._spent)
        mine, floor = ([it / EACH for it in times] for times in taken)
        return compared(f"{name}, processor", mine, Peer(FLOOR, floor))

    def _at_once(self, it: Reading, path: str, floor: str) -> Result:
        make = self.desk.browser if it.page else self.desk.caller
        ours = [_opening(make("ada"), path) for _ in range(CLIENTS)]
        theirs = [_opening(self.floor.again(), floor) for _ in range(CLIENTS)]
        taken, by_floor = _both_at_once(ours, theirs)
        return compared(f"{it.name}, {CLIENTS} clients", taken, Peer(FLOOR, by_floor), goal=it.goal)

    def log(self, _name: str) -> Iterator[Result]:
        """Log referrals, one at a time and four at once."""
        taken = in_turn(_logging(self.caller), _creating(self.floor), rounds=ROUNDS, each=EACH)
        yield compared("log, API", taken[0], Peer(FLOOR, taken[1]), goal=LOG)
        ours = [_logging(self.desk.caller("ada")) for _ in range(CLIENTS)]
        theirs = [_creating(self.floor.again()) for _ in range(CLIENTS)]
        several, by_floor = _both_at_once(ours, theirs)
        yield compared(f"log, API, {CLIENTS} clients", several, Peer(FLOOR, by_floor), goal=LOG)

    def approve(self, _name: str) -> Iterator[Result]:
        """Approve referrals that another officer logged and assessed."""
        waiting = iter([self._awaiting_approval() for _ in range((ROUNDS + 1) * APPROVALS)])
        newest = [it["reference"] for it in json.loads(self.floor.get("/newest/"))["items"]]

        def approve() -> object:
            said = {"decision": "approve", "reason": "It is as the assessment says."}
            return self.approver.send("POST", f"{LIST}/{next(waiting)}/decisions", said)

        def change() -> object:
            return self.floor.call("POST", f"/change/?reference={newest[0]}")

        taken = in_turn(approve, change, rounds=ROUNDS, each=APPROVALS)
        yield compared("approve, API", taken[0], Peer(FLOOR, taken[1]), goal=NONE)

    def _awaiting_approval(self) -> str:
        logged = str(self.caller.send("POST", LIST, _referral())["reference"])
        self.caller.send("PUT", f"{LIST}/{logged}/assessment", ASSESSMENT)
        return logged


def _both_at_once(ours: list[Work], theirs: list[Work]) -> tuple[list[float], list[float]]:
    taken: list[float] = []
    by_floor: list[float] = []
    for number in range(ROUNDS + 1):
        mine = at_once(ours, each=EACH // 2)
        floor = at_once(theirs, each=EACH // 2)
        if number:
            taken += mine
            by_floor += floor
    return taken, by_floor


def _opening(who: Caller, path: str) -> Callable[[], object]:
    return lambda: who.get(path)


def _logging(who: Caller) -> Callable[[], object]:
    return lambda: who.send("POST", LIST, _referral())


def _creating(floor: Caller) -> Callable[[], object]:
    return lambda: floor.send("POST", "/create/", _referral())


def _referral(**changes: object) -> dict[str, Any]:
    number = f"{RUN}-{next(NUMBERS)}"
    plain = {
        "url": f"https://murmur.example/post/bench-{number}",
        "source": "officer_found",
        "source_detail": "Seen on the public page.",
        "public_without_login": True,
        "content_type": "text",
        "language": "en",
        "description": "Synthetic: a person threatens a named shop, over music.",
    }
    return plain | changes


ASSESSMENT = {
    "harm": "V1",
    "ground": "both",
    "provision": "Offences against the Person Act 1861 s.16",
    "provision_why": "A named person is told that he will be killed.",
    "policy_clause": "Do not threaten.",
    "policy_version": "1 March 2026",
    "policy_why": "It threatens.",
    "evidence_inside": "The speaker says so.",
    "evidence_outside": "Nothing.",
    "supports_opposite": "It could be fiction.",
    "expression": [],
    "expression_weighing": "",
    "less_intrusive": "Doing nothing would not protect him.",
    "necessity": "The threat is public.",
    "child": "no",
    "child_interests": "",
}

"""10,000 people and 100,000 referrals beside a tenth: a person's pages, and 1,000 disposals."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, NamedTuple

from tests.growing import (
    MOST_RATIO,
    DeskAtWork,
    a_desk,
    a_server,
    ask,
    asked,
    tell_what_grows,
)
from tests.processors import Watch

if TYPE_CHECKING:
    from datetime import datetime

    from evenhand.actions.retention import Ran

SIZES = (1_000, 10_000)
SHORT = (50, 500)
FOR_EACH, AT_LEAST = 10, 300
"""Referrals for each person; a small desk has more, for they are copies of real ones."""
FIRST, NEW = 10, 20
"""So many come to their end before the others, and so many are new, on a desk of any size."""
GOAL = 0.1
"""The rate of disposal beside that of the raw batch delete: P13."""
LONG_AGO = timedelta(days=750)
"""A victim recorded then came to the end two years later, and nobody released the record."""
BEFORE = timedelta(days=10)
"""So much earlier the first came to their end: less than the time to release a record."""
RAW, AT_ONCE = 5, 1_000
"""The raw delete is of so many times as many other people, so many at once."""


class Rate(NamedTuple):
    """How many go in a second: by the clock, and of the processors, ours and PostgreSQL's."""

    by_clock: float
    worked: float

    @classmethod
    def of(cls, number: int, seconds: float, worked: float) -> "Rate":
        """Give the rate of so many in so long."""
        return cls(number / seconds, number / worked)

    @property
    def told(self) -> str:
        """Both rates, in words."""
        return f"{self.worked:,.0f} a second of the processors, {self.by_clock:,.0f} by the clock"


OFFICER, APPROVER = "synthetic-officer-1", "synthetic-approver-1"
REVIEWER, RIGHTS = "lena", "nell"
FIND, WHY = "/people/find/", {"reason": "The local force must be able to warn them."}
SOUGHT = {"referral": "{referral}", **WHY}
BORN = {f"birth_date_{it}": f"{{{it}}}" for it in ("day", "month", "year")}
PAGES: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "one person": (OFFICER, "/people/{person}/", WHY),
    "find by name and birth date": (APPROVER, FIND, {**SOUGHT, **BORN, "name": "{name}"}),
    "find by reference": (APPROVER, FIND, {**SOUGHT, "reference": "{person}"}),
    "find, and there is nobody": (APPROVER, FIND, {**SOUGHT, **BORN, "name": "Nobody"}),
    "worklist of who authorises": (APPROVER, "/", {}),
    "records to be told apart": (APPROVER, "/people/pairs/", {}),
    "whom to tell": (RIGHTS, "/people/telling/", {}),
    "due for review or disposal": (REVIEWER, "/disposal/", {}),
    "one record to review": (REVIEWER, "/disposal/records/{person}/", {}),
    "certificates": (REVIEWER, "/disposal/certificates/", {}),
}
ACTS = (
    "propose, with a statement", "authorise", "review", "release, which disposes of it",
)  # fmt: skip
"""What officers do with one record, in this order."""


def main() -> int:
    """Make both desks, and say what grows on the larger one, and how quickly people go."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="50 and 500 people")
    sizes = SHORT if parser.parse_args().short else SIZES
    with a_server() as server, ExitStack() as open_desks:
        made = (
            a_desk(server, People, size, referrals=max(AT_LEAST, FOR_EACH * size)) for size in sizes
        )
        desks = [open_desks.enter_context(it) for it in made]
        growing = tell_what_grows(desks, list(PAGES))
        growing += [act for act in ACTS if not _act_told(act, desks)]
        is_well = _disposal_told(desks, [size // 10 for size in sizes])
    return 0 if is_well and not growing else 1


def _act_told(act: str, desks: Sequence[Connection]) -> bool:
    """Say what one act asks on each desk, and whether that is no more on the larger one."""
    small, large = (int(ask(desk, "act", act)) for desk in desks)
    return _queries_told(act, small, large)


def _queries_told(what: str, small: int, large: int) -> bool:
    queries = " / ".join(map(str, dict.fromkeys((small, large))))
    print(f"{what:40}{queries:>10}{'' if large <= small else '  GROWS'}", flush=True)
    return large <= small


def _disposal_told(desks: Sequence[Connection], due: Sequence[int]) -> bool:
    """Say what disposal asks and takes; whether it is bounded, and quick beside the raw delete."""
    first = [int(ask(desk, "dispose_of_first")) for desk in desks]
    is_bounded = _queries_told(f"disposal of {FIRST} by the clock", *first)
    small, large = (_rates(desk, number) for desk, number in zip(desks, due, strict=True))
    for (ours, raw), number in zip((small, large), due, strict=True):
        what = f"disposal of {number:,} by the clock"
        print(f"{what:40}{ours.told}; raw delete {raw.told}; ratio {ours.worked / raw.worked:.3f}")
    slower, ratio = small[0].worked / large[0].worked, large[0].worked / large[1].worked
    told = "" if slower <= MOST_RATIO else "  GROWS"
    print(f"{'each, beside the smaller desk':40}{slower:10.2f} times as long{told}")
    missed = "" if ratio >= GOAL else "  MISSED"
    print(f"{'beside the raw delete':40}{ratio:10.3f}, at least {GOAL}{missed}")
    return is_bounded and not told and ratio >= GOAL


def _rates(desk: Connection, due: int) -> tuple[Rate, Rate]:
    """Give how many people go in a second: by the clock, and by the raw delete."""
    raw, ours = ask(desk, "delete_raw"), ask(desk, "dispose_of_rest")
    return Rate.of(due, *ours), Rate.of(RAW * due, *raw)


class People(DeskAtWork):
    """A desk with people on record, of whom a tenth have come to their end."""

    words: Mapping[str, str]

    def fill(self, page: str) -> None:
        """Write the real referrals, and do with them what is due."""
        super().fill(page)
        self._run(self.now)

    def learn(self, _page: str) -> None:
        """Bring the people on record, sign officers in, and choose whom to look for."""
        from tests import peopling

        self.team = peopling.staff(now=self.now)
        ended, long_ago = self.size // 10, self.now - LONG_AGO
        here = peopling.some(range(self.size), self.team)
        self.ended = peopling.bring(here[:ended], self.team, at=long_ago)
        peopling.bring(here[ended : ended + FIRST], self.team, at=long_ago - BEFORE)
        others = here[ended + FIRST :]
        self.stay = peopling.bring(others, self.team, at=self.now - timedelta(days=2))
        self.fresh = peopling.some(range(self.size, self.size + NEW + 1), self.team)
        self.proposed: list[str] = []
        for somebody in self.fresh[:NEW]:
            somebody.proposed(at=self.now - timedelta(hours=3))
        self._run(long_ago + timedelta(days=718))
        # What has come to its end is to be erased: each is told so first, in an act of its own.
        self._run(long_ago + timedelta(days=733))
        peopling.analyse()
        somebody, born = others[-1], others[-1].key.birth_date
        self.words = {
            "person": self.stay[-1],
            "referral": somebody.referral,
            "name": somebody.key.name,
            **{it: str(getattr(born, it)) for it in ("day", "month", "year")},
        }
        for username in (OFFICER, APPROVER, REVIEWER, RIGHTS):
            self.sign_in(username)

    def open(self, page: str) -> None:
        """Open a page, or send what it asks for; it must answer."""
        username, path, sent = PAGES[page]
        path, client = path.format_map(self.words), self.clients[username]
        said = {name: text.format_map(self.words) for name, text in sent.items()}
        answer = client.post(path, said) if sent else client.get(path)
        if answer.status_code != 200:
            raise ValueError(f"{path}: {answer.status_code} {answer.content[:300]!r}")

    def act(self, name: str) -> int:
        """Take the next step with one new record; count its queries."""
        from evenhand.actions import people, reviews
        from evenhand.actions.demo_people import ANSWERS
        from evenhand.rules.officers import Acting
        from evenhand.rules.reviews import Review, ReviewOutcome
        from tests import peopling

        def by(who: str) -> Acting:
            return Acting(officer=self.team[who], at=self.now)

        over = Review(outcome=ReviewOutcome.DISPOSE, reason="Nothing needs it any more.")
        acts: Mapping[str, Callable[[], object]] = {
            "propose, with a statement": lambda: self.proposed.append(
                self.fresh[NEW].proposed(at=self.now)
            ),
            "authorise": lambda: people.authorise(
                self.proposed[0], ANSWERS, acting=by(peopling.SECOND)
            ),
            "review": lambda: reviews.review(self.proposed[0], over, acting=by(peopling.REVIEWER)),
            "release, which disposes of it": lambda: reviews.confirm(
                self.proposed[0], acting=by(peopling.RELEASER)
            ),
        }
        return asked(acts[name])

    def dispose_of_first(self, _page: str) -> int:
        """Dispose of the few who came to their end first; count the queries of it."""
        return asked(lambda: self._run(self.now - timedelta(days=10)))

    def dispose_of_rest(self, _page: str) -> tuple[float, float]:
        """Dispose of everybody else who came to their end, and give what that took."""
        with Watch(self._backend()) as taken:
            ran = self._run(self.now)
        if ran.destroyed != len(self.ended):
            raise ValueError(f"{ran} of {len(self.ended)}")
        return taken.seconds, taken.worked

    def delete_raw(self, _page: str) -> tuple[float, float]:
        """Delete others, several times as many, from copies of the tables; give what that took."""
        from evenhand.store.people import PersonRow
        from tests.raw_delete import taken_to_delete

        rows = PersonRow.objects.filter(reference__in=self.stay[: RAW * len(self.ended)])
        ids, most = list(rows.values_list("id", flat=True)), min(AT_ONCE, len(self.ended))
        taken = taken_to_delete([ids[it : it + most] for it in range(0, len(ids), most)])
        return taken.seconds, taken.worked

    def _backend(self) -> int:
        """Give the process of PostgreSQL that works for this one."""
        from django.db import connection

        connection.ensure_connection()
        return int(connection.connection.info.backend_pid)

    def _run(self, at: "datetime") -> "Ran":
        from evenhand.actions import retention
        from evenhand.rules.officers import WORKER, Acting

        return retention.run(acting=Acting(officer=WORKER, at=at))


if __name__ == "__main__":
    sys.exit(main())

"""Desks of 100,000 and 1,000,000 referrals: no page may ask or cost more on the larger one."""

import argparse
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any
from urllib.parse import quote_plus

from django.utils import timezone

from tests.growing import REAL, DeskAtWork, a_desk, a_server, tell_what_grows
from tests.multiplying import own_word

SIZES = (100_000, 1_000_000)
SHORT = (20_000, 200_000)
COMMON = "synthetic witness"
"""Two words that many referrals have: on both desks more than one look goes through."""
OFFICER, APPROVER = "synthetic-officer-1", "synthetic-approver-1"
DPO = "synthetic-dpo"
"""Who may ask questions."""

LIST, ASK = "/api/v1/referrals", "/api/v1/figures"
QUESTION = {"code": "decisions", "by": ["month", "platform", "harm", "outcome"]}
PAGES: Mapping[str, tuple[str, str]] = {
    "worklist of an officer": (OFFICER, "/"),
    "worklist of an approver": (APPROVER, "/"),
    "overdue": (OFFICER, "/overdue/"),
    "reminders": (OFFICER, "/reminders/"),
    "counts": (OFFICER, "/counts/"),
    "platforms": (OFFICER, "/platforms/"),
    "work of a colleague": (OFFICER, "/colleagues/synthetic-officer-2/work/"),
    "own page": (OFFICER, "/you/"),
    "log": (OFFICER, "/log/"),
    "list": (OFFICER, "/referrals/"),
    "list by state": (OFFICER, "/referrals/?state=sent"),
    "list by platform": (OFFICER, "/referrals/?platform=vimeo"),
    "list by harm": (OFFICER, "/referrals/?harm=T1"),
    "list since a day": (OFFICER, "/referrals/?since_day=1&since_month=1&since_year=2020"),
    "list by all of them, seldom found": (OFFICER, f"{LIST}?state=returned&platform=vimeo&harm=T1"),
    "search, a word of every referral": (OFFICER, f"{LIST}?q=synthetic"),
    "search, a common word and another": (OFFICER, f"{LIST}?q={quote_plus(COMMON)}"),
    "search, a word of one referral": (OFFICER, f"{LIST}?q={{rare}}"),
    "search, a common word with a rare one": (OFFICER, f"{LIST}?q=synthetic+{{rare}}"),
    "search, a word of none": (OFFICER, f"{LIST}?q=nowhere"),
    "search, two that never meet": (OFFICER, f"{LIST}?q={{rare}}+{{other}}"),
    "search, an address": (OFFICER, f"{LIST}?q={{address}}"),
    "one referral": (OFFICER, "/referrals/{reference}/"),
    "one referral, API": (OFFICER, f"{LIST}/{{reference}}"),
    "statistics, for everybody": (DPO, "/public/statistics/"),
    "statistics of a year, for everybody": (DPO, "/public/statistics/{year}/"),
    "questions": (DPO, "/questions/"),
    "one question asked": (DPO, ASK),
    "its figure": (DPO, "/questions/figures/{figure}/"),
    "history": (OFFICER, "/referrals/{reference}/history/"),
}


def main() -> int:
    """Make the desks, measure every page on both in turn, and say which pages grow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="20,000 and 200,000 referrals")
    sizes = SHORT if parser.parse_args().short else SIZES
    with a_server() as server, ExitStack() as open_desks:
        desks = [
            open_desks.enter_context(a_desk(server, Referrals, size, referrals=size))
            for size in sizes
        ]
        growing = tell_what_grows(desks, list(PAGES))
    return 1 if growing else 0


class Referrals(DeskAtWork):
    """A desk whose lists, searches and referrals two officers open."""

    words: dict[str, str]

    def learn(self, _page: str) -> None:
        """Sign two officers in, and choose what to look for: the same on a desk of any size."""
        from evenhand.store.looking import MOST
        from evenhand.store.referrals import ReferralRow, WordsRow
        from evenhand.store.sealing import blind_index

        check_that_days_are_counted()
        found = WordsRow.objects.filter(tokens__contains=blind_index().words(COMMON))
        if found.count() <= MOST:
            # One look would find all of them: less work than any larger desk has, and no measure.
            raise ValueError(f"Too small a desk: at most {MOST:,} referrals have “{COMMON}”.")
        # One whose time for review has come is closed to officers.
        closed = ReferralRow.objects.filter(
            state="closed", number__lte=REAL, restricted=None, review_on__gt=self.now.date()
        )
        old = closed.order_by("-version")[0]
        newest = ReferralRow.objects.latest("number").number
        self.words = {
            "reference": old.reference,
            "rare": own_word((REAL + newest) // 2),
            "other": own_word(newest - 1),
            "address": "https://vimeo.com/123456789",
        }
        for username in (OFFICER, APPROVER, DPO):
            self.sign_in(username)
        self.words |= {"year": str(self.now.year), "figure": self.ask().json()["reference"]}

    def ask(self) -> Any:
        """Ask a question, as a program does."""
        return self.clients[DPO].post(ASK, QUESTION, content_type="application/json")

    def open(self, page: str) -> None:
        """Open a page, which must answer."""
        username, path = PAGES[page]
        asks = path == ASK
        answer = self.ask() if asks else self.clients[username].get(path.format_map(self.words))
        if answer.status_code != (201 if asks else 200):
            raise ValueError(f"{path}: {answer.status_code} {answer.content[:300]!r}")


def check_that_days_are_counted() -> None:
    """Refuse a desk of which the days do not say what its rows do: the copies are counted too."""
    from evenhand.rules.questions import Question
    from evenhand.store.answering import answered
    from evenhand.store.casework import AnswerRow, NoticeRow
    from evenhand.store.referrals import ReferralRow

    today = timezone.localdate()
    rows = {
        "logged": ReferralRow.objects.count(),
        "decisions": AnswerRow.objects.filter(outcome__isnull=False).count(),
        "requests": NoticeRow.objects.filter(kind="referral", delivery="accepted").count(),
        "removals": ReferralRow.objects.filter(removal_since__isnull=False).count(),
    }
    told = {it: answered(Question(code=it, as_at=today), today=today).exact for it in rows}
    if told != rows:
        raise ValueError(f"The days say {told}, the rows {rows}.")


if __name__ == "__main__":
    sys.exit(main())

"""Twelve questions of a published request and nine further ones, asked of a desk that did its work.

Given two old systems brought over, work done, people recorded, shared about and disposed of, when
all 21 are asked, then each is answered, none “not held”, twice the same, as counting the rows by
hand gives it; and as at that day they stay what they were, whatever is disposed of afterwards.
"""

import json
from collections import Counter
from contextlib import redirect_stdout
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from evenhand.actions import imports_passing, notification, sharing
from evenhand.actions.disposal import certify
from evenhand.cli.main import main
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.disposal import Reason
from evenhand.rules.notification import Decision, RestrictionGround, Telling
from evenhand.rules.officers import WORKER
from evenhand.rules.people_ages import Age, AgeBasis
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.recalls import Why
from evenhand.rules.referrals import State
from evenhand.rules.retention import What
from evenhand.store.casework import AnswerRow, NoticeRow
from evenhand.store.disposing import remove_people
from evenhand.store.imports import ImportedRow
from evenhand.store.people import PersonLinkRow, PersonRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import DisposalRow
from evenhand.store.sharing import DisclosureRow, RecallRow
from evenhand.store.writing import writing
from tests.a_lived_in_desk import disposed_of
from tests.actions.people import decision_of, known_person
from tests.actions.sharing import in_force, released
from tests.actions.test_imports import confirmed, passed, records
from tests.builders import ADA, DEE, NOW, RIA, SID, child, proposal
from tests.desks import FreshDesk
from tests.journeys import Desk
from tests.queries.test_counts_as_at import the_database_is_on

QUESTIONS = Path(__file__).parents[3] / "shared" / "data" / "foi_questions.toml"
REQUESTS = {"R1Q": 1, "R2Q": 3, "R3Q": 3, "R4Q": 5, "X": 9}
IDS = [f"{request}{n}" for request, many in REQUESTS.items() for n in range(1, many + 1)]

CHILD = proposal(
    age=child(16),
    welfare_reason="She is threatened, and her school does not know.",
    best_interests="She is safer once the content is gone.",
)


def born(years: int) -> Age:
    day = NOW.date() - timedelta(days=round(years * 365.25) + 40)
    return Age(basis=AgeBasis.DOCUMENT, as_at=NOW.date(), birth_date=day)


def gone(desk: Desk, reference: str) -> None:
    """Dispose of a person's record as the clock would."""
    with writing() as pen:
        row = PersonRow.objects.get(reference=reference)
        certify(row, What.RECORD, Reason.RESTORED, schedule="D07", max_on=NOW.date(), at=desk.now)
        remove_people([row.id])
        pen.enter(Entry(act=Act.RECORD_DISPOSED, at=desk.now, who=WORKER.ref, obj=row.id))


def a_desk_at_work() -> tuple[Desk, list[str], list[str]]:
    """Give the desk, its referrals and its people."""
    desk = Desk()
    run = confirmed(desk)
    old = [
        passed(desk, it, f"https://clipnest.example/v/{n}")
        for n, it in enumerate(records(run)[1:3])
    ]
    imports_passing.reject(records(run)[0], "Nothing says why it was kept.", acting=desk.by(ADA))
    states = [it for it in State if it not in {State.NO_RESPONSE, State.UNDER_CHALLENGE}]
    worked = [desk.brought_to(it) for it in states * 2]
    back = desk.brought_to(State.CHECKED)
    desk.do(back, "reinstated")
    for _twice in range(2):
        desk.log(f"https://www.tiktok.com/@made.up/video/700000000000000000{_twice}")
    victim = known_person(desk, old[0], said=CHILD)
    adult = known_person(desk, said=proposal(name="Orla Tangent", age=born(41)))
    accused = known_person(desk, said=proposal(PersonRole.SUSPECT, name="Ned Oval", age=born(22)))
    tell = Decision(telling=Telling.TELL, reasons="Nothing speaks against it.")
    notification.decide(victim, tell, acting=desk.by(RIA))
    withheld = Decision(
        telling=Telling.RESTRICT,
        reasons="It would warn them of the search.",
        ground=RestrictionGround.CRIME,
        review_on=desk.now.date() + timedelta(days=60),
    )
    notification.decide(accused, withheld, acting=desk.by(RIA))
    notification.confirm(accused, "It would.", seen=decision_of(accused), acting=desk.by(DEE))
    package = released(desk, adult, in_force(desk))
    sharing.recall_one(package, Why.WRONGLY_SENT, acting=desk.by(SID))
    return desk, [*old, *worked], [victim, adult, accused]


def answers(*more: str) -> dict[str, Any]:
    """Ask all questions of the file, by the command, exactly."""
    told = StringIO()
    with redirect_stdout(told):
        assert main(["foi", "answer", str(QUESTIONS), "--exact", "--json", *more]) == 0
    return {it["id"]: it for it in json.loads(told.getvalue())["answers"]}


def lines(found: dict[str, Any], code: str, *by: str) -> dict[tuple[str, ...], int]:
    [count] = [it for it in found["counts"] if it["code"] == code and it["by"] == list(by)]
    return {tuple(it["of"]): it["number"] for it in count["lines"]}


def exact(found: dict[str, Any], code: str) -> int:
    return int(next(it["exact"] for it in found["counts"] if it["code"] == code))


@pytest.mark.skipif(not QUESTIONS.exists(), reason="the questions lie in ../shared/data")
def test_all_questions_are_answered_as_counting_by_hand_does(fresh_desk: FreshDesk) -> None:
    desk, referrals, whom = a_desk_at_work()
    for it in referrals[2::4]:
        disposed_of(desk, it)
    known = answers()
    assert list(known) == IDS
    for it in known.values():
        assert it["held"]
        assert it["says"] or it["counts"] or any(it["told"].values())
    assert_counted_by_hand(known)
    assert digests(answers()) == digests(known)

    the_database_is_on(timezone.localdate() + timedelta(days=1), fresh_desk)
    today = timezone.localdate().isoformat()
    gone(desk, whom[0])
    for it in referrals[3::4]:
        disposed_of(desk, it)
    assert digests(answers("--as-at", today)) == digests(known)


def digests(known: dict[str, Any]) -> list[tuple[str, list[str]]]:
    return [(id_, [it["digest"] for it in found["counts"]]) for id_, found in known.items()]


def assert_counted_by_hand(known: dict[str, Any]) -> None:
    """Hold every number against the rows, and the certificates of those that are gone."""
    whole = DisposalRow.objects.filter(what="record")
    kinds = Counter(whole.values_list("kind", flat=True))
    reasons = Counter(whole.values_list("because", flat=True))
    quarantine = Counter(ImportedRow.objects.values_list("standing", "system"))
    held = Counter(
        [("referral", it or "evenhand") for it in origins(ReferralRow)]
        + [("person", it or "evenhand") for it in origins(PersonRow)]
        + [("old_record", system) for (standing, system), n in quarantine.items()
           if standing == "waiting" for _each in range(n)]
    )  # fmt: skip
    assert lines(known["R4Q2"], "records_held", "kind", "system") == dict(held)
    assert held["referral", "Old"] == 2
    assert lines(known["R4Q5"], "records_disposed", "system", "because") == {
        **{("evenhand", why): n for why, n in reasons.items()},
        ("Old", "rejected"): 1,
    }
    assert lines(known["R4Q5"], "records_disposed", "kind", "system") == {
        **{(kind, "evenhand"): n for kind, n in kinds.items()},
        ("old_record", "Old"): 1,
    }
    assert known["R4Q4"]["told"]["first_and_last_disposal"][0]["ever"] is True
    assert_people_by_hand(known)
    assert_work_by_hand(known)


def origins(table: type[ReferralRow] | type[PersonRow]) -> list[str | None]:
    return list(table.objects.values_list("origin", flat=True))


def assert_people_by_hand(known: dict[str, Any]) -> None:
    on_record = PersonRow.objects.filter(standing__in=["held", "restricted"])
    assert exact(known["R4Q3"], "people") == on_record.count() == 3
    ages = Counter((it,) for it in on_record.values_list("age_band", flat=True))
    assert lines(known["R4Q1"], "people", "age") == dict(ages)
    assert ages == Counter([("16-17",), ("35-49",), ("18-24",)])
    assert exact(known["R4Q1"], "people_under_18") == 1
    links = PersonLinkRow.objects.filter(authorised_at__isnull=False, ended_at__isnull=True)
    roles = Counter((it,) for it in links.values_list("role", flat=True))
    assert lines(known["X4"], "people_by_role", "role") == dict(roles)
    assert lines(known["X9"], "people_told", "telling", "ground") == {
        ("told", ""): 1, ("withheld", "crime"): 1, ("undecided", ""): 1
    }  # fmt: skip
    released_ones = DisclosureRow.objects.filter(released_at__isnull=False)
    assert exact(known["R3Q1"], "people_disclosed") == released_ones.count() == 1
    begun = RecallRow.objects.count()
    assert lines(known["X5"], "recalls", "step") == {("begun",): begun}
    assert exact(known["R3Q3"], "with_person") == 3


def assert_work_by_hand(known: dict[str, Any]) -> None:
    """Of what was disposed of, what it had been counted as is added: the rows cannot say it."""
    machine = exact(known["R2Q1"], "created_by_machine")
    assert machine == 0
    steps = lines(known["R2Q2"], "steps_with_content", "act", "actor")
    assert steps["import.pass", "officer"] == 2
    logged = exact(known["R4Q3"], "logged")
    assert steps["referral.log", "officer"] == logged
    gone_ones = DisposalRow.objects.filter(what="record", kind="referral").count()
    assert logged == ReferralRow.objects.count() + gone_ones
    assert (
        exact(known["R3Q2"], "requests")
        >= NoticeRow.objects.filter(kind="referral", delivery="accepted").count()
    )
    removed = lines(known["X8"], "removals", "platform", "outcome")
    assert sum(removed.values()) >= ReferralRow.objects.filter(is_removal=True).count()
    assert sum(lines(known["X8"], "put_back", "platform").values()) == 1
    decided = AnswerRow.objects.filter(outcome="reinstated").count()
    assert lines(known["X8"], "decisions", "platform", "outcome")["other", "reinstated"] == decided
    assert lines(known["X2"], "accounts", "platform") == {("tiktok",): 1}
    assert lines(known["X2"], "accounts_again", "platform") == {("tiktok",): 1}

"""Logging, triage, and the ends of a referral."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from evenhand.actions import referrals
from evenhand.actions.referrals import Admitted, Continuing
from evenhand.ledger.acts import Act
from evenhand.queries import history
from evenhand.queries import referral as one_referral
from evenhand.queries import referrals as lists
from evenhand.rules.content import FrontPage, NotPublicHost, PrivatePlace, identify
from evenhand.rules.intake import NotPublic, SameContent
from evenhand.rules.officers import Officer, RoleMissing
from evenhand.rules.referrals import ChangedMeanwhile, NotFound, State, TriageOutcome
from evenhand.rules.texts import ReasonMissing, TextTooLong
from evenhand.rules.triage import ENDING
from evenhand.store.casework import RefusedIntakeRow
from evenhand.store.log import EntryRow
from evenhand.store.referrals import ReferralRow
from tests.builders import ADA, BO, CY, DEE, MAX, OLA, acting, as_reader, intake
from tests.journeys import Desk, changing_nothing, everything, refused, row

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
SAME_VIDEO = "https://youtu.be/dQw4w9WgXcQ?si=abc"


@pytest.mark.django_db
def test_a_logged_referral_holds_what_was_said() -> None:
    desk = Desk()
    reference = desk.log(VIDEO)
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert reference == f"2026-{row(reference).number:06d}"
    assert read.address == VIDEO
    assert read.content_id == "dQw4w9WgXcQ"
    assert read.fact.platform == "youtube"
    assert read.fact.state is State.LOGGED
    assert read.description == intake().description
    assert read.logged_by == "Ada"
    assert [it.act for it in history.of(reference, officer=ADA).lines] == [Act.REFERRAL_LOGGED]


@pytest.mark.django_db
def test_what_is_not_public_leaves_a_count_and_nothing_else() -> None:
    desk = Desk()
    desk.by(ADA)
    before = everything()
    for _ in range(2):
        with pytest.raises(NotPublic):
            referrals.admit(VIDEO, intake(public_without_login=False), acting=desk.by(ADA))
    after = everything()
    changed = {table for table in after if after[table] != before[table]}
    assert changed == {"refused_intake", "entry", "opening", "change"}
    [counted] = RefusedIntakeRow.objects.all()
    assert (counted.day, counted.rule, counted.count) == (desk.now.date(), "E-PRIV-72", 2)


@pytest.mark.django_db
def test_a_private_chat_is_counted_by_its_rule() -> None:
    desk = Desk()
    with pytest.raises(PrivatePlace):
        referrals.admit("https://t.me/c/123/4", intake(), acting=desk.by(ADA))
    assert RefusedIntakeRow.objects.get().rule == PrivatePlace.code


@pytest.mark.django_db
def test_an_address_that_is_none_is_refused_and_not_counted() -> None:
    desk = Desk()
    desk.by(ADA)
    with changing_nothing(), pytest.raises(NotPublicHost):
        referrals.admit("http://localhost/x", intake(), acting=desk.by(ADA))
    with changing_nothing(), pytest.raises(FrontPage):
        referrals.admit("https://www.youtube.com/", intake(), acting=desk.by(ADA))


@pytest.mark.django_db
def test_the_same_content_is_shown_before_it_is_logged_again() -> None:
    desk = Desk()
    first = desk.log(VIDEO)
    earlier = lists.earlier_ones([SAME_VIDEO], officer=ADA)
    assert [it.reference for it in earlier[SAME_VIDEO]] == [first]
    with changing_nothing(), refused(SameContent) as told:
        desk.log(SAME_VIDEO)
    assert told.value.values == {"references": first}


@pytest.mark.django_db
def test_the_same_content_is_linked_as_a_duplicate() -> None:
    desk = Desk()
    first = desk.log(VIDEO)
    duplicate = referrals.log(
        identify(SAME_VIDEO),
        SAME_VIDEO,
        intake(),
        continuing=Continuing(as_duplicate=True),
        acting=desk.by(ADA),
    )
    read = one_referral.one(duplicate, acting=as_reader(ADA))
    assert read.fact.state is State.DUPLICATE
    assert (read.duplicate_of, read.same_content) == (first, [first])
    assert [it.move for it in read.moves] == ["triage_duplicate"]


@pytest.mark.django_db
def test_the_same_content_is_referred_again_for_a_reason() -> None:
    desk = Desk()
    desk.log(VIDEO)
    again = referrals.log(
        identify(SAME_VIDEO),
        SAME_VIDEO,
        intake(),
        continuing=Continuing(reason="It was reinstated."),
        acting=desk.by(ADA),
    )
    read = one_referral.one(again, acting=as_reader(ADA))
    assert read.fact.state is State.LOGGED
    assert [(it.move, it.reason) for it in read.moves] == [("continue", "It was reinstated.")]


@pytest.mark.django_db
def test_a_reason_to_go_on_is_not_endless() -> None:
    desk = Desk()
    with changing_nothing(), refused(TextTooLong):
        referrals.log(
            identify(VIDEO),
            VIDEO,
            intake(),
            continuing=Continuing(reason="x" * 10_001),
            acting=desk.by(ADA),
        )


@pytest.mark.usefixtures("fresh_desk")
def test_two_officers_who_log_the_same_content_at_once_get_one_referral() -> None:
    desk = Desk()
    desk.by(ADA)
    start = Barrier(4)

    def log(_: int) -> str:
        try:
            start.wait()
            return Desk(now=desk.now, here={ADA.ref}).log(VIDEO)
        except SameContent:
            return "same"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(log, range(4)))
    assert sorted(it == "same" for it in told) == [False, True, True, True]
    assert ReferralRow.objects.count() == 1


@pytest.mark.django_db
def test_several_addresses_are_logged_all_or_none() -> None:
    desk = Desk()
    desk.log(VIDEO)
    said = intake()
    new, old = "https://a.example/1", SAME_VIDEO
    several = [Admitted(identify(it), it) for it in (new, old)]
    with changing_nothing(), refused(SameContent):
        referrals.log_several(several, said, acting=desk.by(ADA))
    several = [Admitted(identify(it), it) for it in (new, "https://a.example/2")]
    references = referrals.log_several(several, said, acting=desk.by(ADA))
    assert [one_referral.one(it, acting=as_reader(ADA)).address for it in references] == [
        "https://a.example/1",
        "https://a.example/2",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("officer", [DEE, OLA, MAX], ids=lambda it: it.name)
def test_who_has_no_part_in_casework_logs_nothing(officer: Officer) -> None:
    desk = Desk()
    by = desk.by(officer)
    with changing_nothing(), refused(RoleMissing):
        referrals.admit(VIDEO, intake(), acting=by)
    with changing_nothing(), refused(RoleMissing):
        referrals.admit_as_public(public_without_login=False, acting=by)
    with changing_nothing(), refused(RoleMissing):
        referrals.log(identify(VIDEO), VIDEO, intake(), acting=by)
    with changing_nothing(), refused(RoleMissing):
        referrals.log_several([Admitted(identify(VIDEO), VIDEO)], intake(), acting=by)


@pytest.mark.django_db
@pytest.mark.parametrize("outcome", list(TriageOutcome))
def test_what_ends_a_referral_needs_a_reason(outcome: TriageOutcome) -> None:
    desk = Desk()
    reference = desk.log()
    if outcome in ENDING:
        with changing_nothing(), refused(ReasonMissing):
            referrals.triage(reference, outcome, " ", acting=desk.by(ADA))
    referrals.triage(reference, outcome, "Seen.", acting=desk.by(ADA))
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert read.triage is outcome
    assert [it.reason for it in read.moves] == ["Seen."]


ENDS: dict[State, tuple[Any, State, Officer, str]] = {
    State.CLOSED: (referrals.close, State.CHECKED, ADA, "closed"),
    State.WITHDRAWN: (referrals.withdraw, State.APPROVED, ADA, "withdrawn"),
    State.REOPENED: (referrals.reopen, State.CLOSED, CY, "reopened"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("there", ENDS)
def test_an_end_has_a_reason_and_a_version(there: State) -> None:
    act, here, officer, move = ENDS[there]
    desk = Desk()
    reference = desk.brought_to(here)
    desk.by(officer)
    version = row(reference).version
    with changing_nothing(), refused(ReasonMissing):
        act(reference, "\n", acting=desk.by(officer))
    with changing_nothing(), refused(ChangedMeanwhile):
        act(reference, "Because.", seen_version=version - 1, acting=desk.by(officer))
    with changing_nothing(), refused(RoleMissing):
        act(reference, "Because.", acting=acting(DEE, desk.now))
    act(reference, "Because.", seen_version=version, acting=desk.by(officer))
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert (read.fact.state, read.fact.version) == (there, version + 1)
    assert [it.reason for it in read.moves if it.move == move][-1] == "Because."
    assert (read.closed_at is not None) == (there is State.CLOSED)
    entry = EntryRow.objects.filter(obj=row(reference).id, ver__isnull=False).latest("number")
    assert entry.ver == version + 1


@pytest.mark.django_db
@pytest.mark.parametrize("reference", ["2026-999999", "", "x" * 10_000, "a\0b", "2026-000001'--"])
def test_a_reference_that_does_not_exist_is_not_found(reference: str) -> None:
    desk = Desk()
    desk.by(ADA)
    with changing_nothing(), refused(NotFound):
        referrals.close(reference, "Because.", acting=desk.by(ADA))


@pytest.mark.django_db
def test_a_reference_is_never_given_twice() -> None:
    desk = Desk(now=datetime(2026, 12, 31, 23, 57, 30, tzinfo=UTC))
    references = [desk.log() for _ in range(3)]
    assert [it[:4] for it in references] == ["2026", "2026", "2027"]
    assert len({it[5:] for it in references}) == 3


@pytest.mark.django_db
def test_a_withdrawn_referral_can_be_reopened_by_an_approver_only() -> None:
    desk = Desk()
    reference = desk.brought_to(State.WITHDRAWN)
    for officer in (ADA, BO):
        desk.by(officer)
        with changing_nothing(), refused(RoleMissing):
            referrals.reopen(reference, "Please.", acting=desk.by(officer))
    referrals.reopen(reference, "All right.", acting=desk.by(CY))
    assert row(reference).state == State.REOPENED

"""Assessing by hand, and the way out where the law takes over."""

from collections.abc import Callable

import pytest

from evenhand.actions import assessments, holds, notices, referrals, reviews
from evenhand.actions.carriers import NOBODY
from evenhand.actions.entering import about
from evenhand.actions.referrals import Continuing
from evenhand.ledger.acts import Act
from evenhand.queries import history, retention, summary
from evenhand.queries import referral as one_referral
from evenhand.queries import referrals as lists
from evenhand.rules.assessments import KINDS, Child, Expression, Ground, ReportedTo
from evenhand.rules.content import identify
from evenhand.rules.harms import HarmNotSpecified, StatutoryRouteOnly, UnknownHarm
from evenhand.rules.holds import HoldKind
from evenhand.rules.notices import Delivery
from evenhand.rules.officers import Permission, RoleMissing
from evenhand.rules.referrals import ChangedMeanwhile, SameOfficer, State, TriageOutcome
from evenhand.rules.refusals import Refused
from evenhand.rules.retention import TRAIL
from evenhand.rules.reviews import Review, ReviewOutcome
from evenhand.rules.texts import TextMissing, TextTooLong
from evenhand.rules.triage import Detail, RepeatsNothing
from evenhand.seal.record import SealBroken
from evenhand.store.casework import AssessmentRow, DecisionRow, MoveRow
from evenhand.store.challenges import ChallengeRow
from evenhand.store.disposing import remove_content
from evenhand.store.keys import RecordKeyRow
from evenhand.store.referrals import ReferralRow, WordsRow
from evenhand.store.sealing import open_record_key, sealed_columns, unsealed
from evenhand.store.writing import writing
from tests.builders import (
    ADA,
    BO,
    CY,
    LEE,
    OLA,
    RIA,
    RON,
    as_reader,
    assessment,
    intake,
    terms_only,
)
from tests.journeys import Desk, challenged, changing_nothing, refused, row

pytestmark = pytest.mark.django_db
TWICE = "https://clipnest.example.org/v/1"


def test_a_complete_assessment_waits_for_approval_and_is_kept_as_it_was_given() -> None:
    desk = Desk()
    reference = desk.log()
    answers = assessment(
        expression=frozenset({Expression.ARTISTIC, Expression.POLITICAL}),
        expression_weighing="It is a song; the threat in it is not.",
        child=Child.LIKELY,
        child_interests="To be left out of it.",
        also_harms=("H1",),
        provision="Whatever the officer writes, known here or not",
    )
    assessments.submit(reference, answers, acting=desk.by(BO))
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert read.fact.state is State.AWAITING_APPROVAL
    assert read.fact.child
    assert read.fact.assessors == {BO.ref}
    assert [it.answers for it in read.assessments] == [answers]
    assert (read.harm, read.assessments[0].by) == ("V1", "Bo")


def test_submitting_at_once_leaves_every_step_in_the_log() -> None:
    desk = Desk()
    reference = desk.do(desk.log(), "submit")
    assert [it.act for it in history.of(reference, officer=ADA).lines] == [
        "referral.log",
        "referral.triage",
        "assessment.start",
        "assessment.submit",
    ]


def test_an_incomplete_assessment_is_refused_whole_with_every_gap_named() -> None:
    desk = Desk()
    reference = desk.log()
    desk.by(BO)
    empty = assessment(**dict.fromkeys(KINDS, ""))
    with changing_nothing(), refused(Refused) as told:
        assessments.submit(reference, empty, acting=desk.by(BO))
    assert {it.at for it in told.value.every} == set(KINDS) - {
        "expression_weighing",
        "child_interests",
    }


@pytest.mark.parametrize(
    ("harm", "rule"),
    [
        ("C1", StatutoryRouteOnly),
        ("X2", HarmNotSpecified),
        ("DRILL", UnknownHarm),
        ("", UnknownHarm),
    ],
)
def test_what_is_not_for_a_platform_is_never_assessed_for_one(
    harm: str, rule: type[Refused]
) -> None:
    desk = Desk()
    reference = desk.log()
    desk.by(BO)
    with changing_nothing(), refused(rule):
        assessments.submit(reference, assessment(harm=harm), acting=desk.by(BO))
    with changing_nothing(), refused(rule):
        assessments.submit(reference, assessment(also_harms=("V2", harm)), acting=desk.by(BO))


def test_a_returned_referral_gets_a_new_assessment_and_keeps_the_old_one() -> None:
    desk = Desk()
    reference = desk.brought_to(State.RETURNED)
    assessments.submit(reference, assessment(necessity="Better now."), acting=desk.by(BO))
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert [it.number for it in read.assessments] == [1, 2]
    assert read.assessments[1].answers == assessment(necessity="Better now.")
    assert read.assessments[0].answers == assessment()


def test_whoever_assessed_a_round_never_approves_a_later_one() -> None:
    desk = Desk()
    reference = desk.do(desk.log(), "submit_by_cy")
    desk.do(reference, "start", "submit")
    assert row(reference).assessors == sorted([BO.ref, CY.ref])
    with changing_nothing(), refused(SameOfficer):
        desk.do(reference, "approve")
    desk.do(reference, "approve_by_sam")


def test_an_assessment_can_be_taken_back_and_changed_before_it_is_decided() -> None:
    desk = Desk()
    reference = desk.brought_to(State.AWAITING_APPROVAL)
    desk.do(reference, "start")
    assert row(reference).state == State.ASSESSING


def test_what_no_offence_is_alleged_of_is_marked_for_a_senior_approver() -> None:
    desk = Desk()
    reference = desk.log()
    assessments.submit(reference, terms_only(), acting=desk.by(BO))
    assert row(reference).terms_only
    assert row(reference).as_fact().terms_only


def test_assessing_an_older_version_is_refused() -> None:
    desk = Desk()
    reference = desk.brought_to(State.TRIAGED)
    desk.by(BO)
    acts: tuple[Callable[[], None], ...] = (
        lambda: assessments.start(reference, seen_version=1, acting=desk.by(BO)),
        lambda: assessments.submit(reference, assessment(), seen_version=1, acting=desk.by(BO)),
        lambda: assessments.take_statutory_route(
            reference,
            reported_to=ReportedTo.NCA,
            reported_reference="1",
            seen_version=1,
            acting=desk.by(BO),
        ),
    )
    for act in acts:
        with changing_nothing(), refused(ChangedMeanwhile):
            act()
    assessments.submit(reference, assessment(), seen_version=2, acting=desk.by(BO))


def test_who_oversees_does_not_assess() -> None:
    desk = Desk()
    reference = desk.log()
    acting = desk.by(OLA)
    with changing_nothing(), refused(RoleMissing):
        assessments.start(reference, acting=acting)
    with changing_nothing(), refused(RoleMissing):
        assessments.submit(reference, assessment(), acting=acting)
    with changing_nothing(), refused(RoleMissing):
        assessments.take_statutory_route(
            reference, reported_to=ReportedTo.NCA, reported_reference="1", acting=acting
        )


def test_assessed_words_are_found_by_searching() -> None:
    desk = Desk()
    reference = desk.log()
    assessments.submit(reference, assessment(necessity="Quasimodo"), acting=desk.by(BO))
    found = lists.find(lists.Filter(q="QUASIMODO"), acting=as_reader(ADA))
    assert [it.reference for it in found.lines] == [reference]


def test_a_new_round_waits_for_a_new_approval_and_keeps_what_the_last_one_led_to() -> None:
    desk = Desk()
    reference = desk.do(desk.brought_to(State.CHECKED), "close", "reopen", "submit")
    begun = row(reference)
    assert (begun.approved_by_id, begun.sent_at is None, begun.is_removal) == (None, False, True)
    desk.do(reference, "refuse", "reopen", "reinstated")
    after = row(reference)
    assert (after.state, after.is_removal) == (State.DECIDED, False)


def test_what_was_never_sent_has_no_answer_in_a_later_round() -> None:
    desk = Desk()
    reference = desk.do(desk.log(), "submit", "refuse", "reopen")
    with changing_nothing(), refused(Refused) as told:
        desk.do(reference, "look_not_visible")
    assert told.value.code == "E-MOVE-01"


def test_the_statutory_route_destroys_the_words_and_their_key() -> None:
    desk = Desk()
    said = intake(description="Rosebud", source_detail="Rosebud too")
    reference = desk.log(said=said)
    desk.do(reference, "submit", "return", "start")
    before = row(reference)
    old_key = open_record_key(before.key)
    assert old_key.open(f"referral.description.{before.id}", bytes(before.description or b""))
    desk.do(reference, "statutory")

    after = row(reference)
    assert after.state == State.STATUTORY_ROUTE
    assert (after.reference, after.platform) == (reference, "other")
    assert after.logged_at == before.logged_at
    kept = {it for it in sealed_columns(ReferralRow) if getattr(after, it) is not None}
    assert kept == {"reported_reference"}
    assert after.same_content is None
    assert not WordsRow.objects.filter(id=after.id).exists()
    for table in (MoveRow, AssessmentRow, DecisionRow):
        for step in table.objects.filter(referral=after):
            assert {getattr(step, it) for it in sealed_columns(table)} == {None}
    # A copy of the old bytes, from a backup, opens with no key that the desk still has.
    new_key = open_record_key(RecordKeyRow.objects.get(id=after.key_id))
    with pytest.raises(SealBroken):
        unsealed(before, new_key, "description")


def test_the_statutory_route_takes_linked_duplicates_along() -> None:
    desk = Desk()
    first = desk.log("https://clipnest.example.org/v/1")
    second = referrals.log(
        identify("https://clipnest.example.org/v/1"),
        "https://clipnest.example.org/v/1",
        intake(description="Rosebud", observed_at=desk.now),
        continuing=Continuing(as_duplicate=True),
        acting=desk.by(ADA),
    )
    assert one_referral.one(second, acting=as_reader(ADA)).moves[0].reason == ""
    desk.do(first, "statutory")
    for reference in (first, second):
        after = row(reference)
        assert (after.state, after.platform) == (State.STATUTORY_ROUTE, "other")
        assert one_referral.one(reference, acting=as_reader(ADA)).description == ""


def logged_again(desk: Desk) -> str:
    said = intake(observed_at=desk.now)
    why = Continuing(reason="It is up again.")
    return referrals.log(identify(TWICE), TWICE, said, continuing=why, acting=desk.by(ADA))


def left(reference: str) -> list[str]:
    in_full = one_referral.one(reference, acting=as_reader(ADA)).statutory_left
    assert summary.in_brief(reference, officer=ADA).statutory_left == in_full
    return list(in_full)


def test_what_is_left_of_the_same_content_is_told_until_each_went_by_the_statutory_route() -> None:
    desk = Desk()
    first, unlike = desk.log(TWICE), desk.log()
    waits, ended, gone = (logged_again(desk) for _ in range(3))
    for reference in (ended, gone):
        desk.do(reference, "withdraw")
    assert left(first) == []
    desk.do(first, "statutory")
    assert row(waits).description
    for reference in (first, waits, ended, gone):
        assert left(reference) == [waits, ended, gone]
    assert left(unlike) == []
    with writing() as pen:
        touched = ReferralRow.objects.locked(gone)
        remove_content(touched)
        touched.keep_under(TRAIL, start_on=desk.now.date())
        touched.keep()
        pen.enter(about(touched, Act.CONTENT_DISPOSED, None, acting=desk.by(ADA)))
    assert left(gone) == []
    anew = logged_again(desk)
    assert left(first) == left(anew) == [waits, ended, anew]
    desk.do(anew, "statutory")
    desk.do(waits, "statutory")
    assert left(first) == left(waits) == [ended]
    desk.do(ended, "reopen", "statutory")
    assert left(first) == left(ended) == []


def test_nothing_becomes_a_duplicate_of_what_went_by_the_statutory_route() -> None:
    desk = Desk()
    first, anew = desk.log(TWICE), desk.log()
    desk.do(first, "statutory")
    with changing_nothing(), refused(RepeatsNothing) as told:
        referrals.triage(
            anew,
            TriageOutcome.DUPLICATE,
            "The same.",
            detail=Detail(duplicate_of=first),
            acting=desk.by(ADA),
        )
    assert (told.value.at, told.value.values) == ("duplicate_of", {"reference": first})


def test_what_turns_out_to_be_child_abuse_imagery_after_it_was_sent_is_kept_no_more() -> None:
    desk = Desk()
    waits, said = desk.brought_to(State.CHECKED), desk.brought_to(State.CHECKED)
    challenged(desk, waits, email="vex@mailbox.example")
    assert row(waits).state == State.UNDER_CHALLENGE
    for reference in (waits, said):
        desk.do(reference, "statutory")
        after = row(reference)
        assert (after.state, after.url, after.in_the_post) == (State.STATUTORY_ROUTE, None, False)
        for steps in (after.noticerows, after.answerrows, after.assessmentrows):
            for step in steps.all():
                assert {getattr(step, it) for it in sealed_columns(steps.model)} == {None}
    assert not ChallengeRow.objects.exists()


def test_others_whose_content_was_disposed_of_stay_as_they_are() -> None:
    desk = Desk()
    other, gone = desk.brought_to(State.DUPLICATE), desk.brought_to(State.CHECKED)
    # No act disposes of the content of an open referral; the route trusts nobody with that.
    for reference in (other, gone):
        with writing() as pen:
            touched = ReferralRow.objects.locked(reference)
            touched.same_content = None
            touched.keep()
            pen.enter(about(touched, Act.REFERRAL_LOGGED, Permission.LOG, acting=desk.by(ADA)))
    desk.do(gone, "statutory")
    assert row(gone).state == State.STATUTORY_ROUTE
    assert row(other).state == State.DUPLICATE


def test_a_hold_is_read_and_ended_after_the_words_are_destroyed_and_a_review_says_no_more() -> None:
    desk = Desk()
    reference = desk.brought_to(State.CLOSED)
    for officer in (RIA, RON, LEE):
        desk.by(officer)
    over = Review(outcome=ReviewOutcome.DISPOSE, reason="Shows a raised knife.")
    reviews.review(reference, over, acting=desk.by(RON))
    reviews.decline(reference, "Not yet.", acting=desk.by(LEE))
    hold = holds.place(
        reference, HoldKind.FOI, their_reference="FOI 1", reason="Asked.", acting=desk.by(RIA)
    )
    desk.do(reference, "reopen")
    desk.do(reference, "statutory")
    found = retention.one(reference, acting=desk.by(RON))
    assert [it.reason for it in found.holds] == ["Asked."]
    assert [it.reason for it in found.reviews] == [assessments.GONE]
    holds.ask_to_end(reference, hold, "Answered.", acting=desk.by(RIA))
    holds.end(reference, hold, acting=desk.by(LEE))


def test_what_was_still_to_leave_for_the_platform_stays() -> None:
    desk = Desk()
    reference = desk.brought_to(State.APPROVED)
    desk.sign_off()
    notices.send(reference, "email", carrier=NOBODY, acting=desk.by(ADA))
    assert row(reference).in_the_post
    desk.do(reference, "statutory")
    assert not row(reference).in_the_post
    [notice] = row(reference).noticerows.all()
    assert (notice.delivery, notice.failure) == (Delivery.FAILED, "withdrawn")


def test_after_the_statutory_route_only_where_it_was_reported_can_be_read() -> None:
    desk = Desk()
    reference = desk.do(desk.log(said=intake(description="Rosebud")), "statutory")
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert (read.reported_to, read.reported_reference) == (ReportedTo.IWF, "IWF-2026-1")
    assert not any((read.address, read.canonical_url, read.content_id, read.description))
    assert lists.find(lists.Filter(q="rosebud"), acting=as_reader(ADA)).lines == []
    [line] = lists.find(lists.Filter(), acting=as_reader(ADA)).lines
    assert not line.address


def test_the_statutory_route_says_where_it_was_reported() -> None:
    desk = Desk()
    reference = desk.brought_to(State.ASSESSING)
    for text, rule in (("", TextMissing), (" \n", TextMissing), ("x" * 501, TextTooLong)):
        with changing_nothing(), refused(rule):
            assessments.take_statutory_route(
                reference,
                reported_to=ReportedTo.OTHER,
                reported_reference=text,
                acting=desk.by(BO),
            )


def test_terms_alone_cannot_be_put_on_the_law() -> None:
    desk = Desk()
    reference = desk.log()
    desk.by(BO)
    with changing_nothing(), refused(Refused) as told:
        assessments.submit(reference, terms_only(ground=Ground.BOTH), acting=desk.by(BO))
    assert "E-HARM-03" in {it.code for it in told.value.every}

"""The calls that change a referral: each one act, with how the referral stands as the answer."""

from functools import partial
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from evenhand.actions import (
    answers,
    assessments,
    decisions,
    emergencies,
    handover,
    notes,
    notices,
    referrals,
    sheets,
    snoozes,
)
from evenhand.api.assess_body import Assess
from evenhand.api.assessing import assessment_of
from evenhand.api.bodies import (
    Answer,
    Chase,
    Check,
    Decide,
    ForReason,
    HandOver,
    RecordEmergency,
    Report,
    Send,
    Snooze,
    Triage,
    WriteNote,
)
from evenhand.api.by_hand import by_hand, check_transport
from evenhand.api.doing import changed
from evenhand.api.door import Call, Token, api
from evenhand.api.replies import Summary
from evenhand.api.values import Reference, Sent
from evenhand.rules.notice_forms import ChosenForm
from evenhand.rules.notices import NoticeKind
from evenhand.rules.officers import Permission
from evenhand.rules.sheets import ByHand
from evenhand.rules.triage import Detail, EmergencyRecord

ONE = "/referrals/{reference}"
CHANGE: dict[str, Any] = {"response": {200: Summary}, "tags": ["changes"]}
ASKED: dict[str, Any] = {"response": {200: Summary, 202: Summary}, "tags": ["changes"]}


@api.post(f"{ONE}/triage", summary="Triage a referral", auth=Token(Permission.TRIAGE), **CHANGE)
def triage(request: Call, reference: Reference, body: Sent[Triage]) -> HttpResponse:
    """Record what the first look led to."""
    act = partial(
        referrals.triage,
        reference,
        body.outcome,
        body.reason,
        detail=Detail(signpost=body.signpost, duplicate_of=body.duplicate_of),
        seen_version=body.version,
    )
    return changed(request, reference, act)


@api.post(
    f"{ONE}/emergency", summary="Record an emergency", auth=Token(Permission.TRIAGE), **CHANGE
)
def emergency(request: Call, reference: Reference, body: Sent[RecordEmergency]) -> HttpResponse:
    """Record what was done for a life at risk; what nobody triaged yet is an emergency then."""
    record = EmergencyRecord(
        done=frozenset(body.done),
        done_at=body.done_at or request.auth.at,
        told=body.told,
        their_reference=body.their_reference,
        words=body.words,
    )
    act = partial(emergencies.record, reference, record, seen_version=body.version)
    return changed(request, reference, act)


@api.put(f"{ONE}/assessment", summary="Assess a referral", auth=Token(Permission.ASSESS), **CHANGE)
def assess(request: Call, reference: Reference, body: Sent[Assess]) -> HttpResponse:
    """Submit a complete assessment, and triage as *proceed* first where nobody has."""
    act = partial(assessments.submit, reference, assessment_of(body), seen_version=body.version)
    return changed(request, reference, act)


@api.post(
    f"{ONE}/statutory-route",
    summary="Take the statutory route",
    auth=Token(Permission.STATUTORY_ROUTE),
    **CHANGE,
)
def statutory_route(request: Call, reference: Reference, body: Sent[Report]) -> HttpResponse:
    """End a referral that the law sends elsewhere; its words are destroyed."""
    act = partial(
        assessments.take_statutory_route,
        reference,
        reported_to=body.reported_to,
        reported_reference=body.reported_reference,
        seen_version=body.version,
    )
    return changed(request, reference, act)


@api.post(f"{ONE}/decisions", summary="Decide a referral", auth=Token(Permission.DECIDE), **CHANGE)
def decide(request: Call, reference: Reference, body: Sent[Decide]) -> HttpResponse:
    """Approve, return or refuse as the second officer."""
    act = partial(
        decisions.decide, reference, body.decision, body.reason, seen_version=body.version
    )
    return changed(request, reference, act)


@api.post(f"{ONE}/notices", summary="Send a referral", auth=Token(Permission.SEND), **ASKED)
def send(request: Call, reference: Reference, body: Sent[Send]) -> HttpResponse:
    """Ask for an approved referral to be sent; it is *sent* once the platform's side accepts it.

    By portal a person has sent it already: it is recorded and *sent* at once, answered with 200.
    """
    told = by_hand(body)
    if told:
        return _recorded(request, reference, NoticeKind.REFERRAL, told, body.version)
    chosen = ChosenForm(body.form, body.report_kind)
    act = partial(notices.send, reference, body.transport, chosen, seen_version=body.version)
    return changed(request, reference, act, status=HTTPStatus.ACCEPTED)


@api.post(f"{ONE}/chases", summary="Remind the platform", auth=Token(Permission.CHASE), **ASKED)
def chase(request: Call, reference: Reference, body: Sent[Chase]) -> HttpResponse:
    """Remind a platform that has not answered in the time that the desk gives it."""
    told = by_hand(body)
    if told:
        return _recorded(request, reference, NoticeKind.CHASE, told, body.version)
    check_transport(body.transport)
    act = partial(notices.chase, reference, seen_version=body.version)
    return changed(request, reference, act, status=HTTPStatus.ACCEPTED)


@api.post(f"{ONE}/snooze", summary="Put the next step off", auth=Token(Permission.SNOOZE), **CHANGE)
def snooze(request: Call, reference: Reference, body: Sent[Snooze]) -> HttpResponse:
    """Let the next step wait until a working day. Any act that moves the referral ends it."""
    act = partial(snoozes.put_off, reference, body.until, body.reason, seen_version=body.version)
    return changed(request, reference, act)


def _recorded(
    request: Call, reference: str, kind: NoticeKind, told: ByHand, version: int | None
) -> HttpResponse:
    act = partial(sheets.record, reference, kind, told, seen_version=version)
    return changed(request, reference, act)


@api.post(
    f"{ONE}/answers", summary="Record an answer", auth=Token(Permission.RECORD_ANSWER), **CHANGE
)
def answer(request: Call, reference: Reference, body: Sent[Answer]) -> HttpResponse:
    """Record what the platform answered."""
    act = partial(
        answers.record,
        reference,
        body.kind,
        body.outcome,
        why_declined=body.why_declined,
        their_reference=body.their_reference,
        ground_relied_on=body.ground_relied_on,
        statement_of_reasons=body.statement_of_reasons,
        mail=body.mail,
        seen_version=body.version,
    )
    return changed(request, reference, act)


@api.post(f"{ONE}/checks", summary="Record a check", auth=Token(Permission.CHECK), **CHANGE)
def check(request: Call, reference: Reference, body: Sent[Check]) -> HttpResponse:
    """Record what a person saw when looking at the address again."""
    act = partial(answers.look_again, reference, body.seen, seen_version=body.version)
    return changed(request, reference, act)


@api.post(f"{ONE}/close", summary="Close a referral", auth=Token(Permission.CLOSE), **CHANGE)
def close(request: Call, reference: Reference, body: Sent[ForReason]) -> HttpResponse:
    """Close a referral for a reason."""
    act = partial(referrals.close, reference, body.reason, seen_version=body.version)
    return changed(request, reference, act)


@api.post(
    f"{ONE}/withdraw", summary="Withdraw a referral", auth=Token(Permission.WITHDRAW), **CHANGE
)
def withdraw(request: Call, reference: Reference, body: Sent[ForReason]) -> HttpResponse:
    """Withdraw a referral for a reason; a platform that had it is told so, by e-mail at once."""
    act = partial(referrals.withdraw, reference, body.reason, seen_version=body.version)
    return changed(request, reference, act)


@api.post(
    f"{ONE}/withdrawal-notices",
    summary="Tell the platform of a withdrawal",
    auth=Token(Permission.WITHDRAW),
    **ASKED,
)
def tell_withdrawal(request: Call, reference: Reference, body: Sent[Chase]) -> HttpResponse:
    """Tell the platform that a referral is withdrawn, where that could not be done at once."""
    told = by_hand(body)
    if told:
        return _recorded(request, reference, NoticeKind.WITHDRAWAL, told, body.version)
    check_transport(body.transport)
    act = partial(notices.tell_withdrawal, reference, seen_version=body.version)
    return changed(request, reference, act, status=HTTPStatus.ACCEPTED)


@api.post(f"{ONE}/reopen", summary="Reopen a referral", auth=Token(Permission.REOPEN), **CHANGE)
def reopen(request: Call, reference: Reference, body: Sent[ForReason]) -> HttpResponse:
    """Reopen a referral that had come to an end, for a reason."""
    act = partial(referrals.reopen, reference, body.reason, seen_version=body.version)
    return changed(request, reference, act)


@api.post(f"{ONE}/owner", summary="Hand it over", auth=Token(Permission.HAND_OVER), **CHANGE)
def hand_over(request: Call, reference: Reference, body: Sent[HandOver]) -> HttpResponse:
    """Give a referral into a colleague's hands, or take it over."""
    act = partial(
        handover.hand_over, reference, body.officer, body.reason, seen_version=body.version
    )
    return changed(request, reference, act)


@api.post(f"{ONE}/notes", summary="Write a note", auth=Token(Permission.WRITE_NOTE), **CHANGE)
def write_note(request: Call, reference: Reference, body: Sent[WriteNote]) -> HttpResponse:
    """Tell colleagues something about a referral. Notes are added, never changed."""
    return changed(request, reference, partial(notes.write, reference, body.text, body.mentions))

"""What is due, held and disposed of, in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.queries.retention import (
    Certificate,
    DueLine,
    HoldLine,
    KeptRecord,
    LastRun,
    ReviewLine,
    ToErase,
)
from evenhand.rules.balance import Balance, InBalance
from evenhand.rules.disposal import Reason
from evenhand.rules.officers import Officer, Permission, may
from evenhand.rules.questions import By
from evenhand.rules.retention import RELEASE_DAYS, is_restricted, what_goes
from evenhand.rules.reviews import QUESTIONS, Question
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.disposal import labels
from evenhand.web.held import who_holds
from evenhand.web.questions.told import said
from evenhand.web.sheets import row, words_row

LONG_AGO = timedelta(days=2)


def due(lines: Sequence[DueLine]) -> Params:
    """List what is due: a reference, what is to be done and by when. Nobody is named."""
    return {"items": [_item(it) for it in lines]}


def _item(line: DueLine) -> Params:
    told = _("Review by %(review)s. Last day: %(last)s.") % {
        "review": times.day(line.review_on),
        "last": times.day(line.max_on),
    }
    state = labels.BECAUSE[line.verdict.because]
    if line.proposed:
        state = _("Waits for a second officer: %(outcome)s") % {
            "outcome": labels.OUTCOMES[line.proposed]
        }
    return {
        "title": {"text": f"{labels.KINDS[line.kind]} {line.reference}"},
        "href": reverse("kept", args=[line.reference]),
        "hint": {"text": f"{labels.PARTS[what_goes(line.schedule)]}. {told}"},
        "status": {"text": str(state)},
    }


def heartbeat(last: LastRun | None, erasing: ToErase, *, now: datetime) -> Mapping[str, Any]:
    """Say when the worker last looked what is due, whether that is long ago, and who is to go."""
    return {
        "to_erase": erasing.in_time,
        "overdue": erasing.overdue,
        "ran": times.moment(last.ran_at) if last else "",
        "is_silent": last is None or now - last.ran_at > LONG_AGO,
        "waiting": last.waiting if last else 0,
        "destroyed": last.destroyed if last else 0,
        "restricted": last.restricted if last else 0,
    }


def record(found: KeptRecord, officer: Officer, *, today: date) -> Mapping[str, Any]:
    """Show how one record is kept: its days, what is due, its holds and its reviews."""
    kept = found.kept
    return {
        "reference": kept.reference,
        "title": f"{labels.KINDS[kept.kind]} {kept.reference}",
        "about": {"rows": [*_about(found, today), *who_holds(kept.reference, officer)]},
        "holds": [_hold(it, found, officer) for it in found.holds],
        "reviews": [{"rows": list(_review(it))} for it in found.reviews],
        "may_review": may(officer, Permission.REVIEW),
        "may_confirm": may(officer, Permission.CONFIRM_REVIEW) and found.proposal is not None,
        "may_hold": may(officer, Permission.PLACE_HOLD),
    }


def proposal(found: KeptRecord) -> Params:
    """Show what waits for the second officer, as the first one wrote it."""
    return {"rows": list(_review(found.proposal)) if found.proposal else []}


def _about(found: KeptRecord, today: date) -> Iterator[Params]:
    kept = found.kept
    yield row(_("What goes at its end"), labels.PARTS[what_goes(kept.schedule)])
    yield row(_("Row of the retention schedule"), kept.schedule)
    yield row(_("Kept since"), times.day(kept.dates.start_on))
    yield row(_("Review by"), times.day(kept.dates.review_on))
    yield row(_("Last day"), times.day(kept.dates.max_on))
    yield row(_("What happens next"), labels.BECAUSE[found.verdict.because])
    if found.duty:
        yield row(_("Why it is to be erased"), labels.DUTIES[found.duty])
    closed = is_restricted(kept, today=today)
    yield row(_("Can be used in casework"), _("No, it is closed") if closed else _("Yes"))


def _hold(hold: HoldLine, found: KeptRecord, officer: Officer) -> Mapping[str, Any]:
    needed = Permission.LIFT_HOLD if hold.end_asked else Permission.PLACE_HOLD
    return {
        "rows": list(_hold_rows(hold)),
        "href": reverse("kept_end_hold", args=[found.kept.reference, hold.id])
        if hold.stands and may(officer, needed)
        else "",
        "end": _("End this hold") if hold.end_asked else _("Ask for this hold to end"),
    }


def _hold_rows(hold: HoldLine) -> Iterator[Params]:
    yield row(_("Held for"), labels.HOLDS[hold.kind])
    yield row(_("Since"), times.day(hold.placed_on))
    if hold.expires_on:
        yield row(_("Until"), times.day(hold.expires_on))
    yield row(_("Status"), _stands(hold))
    yield words_row(_("Reference"), hold.their_reference)
    if hold.owner != "":
        yield words_row(_("Who answers for it"), hold.owner)
    yield words_row(_("Why"), hold.reason)


def _stands(hold: HoldLine) -> str:
    if not hold.stands:
        return _("Ended")
    return _("In force, a colleague asked for its end") if hold.end_asked else _("In force")


def _review(review: ReviewLine) -> Iterator[Params]:
    yield row(_("Reviewed by"), review.by)
    yield row(_("Date"), times.moment(review.at))
    yield row(_("Outcome"), labels.OUTCOMES[review.outcome])
    yield row(_("What became of it"), labels.STANDINGS[review.standing])
    if review.until:
        yield row(_("Next review by"), times.day(review.until))
    if review.last_day:
        yield row(_("New last day"), times.day(review.last_day))
    yield words_row(_("Why"), review.reason)
    for question in Question:
        if question in review.answers:
            yield words_row(_(QUESTIONS[question]), review.answers[question])


def balance(found: Balance) -> Mapping[str, Any]:
    """Say of one kind what was there, came, went, and is there: of all, and by system."""
    heads = _moves(found.kind)
    lines = zip(heads, _numbers(found), strict=True)
    return {
        "kind": labels.COUNTED[found.kind],
        "all": {"rows": [row(head, number) for head, number in lines]},
        "by_system": {
            "caption": _("By the system that they came from"),
            "captionClasses": "govuk-table__caption--s",
            "head": [{"text": it} for it in (_("System that it came from"), *heads)],
            "rows": [
                [{"text": it} for it in (said(By.SYSTEM, one.system), *_numbers(one))]
                for one in found.by_system
            ],
        }
        if found.by_system
        else None,
    }


def _moves(kind: InBalance) -> Sequence[str]:
    """Say how what is counted comes and goes."""
    is_line = kind is InBalance.OLD_RECORD
    return (
        _("There before the first day"),
        _("Created"),
        _("Read from a file of an old system") if is_line else _("Taken over from an old system"),
        _("Rejected or erased") if is_line else _("Disposed of"),
        _("Passed into this desk") if is_line else _("Transferred to others"),
        _("There at the end of the last day"),
    )


def _numbers(it: Balance) -> Sequence[str]:
    numbers = (it.open, it.created, it.imported, it.disposed, it.transferred, it.close)
    return [f"{number:,}" for number in numbers]


def certificates(lines: Sequence[Certificate]) -> Params:
    """List certificates, each with what went and when."""
    return {
        "items": [
            {
                "title": {"text": it.reference},
                "href": reverse("certificate", args=[it.reference]),
                "hint": {"text": f"{labels.KINDS[it.kind]}. {labels.PARTS[it.what]}"},
                "status": {"text": times.local_day(it.at)},
            }
            for it in lines
        ]
    }


def certificate(found: Certificate) -> Params:
    """Show one certificate. Nobody is named: officers stand for the numbers that the log has."""
    return {"rows": list(_certificate(found))}


def _certificate(it: Certificate) -> Iterator[Params]:
    yield row(_("Certificate"), it.reference)
    yield row(_("Number of the record in the log"), str(it.record))
    yield row(_("Kind"), labels.KINDS[it.kind])
    yield row(_("What was disposed of"), labels.PARTS[it.what])
    yield row(_("System of origin"), it.system)
    yield row(_("Row of the retention schedule"), it.schedule)
    yield row(_("Recorded on"), times.day(it.created_on))
    yield row(_("Last day"), times.day(it.max_on))
    yield row(_("Disposed of on"), times.moment(it.at))
    yield row(_("Why"), labels.REASONS[Reason(it.because)])
    late = (it.at.date() - it.max_on).days - RELEASE_DAYS
    if late > 0:
        yield row(_("Days late"), str(late))
    nobody = _("Nobody: the worker, when its time was over")
    yield row(_("Proposed by officer number"), str(it.proposed_by or nobody))
    yield row(_("Released by officer number"), str(it.released_by or nobody))

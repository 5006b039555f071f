"""Erases again what a restored backup still holds, and the log says was erased since.

What was decided then is not decided anew: no hold of that time stops it, and nobody is asked. Each
has an entry of the log in the desk's own name.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from evenhand.actions import (
    captures,
    challengers,
    foi_ending,
    imports,
    leavers,
    public_reports,
    reporters,
    sharing,
)
from evenhand.actions.assessments import destroy_words
from evenhand.actions.disposal import certify, remove_whole
from evenhand.actions.entering import about
from evenhand.actions.people_storing import destroy
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.ledger.erasures import Erased
from evenhand.rules.disposal import Reason
from evenhand.rules.handover import ENDED
from evenhand.rules.imports import Standing, Tally
from evenhand.rules.officers import Acting, OfficerRef
from evenhand.rules.people import PersonStanding
from evenhand.rules.referrals import State
from evenhand.rules.retention import TRAIL, What
from evenhand.store import disposing
from evenhand.store.captures import CaptureRow
from evenhand.store.challengers import ChallengerContactRow
from evenhand.store.imports import ImportedRow, ImportRunRow
from evenhand.store.keys import RecordKeyRow
from evenhand.store.people import PersonRow
from evenhand.store.public_reports import PublicReportRow, ReporterContactRow
from evenhand.store.records import Record
from evenhand.store.referrals import ReferralRow
from evenhand.store.writing import writing

TheRow = TypeVar("TheRow", bound=models.Model)
WITHDRAWN = "withdrawn"
"""Why a message that was on its way does not leave."""
BY_THE_CLOCK = frozenset(
    {
        Act.LOOKS_FORGOTTEN,
        Act.TRACES_FORGOTTEN,
        Act.DISCLOSURES_FORGOTTEN,
        Act.SUPERSEDED_FORGOTTEN,
        Act.REPORTS_FORGOTTEN,
        Act.MAIL_FORGOTTEN,
        Act.POSTERS_FORGOTTEN,
        Act.FOI_DISCLOSURES_FORGOTTEN,
        Act.RIGHTS_FORGOTTEN,
        Act.BREACH_FORGOTTEN,
        Act.EQUALITY_FORGOTTEN,
    }
)
"""Acts that erase whatever is past its time; the clock does so again."""


def erase_again(erased: Erased, *, acting: Acting) -> bool:
    """Erase what an entry of the log says was erased; say whether it was there."""
    if erased.record is None:
        return False  # Looks, traces, lines of old: the clock forgets them by their day.
    with transaction.atomic(savepoint=False):
        return AGAIN[erased.act](erased.record, erased.day, acting)


def can_be_done(erased: Erased) -> bool:
    """Say whether a line says what was erased. What the clock forgets goes by its day alone."""
    return erased.record is not None or erased.act in BY_THE_CLOCK


def _dispose(record: UUID, day: date, acting: Acting) -> bool:
    row: Record | None = _locked(PersonRow, record) or _locked(ReferralRow, record)
    if row is None:
        return False
    with writing() as pen:
        _certify(row, What.RECORD, acting)
        remove_whole(row, sharing.empty, day=day)
        pen.enter(about(row, Act.RECORD_DISPOSED, None, acting=acting, outcome=Reason.RESTORED))
    return True


def _dispose_of_content(record: UUID, _day: date, acting: Acting) -> bool:
    """Dispose of the content. How a referral ended that had not ended yet is lost: withdrawn."""
    row = _locked(ReferralRow, record)
    if row is None or row.url is None:
        return False
    with writing() as pen:
        _certify(row, What.CONTENT, acting)
        disposing.remove_content(row)
        if row.state in ENDED:
            row.extended = row.restricted = None
            row.keep_under(TRAIL, start_on=row.start_on or timezone.localdate(row.state_since))
        else:
            row.emergency_since = None
            row.stop_the_post(WITHDRAWN, at=acting.at)
            row.move(State.WITHDRAWN, at=acting.at)
        row.keep()
        pen.enter(about(row, Act.CONTENT_DISPOSED, None, acting=acting, outcome=Reason.RESTORED))
    return True


def _refuse_person(record: UUID, _day: date, acting: Acting) -> bool:
    row = _locked(PersonRow, record)
    if row is None or row.standing != PersonStanding.PROPOSED:
        return False
    with writing() as pen:
        destroy(row, acting=acting)
        row.keep()
        pen.enter(about(row, Act.PERSON_REFUSED, None, acting=acting, outcome=Reason.RESTORED))
    return True


def _take_statutory_route(record: UUID, _day: date, acting: Acting) -> bool:
    """Destroy the words. Where it was reported is lost with the entry that said so."""
    row = _locked(ReferralRow, record)
    if row is None or row.state == State.STATUTORY_ROUTE:
        return False
    with writing() as pen:
        row.stop_the_post(WITHDRAWN, at=acting.at)
        destroy_words(row)
        row.move(State.STATUTORY_ROUTE, at=acting.at)
        row.keep()
        entry = about(row, Act.STATUTORY_ROUTE_TAKEN, None, acting=acting, outcome=Reason.RESTORED)
        pen.enter(entry)
    return True


def _stop_capture(record: UUID, _day: date, acting: Acting) -> bool:
    """Lock a capture again. Who stopped it is lost with the entry that said so."""
    row = _locked(CaptureRow, record)
    if row is None or row.locked_at:
        return False
    captures.lock(row, None, acting=acting)
    return True


def _reject_imported(record: UUID, _day: date, acting: Acting) -> bool:
    """Erase a record in quarantine. Who rejected it and why is lost: it counts as erased."""
    row = _locked(ImportedRow, record)
    if row is None or row.standing != Standing.WAITING:
        return False
    with writing() as pen:
        imports.count(row.run, row.system, {Tally.ERASED: 1}, acting=acting)
        row.delete()
        RecordKeyRow.objects.filter(id=record).delete()
        pen.enter(_entry(Act.IMPORT_REJECTED, record, acting))
    return True


def _settle_imported(record: UUID, day: date, acting: Acting) -> bool:
    """Destroy what an old system says of somebody; with the rest, if that had not been passed."""
    row = _locked(ImportedRow, record)
    if row is None or row.standing != Standing.PASSED:
        return _reject_imported(record, day, acting)
    if row.key_id is None:
        return False
    with writing() as pen:
        row.drop_words()
        row.save()
        RecordKeyRow.objects.filter(id=record).delete()
        pen.enter(_entry(Act.IMPORT_PERSON_SETTLED, record, acting))
    return True


def _end_import(record: UUID, _day: date, acting: Acting) -> bool:
    run = _locked(ImportRunRow, record)
    if run is None or run.ended_at:
        return False
    imports.end(record, acting)
    return True


def _forget_officer(record: UUID, _day: date, acting: Acting) -> bool:
    return leavers.forget(OfficerRef(record), acting=acting)


def _settle_report(record: UUID, _day: date, acting: Acting) -> bool:
    """Erase what a reporter said. Who settled it and as what is lost: it counts as erased.

    So nobody can be told truly what became of it: how the reporter is reached goes as well.
    """
    row = _locked(PublicReportRow, record)
    if row is None or not public_reports.lapse(record, acting=acting):
        return False
    for contact in ReporterContactRow.objects.filter(report=record):
        reporters.forget(contact, acting=acting)
    return True


def _forget_reporter(record: UUID, _day: date, acting: Acting) -> bool:
    row = _locked(ReporterContactRow, record)
    if row is None:
        return False
    reporters.forget(row, acting=acting)
    return True


def _forget_challenger(record: UUID, _day: date, acting: Acting) -> bool:
    row = _locked(ChallengerContactRow, record)
    if row is None:
        return False
    challengers.forget(row, acting=acting)
    return True


def _forget_foi(record: UUID, _day: date, acting: Acting) -> bool:
    return foi_ending.forget(record, acting=acting)


def _forget_foi_requester(record: UUID, _day: date, acting: Acting) -> bool:
    return foi_ending.forget_requester(record, acting=acting)


AGAIN: Mapping[Act, Callable[[UUID, date, Acting], bool]] = {
    Act.RECORD_DISPOSED: _dispose,
    Act.CONTENT_DISPOSED: _dispose_of_content,
    Act.PERSON_REFUSED: _refuse_person,
    Act.STATUTORY_ROUTE_TAKEN: _take_statutory_route,
    Act.CAPTURE_STOPPED: _stop_capture,
    Act.IMPORT_REJECTED: _reject_imported,
    Act.IMPORT_PERSON_SETTLED: _settle_imported,
    Act.IMPORT_ERASED: _end_import,
    Act.OFFICER_FORGOTTEN: _forget_officer,
    Act.REPORT_LOGGED: _settle_report,
    Act.REPORT_JOINED: _settle_report,
    Act.REPORT_SET_ASIDE: _settle_report,
    Act.REPORT_LAPSED: _settle_report,
    Act.REPORTER_FORGOTTEN: _forget_reporter,
    Act.CHALLENGER_FORGOTTEN: _forget_challenger,
    Act.FOI_FORGOTTEN: _forget_foi,
    Act.FOI_REQUESTER_FORGOTTEN: _forget_foi_requester,
}
"""How each act that erases one thing is done again; some go by the day on which it was done."""


def _locked(table: type[TheRow], record: UUID) -> TheRow | None:
    return table._default_manager.select_for_update(of=("self",)).filter(pk=record).first()


def _certify(row: Record, what: What, acting: Acting) -> None:
    """Write a certificate in which nobody decides. What had not ended has its last day today."""
    schedule, max_on = row.schedule or TRAIL, row.max_on or timezone.localdate(acting.at)
    certify(row, what, Reason.RESTORED, schedule=schedule, max_on=max_on, at=acting.at)


def _entry(act: Act, record: UUID, acting: Acting) -> Entry:
    return Entry(act=act, at=acting.at, who=acting.officer.ref, obj=record)

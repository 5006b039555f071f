"""Reports from the public, as tests bring them in and take them further."""

from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

from evenhand.actions import public_reports, referrals
from evenhand.actions import public_reports_receiving as receiving
from evenhand.actions.referrals import Admitted
from evenhand.rules.officers import PUBLIC, Acting, Officer
from evenhand.rules.public_reports import Worry
from evenhand.store.public_reports import PublicReportRow, ReporterContactRow
from tests.builders import ADA, intake, public_report
from tests.journeys import Desk

NUMBERS = count(1)


def anyone(desk: Desk) -> Acting:
    """Have somebody of the public act, who is no officer and is never stored."""
    desk.now += timedelta(minutes=1)
    return Acting(officer=PUBLIC, at=desk.now)


def received(desk: Desk, *, form: str = "", **changes: Any) -> str:
    """Have somebody report content, a new one unless an address is given; give the receipt."""
    number = next(NUMBERS)
    plain = {"url": f"https://site{number}.example/told/1"}
    told = public_report(**{**plain, **changes})
    form, acting = form or f"form {number}", anyone(desk)
    if told.worry is not Worry.CHILD_ABUSE_IMAGERY:
        receiving.admit(told, form=form, acting=acting)
    return receiving.receive(told, form, acting=acting)


def reported(desk: Desk, **changes: Any) -> UUID:
    """Have somebody report content; give the report's id."""
    known = set(PublicReportRow.objects.values_list("id", flat=True))
    received(desk, **changes)
    [new] = set(PublicReportRow.objects.values_list("id", flat=True)) - known
    return new


def opened(desk: Desk, report: UUID, *, by: Officer = ADA) -> UUID:
    """Have an officer open a report."""
    public_reports.open_report(report, acting=desk.by(by))
    return report


def logged_from(desk: Desk, report: UUID, *, by: Officer = ADA, address: str = "") -> str:
    """Have an officer log a referral from an opened report; give its reference."""
    address = address or f"https://site{next(NUMBERS)}.example/told/2"
    acting = desk.by(by)
    said = intake(observed_at=acting.at)
    content = referrals.admit(address, said, acting=acting)
    return public_reports.log(report, Admitted(content, address), said, acting=acting)


def the_report(report: UUID) -> PublicReportRow:
    return PublicReportRow.objects.get(id=report)


def contact_of(report: UUID) -> ReporterContactRow:
    return ReporterContactRow.objects.get(report=report)

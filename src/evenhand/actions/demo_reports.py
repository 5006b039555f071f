"""The demo's reports from the public, all invented: two wait, and one was set aside."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from evenhand.actions import public_reports
from evenhand.actions import public_reports_receiving as receiving
from evenhand.rules.officers import PUBLIC, Acting, Officer
from evenhand.rules.public_reports import PublicReport, Worry
from evenhand.store.public_reports import PublicReportRow

LATE = PublicReport(
    url="https://clipnest.example/v/late-bus",
    worry=Worry.VIOLENCE,
    danger_now=True,
    why="Somebody says in it that they will be at the bus stop tonight with a knife.",
)
SELLER = PublicReport(
    url="https://clipnest.example/v/blades",
    worry=Worry.WEAPONS,
    danger_now=False,
    why="An account offers knives and says that it asks nobody how old they are.",
    email="reporter@mailbox.example",
)
QUARREL = PublicReport(
    url="https://clipnest.example/v/hedge",
    worry=Worry.OTHER,
    danger_now=False,
    why="Two neighbours quarrel about a hedge. I find it rude.",
)


def receive(team: Mapping[str, Officer], *, now: datetime) -> None:
    """Have the public report three contents, and an officer set one of them aside."""
    for hours, told in ((30, QUARREL), (5, SELLER), (1, LATE)):
        at = now - timedelta(hours=hours)
        receiving.receive(told, told.url, acting=Acting(PUBLIC, at))
    report = PublicReportRow.objects.earliest("received_at").id
    reading = Acting(team["Ada Quill"], now - timedelta(hours=29))
    public_reports.open_report(report, acting=reading)
    public_reports.set_aside(
        report,
        "A private quarrel; no harm is asked for.",
        signpost="platform-report",
        acting=reading,
    )

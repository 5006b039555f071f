"""Reports from the public: what anyone may tell the desk, and what an officer does with it.

A report is a source for an officer, never a case by itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenhand.rules.content import Content, identify_one
from evenhand.rules.intake import NotPublic
from evenhand.rules.referrals import NotFound
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.retention_schedules import Period
from evenhand.rules.texts import check_given
from evenhand.rules.words import words

LONGEST_WHY = 4_000
LONGEST_EMAIL = 254
EMAIL = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
"""What a mail server can be given: one plain address, with nothing around it."""
ANSWERS_UNTIL = Period(months=6, days=0)
"""So long after a report its receipt answers; its words are long gone by then."""


class Worry(StrEnum):
    """What a reporter is worried about, in plain words; the harm is an officer's to find."""

    VIOLENCE = "violence"
    EXPLOITATION = "exploitation"
    WEAPONS = "weapons"
    HARASSMENT = "harassment"
    HATRED = "hatred"
    TERRORISM = "terrorism"
    CHILD_ABUSE_IMAGERY = "child_abuse_imagery"
    GROOMING = "grooming"
    INTIMATE_IMAGES = "intimate_images"
    DRUGS = "drugs"
    FRAUD = "fraud"
    SELF_HARM = "self_harm"
    OTHER = "other"


class ReportStanding(StrEnum):
    """Where a report stands. Only what waits or was opened holds what the reporter said."""

    WAITING = "waiting"
    OPENED = "opened"
    LOGGED = "logged"
    JOINED = "joined"
    SET_ASIDE = "set_aside"
    LAPSED = "lapsed"
    SIGNPOSTED = "signposted"


OPEN = frozenset({ReportStanding.WAITING, ReportStanding.OPENED})
TAKEN_UP = frozenset({ReportStanding.LOGGED, ReportStanding.JOINED})
BY_AN_OFFICER = TAKEN_UP | {ReportStanding.SET_ASIDE}


class ReportCount(StrEnum):
    """What is counted of reports, for ever. No number is about one person."""

    RECEIVED = "received"
    SIGNPOSTED = "signposted"
    LOGGED = "logged"
    JOINED = "joined"
    SET_ASIDE = "set_aside"
    LAPSED_UNREAD = "lapsed_unread"
    LAPSED_OPENED = "lapsed_opened"
    TOLD = "told"
    NOT_TOLD = "not_told"


class Became(StrEnum):
    """What a reporter is told that became of their report."""

    SET_ASIDE = "set_aside"
    TAKEN_UP = "taken_up"
    ONGOING = "ongoing"
    LAPSED = "lapsed"


AT_SETTLING: Mapping[ReportStanding, ReportCount] = {
    ReportStanding.LOGGED: ReportCount.LOGGED,
    ReportStanding.JOINED: ReportCount.JOINED,
    ReportStanding.SET_ASIDE: ReportCount.SET_ASIDE,
}


class ReachUnusable(Refused):
    """Whoever wants to hear what became of a report gives one e-mail address."""

    code = "E-PREP-01"


class ReportSettled(Refused):
    """A report from the public is settled once: logged, joined to a referral, or set aside."""

    code = "E-PREP-02"
    kind = Kind.CONFLICT


class ReportUnopened(Refused):
    """A report from the public is settled by an officer who has opened it and read it."""

    code = "E-PREP-03"
    clause = words("DPA 2018 ss.50A–50D: meaningful human involvement")
    kind = Kind.CONFLICT


class ReportOver(Refused):
    """What nobody settled within 30 days is erased, and no officer reads it any more."""

    code = "E-PREP-04"
    clause = words("DPA 2018 ss.37 and 39: not excessive, no longer than needed")
    kind = Kind.CONFLICT


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicReport:
    """What somebody told the desk. ``email``: where they want to hear what became of it, if so.

    ``language`` is the one of the page that it was told on, and the one they are written to in.
    """

    url: str
    worry: Worry
    danger_now: bool
    why: str
    email: str = ""
    language: str = "en"


def check_anyone_sees_it(public_without_login: bool) -> None:
    """Refuse to be told of what is not public; only that is counted. A72; RIPA 2000."""
    if not public_without_login:
        raise NotPublic(
            words("We may only be told of content that anyone can see. Nothing was saved."),
            do=words(
                "If it was sent to you, or you are in it, report it to the police: ring 101, or"
                " 999 if somebody is in danger now."
            ),
            at="public_without_login",
        )


def check_report(report: PublicReport) -> Content:
    """Refuse a report that says too little or leads nowhere public; give what it leads to.

    Raises PrivatePlace, which is counted, and what else ``identify_one`` refuses.
    """
    check_given(report.why, at="why", most=LONGEST_WHY)
    if report.email:
        check_reach(report.email)
    return identify_one(report.url)


def check_reach(email: str) -> None:
    """Refuse what no mail server could be given."""
    if len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email):
        raise ReachUnusable(
            words("This is not an e-mail address that we can write to."),
            do=words("Enter one address, such as name@example.com, or leave it empty."),
            at="email",
        )


def check_open(standing: ReportStanding, *, max_on: date, today: date) -> None:
    """Refuse to open or settle a report that was settled, or whose time is over."""
    if standing not in OPEN:
        raise ReportSettled(
            words("This report has been settled already."),
            do=words("Open the list of reports to see what is left."),
        )
    if today >= max_on:
        raise ReportOver(
            words("The 30 days of this report are over. It is erased, and nobody reads it."),
            do=words("Open the list of reports to see what is left."),
        )


def check_can_settle(standing: ReportStanding, *, max_on: date, today: date) -> None:
    """Refuse to settle a report that nobody has opened, or that is settled or over."""
    check_open(standing, max_on=max_on, today=today)
    if standing is ReportStanding.WAITING:
        raise ReportUnopened(
            words("Nobody has opened this report yet."),
            do=words("Open it and read it first."),
        )


def no_such_receipt() -> NotFound:
    """Refuse a receipt number that no report has: in the same words if there was one once."""
    return NotFound(
        words("No report that we still have has this receipt number."),
        do=words(
            "Compare it with the one that you were given. We answer for six months after a report."
        ),
        at="receipt",
    )


def became(standing: ReportStanding, *, has_ended: bool, is_last_day: bool) -> Became | None:
    """Say what the reporter is told now; None while there is nothing to tell.

    ``has_ended``: the referral that it was taken up as has come to an end, or is gone.
    """
    match standing:
        case ReportStanding.SET_ASIDE:
            return Became.SET_ASIDE
        case ReportStanding.LAPSED:
            return Became.LAPSED
        case ReportStanding.LOGGED | ReportStanding.JOINED:
            if has_ended:
                return Became.TAKEN_UP
            return Became.ONGOING if is_last_day else None
        case _:
            return None

"""An officer's own page in words."""

from collections.abc import Iterator, Mapping, Sequence

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from evenhand.queries.consultations import Exposure
from evenhand.queries.own import OwnLine
from evenhand.rules.officers import Permission
from evenhand.web import labels, times
from evenhand.web.addresses import of_referral
from evenhand.web.by_day import Day, Told, by_day
from evenhand.web.components import Params
from evenhand.web.referrals.story import SENTENCES
from evenhand.web.words import Words

PURPOSES: Mapping[str, Words] = {
    Permission.READ_RIGHTS: later("to read a request about data, or its pack"),
    Permission.HANDLE_RIGHTS: later("to work on a request about data"),
    Permission.LIST_REFERRALS: later("a worklist or a list"),
    Permission.READ_REFERRAL: later("to read it"),
    Permission.READ_WORDS: later("found by words, or notes read"),
    Permission.TRIAGE: later("to triage"),
    Permission.ASSESS: later("to assess"),
    Permission.STATUTORY_ROUTE: later("to take the statutory route"),
    Permission.DECIDE: later("to decide"),
    Permission.SEND: later("to send"),
    Permission.CHASE: later("to remind the platform"),
    Permission.SNOOZE: later("to put the next step off"),
    Permission.RECORD_ANSWER: later("to record an answer"),
    Permission.READ_MAIL: later("to read mail that came in"),
    Permission.CHECK: later("to look again"),
    Permission.CLOSE: later("to close"),
    Permission.WITHDRAW: later("to withdraw"),
    Permission.REOPEN: later("to reopen"),
    Permission.HAND_OVER: later("to hand over"),
    Permission.WRITE_NOTE: later("to read and write notes"),
    Permission.TAKE_CAPTURE: later("to keep a capture"),
    Permission.OPEN_CAPTURE: later("to see a capture"),
    Permission.SHARE: later("to share under an agreement"),
    Permission.APPROVE_SHARE: later("to approve a package"),
    Permission.APPROVE_CHILD_SHARE: later("to approve a package about somebody under 18"),
    Permission.IMPORT: later("to pass a record of an old system"),
    Permission.TAKE_REPORT: later("to settle a report from the public"),
    Permission.SETTLE_CHALLENGE: later("to settle a challenge"),
    Permission.REVIEW_ORDER: later("to review a content removal notice"),
    Permission.WITHHOLD_TELLING: later("to keep it from posters"),
    Permission.FIND_PERSON: later("to find a person by an exact key"),
    Permission.READ_PERSON: later("to read a person’s record"),
    Permission.READ_IDENTITY: later("to read who a person is"),
    Permission.AUTHORISE_PERSON: later("to authorise a person’s record"),
    Permission.CONTEST_ACCURACY: later("to say that something about a person is wrong"),
    Permission.CORRECT_PERSON: later("to correct a person’s record"),
    Permission.ASK_TO_LIFT: later("to ask that a restriction be lifted"),
    Permission.JOIN_PEOPLE: later("to compare two records"),
    Permission.READ_FOI: later("to read a request for information"),
    Permission.READ_REQUESTER: later("to see who asked for information"),
}
"""What a look was for, by the permission that it needed: what seems odd is seen sooner so."""


def days(lines: Sequence[OwnLine]) -> list[Day]:
    """Tell entries day by day, in the desk's own time."""
    return by_day(lines, _told)


def exposure(seen: Exposure) -> Params | None:
    """Count by harm what was opened, in a table that fits a phone."""
    if not seen.week and not any(seen.captures):
        return None
    rows = [[_cell(text), *map(_number, counts)] for text, counts in _by_harm(seen)]
    total = (sum(seen.today.values()), sum(seen.week.values()))
    return {
        "caption": _("Referrals you opened, by harm"),
        "captionClasses": "govuk-table__caption--m",
        "head": [
            {"text": _("Harm")},
            {"text": _("Today"), "format": "numeric"},
            {"text": _("7 days"), "format": "numeric"},
        ],
        "rows": [
            *rows,
            [_cell(_("All")), *map(_number, total)],
            [_cell(_("Captures you opened")), *map(_number, seen.captures)],
        ],
        "firstCellIsHeader": True,
    }


def _by_harm(seen: Exposure) -> Iterator[tuple[str, tuple[int, int]]]:
    for harm, week in seen.week.items():
        yield labels.harm_name(harm or None), (seen.today.get(harm, 0), week)


def _cell(text: str) -> Mapping[str, object]:
    return {"text": text}


def _number(count: int) -> Mapping[str, object]:
    return {"text": str(count), "format": "numeric"}


def _told(line: OwnLine) -> Told:
    return Told(
        sentence=capfirst(str(SENTENCES[line.act])),
        reference=line.reference,
        href=of_referral(line.reference) if line.reference else "",
        small=" · ".join(_small(line)),
    )


def _small(line: OwnLine) -> Iterator[str]:
    yield times.moment(line.at)
    if line.why in PURPOSES:
        yield str(PURPOSES[line.why])
    if line.listed:
        yield ngettext("%(count)d referral", "%(count)d referrals", line.listed) % {
            "count": line.listed
        }
    if line.times:
        yield ngettext("%(count)d time", "%(count)d times", line.times) % {"count": line.times}
    yield _("entry %(number)d of the log") % {"number": line.number}

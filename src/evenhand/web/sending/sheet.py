"""The words of a portal sheet: the fields of a platform's form with their texts, ready to copy."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.referral import ReferralInFull
from evenhand.queries.sheets import SheetShown
from evenhand.rules.notices import NoChaseYet, NoticeKind
from evenhand.rules.refusals import Refused
from evenhand.rules.sheets import FilledField
from evenhand.web import labels, times
from evenhand.web.components import Params
from evenhand.web.sending.present import help_with, may_chase_from, warning
from evenhand.web.sheets import Sheet, row, standing, tag_row
from evenhand.web.words import Said

LETTERS_IN_A_LINE = 60
TITLES = {
    NoticeKind.REFERRAL: Sheet(
        title=later("Send by the platform’s form"),
        button=later("Record as sent"),
        lines=(
            later("Open the platform’s form in another window and copy each field into it."),
            later("Check that it names nobody: the officer’s words about the evidence are in it."),
        ),
    ),
    NoticeKind.CHASE: Sheet(
        title=later("Remind the platform by its form"),
        button=later("Record the reminder as sent"),
        lines=(later("Open the platform’s form in another window and copy each field into it."),),
    ),
    NoticeKind.WITHDRAWAL: Sheet(
        title=later("Tell the platform by its form that it is withdrawn"),
        button=later("Record the withdrawal as sent"),
        lines=(later("Open the platform’s form in another window and copy each field into it."),),
    ),
}


@dataclass(frozen=True, slots=True)
class ShownField:
    """A field of the form on the page: its label, its text, how tall it is, and a warning."""

    id: str
    label: str
    text: str
    rows: int
    warning: str


def shown(
    kind: NoticeKind, referral: ReferralInFull, sheet: SheetShown, not_yet: Refused | None
) -> Mapping[str, object]:
    """Show the sheet field by field, where it goes, and what does not fit."""
    fields = [_field(number, it) for number, it in enumerate(sheet.fields, 1)]
    return {
        "sheet": TITLES[kind],
        "help": help_with(kind, TITLES[kind]),
        "standing": standing(referral),
        "way": {"rows": list(_way(sheet))},
        "fields": fields,
        "too_long": [it.warning for it in fields if it.warning],
        "digest": sheet.sha256,
        "not_yet": Said(not_yet) if not_yet else None,
        "when": may_chase_from(referral) if isinstance(not_yet, NoChaseYet) else "",
    }


def _way(sheet: SheetShown) -> Iterator[Params]:
    if sheet.sign_off is None:
        yield tag_row(_("Sign-off"), labels.Tag(_("Not signed off"), "red"))
        return
    yield {"key": {"text": _("The form")}, "value": {"html": _link(sheet.sign_off.contact)}}
    yield row(_("Signed off until"), times.day(sheet.sign_off.review_on))
    yield row(_("Kept as"), _("version %(number)d") % {"number": sheet.sheet.version})
    if not sheet.sheet.verified:
        yield tag_row(_("Labels of the fields"), labels.Tag(_("Not verified"), "yellow"))


def _link(address: str) -> SafeString:
    return format_html(
        '<a class="govuk-link eh-address" href="{}" target="_blank" rel="noopener noreferrer">{}'
        " {}</a>",
        address,
        address,
        _("(opens in a new tab)"),
    )


def _field(number: int, field: FilledField) -> ShownField:
    return ShownField(
        id=f"field-{number}",
        label=field.label,
        text=field.text,
        rows=_height(field.text),
        warning=warning(field),
    )


def _height(text: str) -> int:
    """Say how many lines a text takes, so that all of it is seen and printed."""
    return sum(1 + len(line) // LETTERS_IN_A_LINE for line in text.split("\n"))

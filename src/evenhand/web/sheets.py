"""What stands at the head of every page about one referral: what it is, and how it stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenhand.queries.referral import ReferralInFull
from evenhand.web import labels, times
from evenhand.web.components import Params, render
from evenhand.web.words import Words


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page that asks for one act: its title, what it tells first, and its button."""

    title: Words
    button: Words
    lines: Sequence[Words] = ()
    warning: Words = ""


def row(name: Words, text: Words) -> Params:
    """Make a row of a summary list from words."""
    return {"key": {"text": name}, "value": {"text": text}}


def words_row(name: Words, text: str | None) -> Params:
    """Make a row from a person's own words, shown with the lines they were written in."""
    if not text:
        return row(name, _("Nothing was written") if text == "" else _("Not for you to read"))
    return {"key": {"text": name}, "value": {"html": written(text)}}


def written(text: str) -> SafeString:
    """Show a person's own words with the lines they were written in, and nothing around them."""
    return format_html('<span class="eh-words">{}</span>', text)


def as_address(address: str) -> SafeString:
    """Show an address, broken anywhere on a narrow page, and never as a link."""
    return format_html('<span class="eh-address">{}</span>', address)


def tag_row(name: Words, tag: labels.Tag) -> Params:
    """Make a row whose value is a tag."""
    return {"key": {"text": name}, "value": {"html": render("tag", tag.params)}}


def standing(referral: ReferralInFull) -> Params:
    """Say what the referral is about, and its two states side by side."""
    fact = referral.fact
    rows = [
        row(_("Platform"), labels.platform_name(fact.platform)),
        row(_("Harm"), labels.harm_name(referral.harm)),
        tag_row(_("On this desk"), labels.STATES[fact.state]),
        tag_row(_("At the platform"), labels.PLATFORM_STATUSES[referral.platform_status]),
    ]
    return {"rows": rows, "classes": "govuk-summary-list--no-border"}


def happened(referral: ReferralInFull) -> str:
    """Say how the referral came to stand where it stands."""
    state = labels.STATES[referral.fact.state].text
    text = _("It is “%(state)s” since %(moment)s.") % {
        "state": state,
        "moment": times.moment(referral.state_since),
    }
    if not referral.decisions:
        return text
    last = referral.decisions[-1]
    decided = _("Last decision: %(decision)s, by %(name)s, on %(moment)s.") % {
        "decision": labels.DECISIONS[last.decision],
        "name": last.by,
        "moment": times.moment(last.at),
    }
    return f"{text} {decided}"

"""What stands at the head of every page about one referral: what it is, and how it stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenhand.queries.referral import ReferralInFull
from evenhand.rules.officers import Acting
from evenhand.rules.referrals import State
from evenhand.web import labels, times
from evenhand.web.components import Params, render
from evenhand.web.words import Words

SHOWN_IN_LISTS = 100
CONTROLS = re.compile("([\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069])")
"""Signs that nobody sees; those of direction turn the text after them round and can hide it."""


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
    if text is None:
        return row(name, _("Not shown: your role does not need it"))
    if not text:
        return row(name, _("Nothing was written"))
    return {"key": {"text": name}, "value": {"html": written(text)}}


def written(text: str) -> SafeString:
    """Show a person's own words with the lines they were written in, and nothing around them."""
    return SafeString(f'<span class="eh-words">{visible(text)}</span>')


def visible(text: str) -> SafeString:
    """Show a text with its invisible control characters as signs, so that none turns it round."""
    if not CONTROLS.search(text):
        return SafeString(escape(text))
    pieces = CONTROLS.split(text)
    drawn = (
        (format_html('<span class="eh-sign">{}</span>', _sign(it)) if at % 2 else it,)
        for at, it in enumerate(pieces)
    )
    return format_html_join("", "{}", drawn)


def _sign(character: str) -> str:
    return f"U+{ord(character):04X}"


def as_address(address: str) -> SafeString:
    """Show an address, broken anywhere on a narrow page, and never as a link."""
    return format_html('<span class="eh-address">{}</span>', address)


def link_row(name: Words, text: Words, to: str) -> Params:
    """Make a row whose value is a link to another page of this desk."""
    link = format_html('<a class="govuk-link" href="{}">{}</a>', to, text)
    return {"key": {"text": name}, "value": {"html": link}}


def tag_row(name: Words, tag: labels.Tag) -> Params:
    """Make a row whose value is a tag."""
    return {"key": {"text": name}, "value": {"html": render("tag", tag.params)}}


def standing(referral: ReferralInFull, beside: Iterable[Params] = ()) -> Params:
    """Say what the referral is about, its two states, and what the page has to say beside."""
    fact = referral.fact
    sent = fact.sent_at is not None
    rows = [
        row(_("Platform"), referral.platform_name),
        row(_("Harm"), labels.harm_name(referral.harm)),
        tag_row(_("On this desk"), labels.STATES[fact.state]),
        tag_row(_("At the platform"), labels.platform_tag(referral.platform_status, sent=sent)),
        *beside,
    ]
    return {"rows": rows, "classes": "govuk-summary-list--no-border"}


def happened(referral: ReferralInFull) -> str:
    """Say how the referral came to stand where it stands."""
    said = {
        "state": labels.STATES[referral.fact.state].text,
        "moment": times.moment(referral.state_since),
        "name": _who_moved(referral),
    }
    if said["name"]:
        text = _("It is “%(state)s” since %(moment)s, by %(name)s.") % said
    else:
        text = _("It is “%(state)s” since %(moment)s.") % said
    if not referral.decisions:
        return text
    last = referral.decisions[-1]
    decided = _("Last decision: %(decision)s, by %(name)s, on %(moment)s.") % {
        "decision": labels.DECISIONS[last.decision],
        "name": last.by,
        "moment": times.moment(last.at),
    }
    return f"{text} {decided}"


def _who_moved(referral: ReferralInFull) -> str:
    """Name whoever brought the referral to where it stands, if a person's step did."""
    if referral.fact.state is State.ASSESSING:
        return referral.owner.name
    steps = (
        *((it.by, it.at) for it in referral.moves),
        *((it.by, it.at) for it in referral.assessments),
        *((it.by, it.at) for it in referral.decisions),
        *((it.by or "", it.at) for it in referral.answers),
        *((it.by, it.at) for it in referral.checks),
    )
    return next((by for by, at in steps if at == referral.state_since), "")


def colleague_at_it(referral: ReferralInFull, acting: Acting) -> str:
    """Say that a colleague began to assess it, so that two do not do the same work unawares."""
    if referral.fact.state is not State.ASSESSING or referral.owner.ref == acting.officer.ref:
        return ""
    return _(
        "%(name)s began to assess this on %(moment)s. Speak to them before you go on: "
        "the assessment that is sent first is the one that counts."
    ) % {"name": referral.owner.name, "moment": times.moment(referral.state_since)}


def short_address(address: str) -> SafeString:
    """Show an address in a list: its beginning, and all of it to whoever points at it."""
    if len(address) <= SHOWN_IN_LISTS:
        return SafeString(f'<span class="eh-address">{escape(address)}</span>')
    begins = f"{address[:SHOWN_IN_LISTS]}…"
    return format_html('<span class="eh-address" title="{}">{}</span>', address, begins)

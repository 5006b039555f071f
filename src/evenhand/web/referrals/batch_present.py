"""A batch of addresses in words: what each is before it is logged, and what became of it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.queries.platforms import called
from evenhand.queries.referrals import ReferralLine
from evenhand.rules.content import Content, PrivatePlace
from evenhand.rules.referrals import State
from evenhand.web.addresses import of_referral
from evenhand.web.components import Params
from evenhand.web.drafting import NOT_ANSWERS
from evenhand.web.labels import Tag
from evenhand.web.referrals.batch_forms import OF_ROWS, Batch, BatchForm, Row
from evenhand.web.referrals.present import two_states
from evenhand.web.words import Said

MOST_ASIDE = 500
NOT_CARRIED = {*NOT_ANSWERS, "url", "left", "again", "change"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One address on the check page: what it is, and what is asked about it."""

    number: int
    address: str
    tag: Tag
    what: str
    refused: Said | None
    earlier: Params | None
    at: BoundField
    leave: BoundField
    whole: BoundField | None
    choice: BoundField | None
    reason: BoundField | None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one address."""

    number: int
    tag: Tag
    reference: str = ""
    what: str = ""
    address: str = ""


def check(
    data: QueryDict, batch: Batch, form: BatchForm, *, left_aside: Sequence[str] = ()
) -> dict[str, object]:
    """Show every address as a row; what is said of all of them goes along unseen."""
    ready = len(batch.rows) - len(batch.refused)
    log = ngettext("Log %(count)d address", "Log %(count)d addresses", ready)
    return {
        "form": form,
        "rows": [_shown(row, form) for row in batch.rows],
        "left": batch.left,
        "told": [*_told(batch), *_aside(left_aside)],
        "log": log % {"count": ready} if ready else "",
        "carried": [
            (name, value)
            for name, values in data.lists()
            for value in values
            if name not in NOT_CARRIED and not name.startswith(OF_ROWS)
        ],
    }


def kept_results(batch: Batch, logged: Mapping[int, str]) -> QueryDict:
    """Put down what became of each address. Of a private place not even the address is kept."""
    results = QueryDict(mutable=True)
    for row in batch.rows:
        refused = row.refused
        said = Said(refused) if refused else None
        result = {
            "number": row.number,
            "reference": logged.get(row.number, ""),
            "refused": f"{said.sentence} {said.do}" if said else "",
            "rule": said.rule if said else "",
            "address": "" if isinstance(refused, PrivatePlace) or not refused else row.address,
        }
        results.appendlist("result", json.dumps(result))
        if result["reference"]:
            results.appendlist("reference", str(result["reference"]))
    for number in batch.left:
        results.appendlist("result", json.dumps({"number": number, "reference": "", "refused": ""}))
    return results


def results(found: QueryDict, lines: Sequence[ReferralLine]) -> Mapping[str, object]:
    """Show what became of each address, in the order in which they were pasted."""
    of = {line.reference: line for line in lines}
    names = called({it.platform for it in lines})
    rows = [_result(json.loads(it), of, names) for it in found.getlist("result")]
    rows.sort(key=lambda it: it.number)
    logged = sum(bool(it.reference) for it in rows)
    title = ngettext("%(count)d referral logged", "%(count)d referrals logged", logged)
    references = [("reference", it) for it, line in of.items() if line.state is State.LOGGED]
    return {
        "title": title % {"count": logged},
        "not_logged": len(rows) - logged,
        "rows": rows,
        "to_triage": references[0][1] if references else "",
        "together": [reference for _name, reference in references],
    }


def _shown(row: Row, form: BatchForm) -> Shown:
    number, refused = row.number, row.refused
    return Shown(
        number=number,
        address=row.address,
        tag=_tag(row),
        what=_what(row.found, row.platform_name) if isinstance(row.found, Content) else "",
        refused=Said(refused) if refused else None,
        earlier={"rows": [_earlier(line) for line in row.earlier]} if row.earlier else None,
        at=form[f"address_{number}"],
        leave=form[f"leave_{number}"],
        whole=form[f"whole_{number}"] if row.is_account else None,
        choice=form[f"what_{number}"] if row.earlier else None,
        reason=form[f"reason_{number}"] if row.earlier else None,
    )


def _tag(row: Row) -> Tag:
    if row.refused:
        return Tag(_("Cannot be logged"), "red")
    if row.earlier:
        return Tag(_("The desk has it"), "yellow")
    if row.is_account:
        return Tag(_("A whole account"), "yellow")
    return Tag(_("Ready"), "green")


def _what(content: Content, name: str) -> str:
    return f"{name}: {content.content_id}" if content.content_id else name


def _told(batch: Batch) -> Iterator[str]:
    """Say how many addresses need a second look, and why."""
    refused, had, accounts = len(batch.refused), len(batch.asked), len(batch.accounts)
    if refused:
        yield ngettext(
            "%(count)d address cannot be logged as it is. Correct it, or leave it: it does not "
            "stop the others.",
            "%(count)d addresses cannot be logged as they are. Correct them, or leave them: they "
            "do not stop the others.",
            refused,
        ) % {"count": refused}
    if had:
        yield ngettext(
            "This desk has %(count)d of them already. Say what you want to do with it.",
            "This desk has %(count)d of them already. Say for each what you want to do.",
            had,
        ) % {"count": had}
    if accounts and len(batch.rows) > 1:
        yield ngettext(
            "%(count)d of them leads to a whole account, and not to one post. Say whether that is "
            "what you mean.",
            "%(count)d of them lead to a whole account, and not to one post. Say for each whether "
            "that is what you mean.",
            accounts,
        ) % {"count": accounts}


def _aside(others: Sequence[str]) -> Iterator[str]:
    """Show which words of a pasted message were taken for no address, as many as can be read."""
    if others:
        told = ngettext(
            "%(count)d word is no address and is left aside: %(words)s",
            "%(count)d words are no addresses and are left aside: %(words)s",
            len(others),
        )
        shown = " ".join(others)
        short = shown if len(shown) <= MOST_ASIDE else f"{shown[:MOST_ASIDE]} \u2026"
        yield told % {"count": len(others), "words": short}


def _earlier(line: ReferralLine) -> Params:
    link = format_html(
        '<a class="govuk-link" href="{}" target="_blank" rel="noopener">{}</a>',
        of_referral(line.reference),
        _("%(reference)s (opens in a new tab)") % {"reference": line.reference},
    )
    return {"key": {"html": link}, "value": {"html": two_states(line)}}


def _result(
    kept: Mapping[str, Any], of: Mapping[str, ReferralLine], names: Mapping[str, str]
) -> Result:
    number, line = kept["number"], of.get(kept["reference"])
    if line:
        is_duplicate = line.state is State.DUPLICATE
        tag = Tag(_("Duplicate"), "grey") if is_duplicate else Tag(_("Logged"), "green")
        return Result(number, tag, line.reference, names[line.platform])
    if kept["refused"]:
        told = _("%(sentence)s Rule %(rule)s.") % {
            "sentence": kept["refused"],
            "rule": kept["rule"],
        }
        return Result(number, Tag(_("Not logged"), "red"), "", told, kept["address"])
    return Result(number, Tag(_("Left out"), "grey"), "", _("You left it out."))

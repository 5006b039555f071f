"""Agreements and the closed kinds of recipients in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.queries.agreements import Kind, Version
from evenhand.rules.agreements import Terms
from evenhand.rules.people_roles import ROLE_WORDS
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.labels import Tag
from evenhand.web.sharing.words import FIELDS, KINDS, STANDS, TRANSFERS
from evenhand.web.sheets import row, tag_row, words_row


def more(name: str, place: str | None) -> Params | None:
    """Lead to the next page, which this place begins."""
    if place is None:
        return None
    return {"next": {"href": f"?{urlencode({name: place})}", "text": _("Next page")}}


def agreements(found: Sequence[Version], *, today: date) -> Params:
    """List agreements with how they stand."""
    items = [
        {
            "title": {"text": it.agreement.terms.organisation},
            "href": reverse("agreement", args=[it.agreement.reference]),
            "hint": {
                "text": _("%(reference)s, version %(number)d, until %(day)s")
                % {
                    "reference": it.agreement.reference,
                    "number": it.agreement.number,
                    "day": times.day(it.agreement.terms.review_on),
                }
            },
            "status": STANDS[it.stands(today)].status,
        }
        for it in found
    ]
    return {"idPrefix": "agreement", "items": items}


def version(found: Version, *, today: date) -> Mapping[str, object]:
    """Show one version of an agreement."""
    rows = [
        tag_row(_("Status"), STANDS[found.stands(today)]),
        *terms_rows(found.agreement.terms),
        row(_("Proposed by"), f"{found.proposed_by}, {times.moment(found.proposed_at)}"),
    ]
    if found.signed_at:
        rows.append(row(_("Signed by"), f"{found.signed_by}, {times.moment(found.signed_at)}"))
    if found.over_at:
        rows.append(row(_("Over since"), times.moment(found.over_at)))
    return {"number": found.agreement.number, "rows": {"rows": rows}}


def terms_rows(terms: Terms) -> list[Params]:
    """Show what an agreement says."""
    people = "\n".join(f"{it.name}, {it.email}" if it.email else it.name for it in terms.people)
    return [
        row(_("Organisation"), terms.organisation),
        row(_("Kind of body"), KINDS[terms.kind]),
        row(_("Country"), terms.country),
        row(_("A transfer abroad rests on"), TRANSFERS[terms.transfer]),
        words_row(_("People named"), people),
        words_row(_("Public key of age"), terms.lock or _("None: packages are printed")),
        words_row(_("Purpose"), terms.purpose),
        row(_("Enactment"), terms.enactment),
        words_row(_("What the recipient may do"), terms.guidance),
        row(_("May leave"), ", ".join(str(FIELDS[it]) for it in sorted(terms.fields))),
        row(_("About people who are"), ", ".join(_(ROLE_WORDS[it]) for it in sorted(terms.roles))),
        row(_("Days that a package may be kept"), str(terms.keep_days)),
        row(_("Working days to answer a recall"), str(terms.recall_days)),
        row(_("In date until"), times.day(terms.review_on)),
    ]


def kind(found: Kind, *, today: date) -> Mapping[str, object]:
    """Show a closed kind of recipient and the leave for it."""
    rows: list[Params] = []
    tag = Tag(_("Closed"), "grey")
    if found.expires_on:
        tag = Tag(_("Waiting for approval"), "yellow")
        if found.approved_by:
            over = found.expires_on < today
            tag = Tag(_("Closed again"), "grey") if over else Tag(_("Open"), "green")
        rows = [
            row(_("Enactment"), found.enactment),
            row(_("Until"), times.day(found.expires_on)),
            row(_("Asked for by"), found.asked_by),
            row(_("Approved by"), found.approved_by or _("Nobody yet")),
        ]
    return {
        "code": found.kind,
        "name": KINDS[found.kind],
        "tag": tag.params,
        "rows": {"rows": rows},
        "asked": found.expires_on is not None,
        "waits": found.expires_on is not None and not found.approved_by,
    }

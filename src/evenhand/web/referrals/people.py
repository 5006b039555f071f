"""That people are on record through a referral: their references and roles, and no name."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from evenhand.queries.referral import ReferralInFull
from evenhand.rules.officers import Officer
from evenhand.rules.people import may_open
from evenhand.rules.people_roles import ROLE_WORDS
from evenhand.web.components import Params
from evenhand.web.referrals.part import Part


def on_record(referral: ReferralInFull, officer: Officer) -> Sequence[Part]:
    """Say who is on record by reference, and as what. The record itself asks for a reason."""
    leads_there = may_open(officer, {referral.owner.ref})
    return [
        Part(
            title=_(ROLE_WORDS[it.role]),
            rows={"rows": [_row(it.reference, it.waits, leads_there=leads_there)]},
        )
        for it in referral.people
    ]


def _row(reference: str, waits: bool, *, leads_there: bool) -> Params:
    address = reverse("person", args=[reference])
    link = format_html('<a class="govuk-link" href="{}">{}</a>', address, reference)
    said = _("waits for a second officer") if waits else ""
    html = format_html("{} {}", link if leads_there else reference, said)
    return {"key": {"text": _("Record")}, "value": {"html": html}}

"""The record of processing activities in words, and as a file."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_safe

from evenhand.queries.platforms import called
from evenhand.queries.ropa import Ropa, ropa
from evenhand.rules.agreements import Transfer
from evenhand.rules.assurance import CLAIMS
from evenhand.rules.notices import ANY_OTHER_SITE
from evenhand.rules.parties import Party
from evenhand.rules.people_roles import ROLE_WORDS
from evenhand.rules.purposes import PURPOSE_WORDS
from evenhand.rules.register import BASES, KEPT, Keep
from evenhand.rules.register_words import CALLED
from evenhand.rules.ropa import Fault
from evenhand.web import times
from evenhand.web.acting import acting as acting_of
from evenhand.web.components import Params
from evenhand.web.public.documents import TITLES, condition_words, summary
from evenhand.web.sharing.words import KINDS, TRANSFERS
from evenhand.web.words import Words, translated

FAULTS: Mapping[Fault, Words] = {
    Fault.KEPT_TOO_LONG: later(
        "Records are kept past their last day, and no hold says why. Have them reviewed, or placed"
        " on hold for a reason."
    ),
    Fault.NO_POLICY: later("No appropriate policy document is in force."),
    Fault.NO_CONDITION: later(
        "The appropriate policy document in force states no condition of Schedule 8, as it was"
        " approved before it had to. Have a new version written and approved that states it."
    ),
    Fault.POLICY_OVERDUE: later("The review of the appropriate policy document is overdue."),
    Fault.NO_ASSESSMENT: later("No data protection impact assessment is in force."),
    Fault.NO_OFFICER: later("Nobody on this desk has the role of data protection officer."),
    Fault.REGISTERS_OVERDUE: later(
        "The register of joint controllers or of processors is not in force, or its review is"
        " overdue. If there is nobody, it says so."
    ),
    Fault.PARTY_LAPSED: later(
        "The arrangement with a joint controller, or the contract with a processor, is over."
    ),
}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the record of processing activities as it is now."""
    found = _found(request)
    shown = {
        "as_at": times.day(found.as_at),
        "faults": [FAULTS[it] for it in found.faults],
        "facts": summary(list(_facts(found))),
        "data": _data(found),
        "kept": list(_kept(found)),
    }
    return render(request, "evenhand/assurance/ropa.html", shown)


@require_safe
def file(request: HttpRequest) -> HttpResponse:
    """Give the same as JSON, with codes in place of words."""
    found = _found(request)
    text = json.dumps(asdict(found), default=_plain, indent=2, ensure_ascii=False)
    response = HttpResponse(text + "\n", content_type="application/json")
    name = f"processing-activities-{found.as_at}.json"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _found(request: HttpRequest) -> Ropa:
    acting = acting_of(request)
    return ropa(today=timezone.localdate(acting.at), officer=acting.officer)


def _plain(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else str(value)


def _facts(found: Ropa) -> Iterator[tuple[str, str]]:
    yield _("Controller"), f"{found.controller}, {found.contact}"
    yield _("Joint controllers"), _parties(found.joint_controllers) or _("None")
    yield _("Processors"), _parties(found.processors) or _("None")
    named = ", ".join(found.officers) or _("Nobody")
    yield _("Data protection officer"), f"{named}, {found.officers_contact}"
    yield _("Purposes"), "; ".join(translated(PURPOSE_WORDS[it]) for it in found.purposes)
    people = "; ".join(translated(ROLE_WORDS[it]) for it in found.people)
    yield _("People who may be on record"), people
    yield _("Platforms that may be written to"), _platforms(found) or _("None")
    yield _("Bodies that data may go to"), _recipients(found) or _("None")
    yield _("Transfers abroad under an agreement"), _abroad(found) or _("None")
    yield _("Transfers abroad in requests"), _requests_abroad(found) or _("None")
    yield _("Profiling"), _("None. A test of the programs keeps it so.")
    documents = (
        _("%(title)s, version %(number)d") % {"title": TITLES[it.kind], "number": it.number}
        for it in found.documents
    )
    yield _("Documents in force"), "; ".join(documents) or _("None")
    if found.bases:
        yield _("How section 35 is met"), "; ".join(map(translated, found.bases.values()))
        conditions = "; ".join(map(condition_words, found.conditions))
        yield _("Conditions of Schedule 8 relied on"), conditions or _("None stated")
    security = [_("Words are encrypted under a key of each record"), _("Each look is logged")]
    security += [translated(CLAIMS[it]) for it in found.security]
    yield _("Security"), "; ".join(security)


def _parties(parties: Sequence[Party]) -> str:
    return "; ".join(
        _("%(name)s (%(contact)s), until %(day)s")
        % {"name": it.name, "contact": it.contact, "day": times.day(it.until)}
        for it in parties
    )


def _recipients(found: Ropa) -> str:
    return "; ".join(f"{it.name} ({KINDS[it.kind]})" for it in found.recipients)


def _platforms(found: Ropa) -> str:
    names = {**called(found.platforms), ANY_OTHER_SITE: _("Any other site")}
    return ", ".join(sorted((names[it] for it in found.platforms), key=str.casefold))


def _requests_abroad(found: Ropa) -> str:
    """Say where the addresses of content go: an address can be personal data. A69."""
    if not found.request_countries:
        return ""
    return _(
        "The address of the content, to platforms in: %(countries)s. The data protection officer"
        " signed each off (DPA 2018 ss.73 to 77)."
    ) % {"countries": ", ".join(found.request_countries)}


def _abroad(found: Ropa) -> str:
    abroad = (it for it in found.recipients if it.transfer is not Transfer.AT_HOME)
    return "; ".join(f"{it.name}, {it.country}: {TRANSFERS[it.transfer]}" for it in abroad)


def _data(found: Ropa) -> Params:
    head = (_("Records"), _("Purpose"), _("Basis"), _("How long"))
    rows = [
        (CALLED[it.table], translated(it.purpose), translated(BASES[it.basis]), KEPT[Keep(it.keep)])
        for it in found.data
    ]
    return {
        "head": [{"text": text} for text in head],
        "rows": [[{"text": text} for text in row] for row in rows],
        "firstCellIsHeader": True,
    }


def _kept(found: Ropa) -> Iterator[str]:
    for it in found.kept:
        yield _(
            "%(schedule)s: %(late)d past their last day, %(held)d of them on hold for a reason"
        ) % {"schedule": it.schedule, "late": it.late, "held": it.held}

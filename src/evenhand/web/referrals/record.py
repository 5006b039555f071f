"""One referral in words: the sections of its page, each a list of questions and answers."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.queries import groups
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.answers import RESTRICTED, PlatformStatus, Seen
from evenhand.rules.content import leads_to_an_account
from evenhand.rules.notices import Delivery
from evenhand.rules.officers import Acting, Officer, Permission, may
from evenhand.rules.referrals import State
from evenhand.rules.triage import is_emergency
from evenhand.web import counted_labels, labels, times
from evenhand.web.addresses import of_referral
from evenhand.web.components import Params
from evenhand.web.due.sentences import next_step
from evenhand.web.held import who_holds
from evenhand.web.order_reviews.present import rows as of_the_order
from evenhand.web.referrals.first_look import about_the_look, open_emergency, signpost
from evenhand.web.referrals.happened import parts
from evenhand.web.referrals.languages import language_name
from evenhand.web.referrals.people import on_record
from evenhand.web.referrals.steps import next_steps
from evenhand.web.sheets import colleague_at_it, row, words_row


def shown(referral: ReferralInFull, acting: Acting) -> Mapping[str, Any]:
    """Give everything that the page of one referral shows."""
    fact = referral.fact
    unread = [it for it in referral.mails if it.read_at is None]
    read = [it for it in referral.mails if it.read_at is not None]
    sections = (
        (_("What was done for the life at risk"), parts(referral.first_look.emergencies)),
        (_("Who deals with it instead"), signpost(referral)),
        (_("Assessment"), parts(reversed(referral.assessments))),
        (_("Decisions of the second officer"), parts(referral.decisions)),
        (_("Mail from the platform, not yet read"), parts(unread)),
        (_("Messages to the platform"), parts(referral.notices)),
        (_("Answers of the platform"), parts(referral.answers)),
        (_("Mail from the platform, read"), parts(read)),
        (_("What people saw when looking again"), parts(referral.checks)),
        (_("Steps put off"), parts(referral.waiting.snoozes)),
        (_("Reasons given along the way"), parts(referral.moves)),
        (_("Handed over"), parts(referral.handovers)),
        (_("Notes to colleagues"), parts(referral.notes)),
        (_("People on record"), on_record(referral, acting.officer)),
    )
    return {
        "reference": fact.reference,
        "title": _("Referral %(reference)s") % {"reference": fact.reference},
        "desk": labels.STATES[fact.state],
        "desk_since": times.moment(referral.state_since),
        "platform": labels.platform_tag(referral.platform_status, sent=fact.sent_at is not None),
        "platform_name": referral.platform_name,
        "in_the_post": _in_the_post(referral),
        "next_step": next_step(referral, acting.at),
        "steps": next_steps(referral, acting),
        "ended": [*open_emergency(referral), *_ended(referral)],
        "statutory_left": _still_to_go(referral, acting.officer),
        "colleague": colleague_at_it(referral, acting),
        "hidden": {"rows": _hidden(referral)} if referral.description else None,
        "withheld": referral.description is None,
        "about": {"rows": [*_about(referral), *_beside(referral, acting)]},
        "removal": _removal(referral),
        "sections": [it for it in sections if it[1]],
        "older_steps": referral.older_steps,
    }


def _in_the_post(referral: ReferralInFull) -> str:
    """Say of a message on its way whether it waits for witnesses."""
    if not referral.fact.in_the_post:
        return ""
    waits = any(it.delivery is Delivery.QUEUED and it.proof for it in referral.notices)
    if waits and not is_emergency(referral.triage, recorded=bool(referral.first_look.emergencies)):
        return _(
            "A message to the platform waits until witnesses have cosigned the log, for at most"
            " ten minutes."
        )
    return _("A message to the platform is being sent now.")


def _about(referral: ReferralInFull) -> Iterator[Params]:
    yield row(_("Platform"), referral.platform_name)
    yield row(_("Harm"), labels.harm_name(referral.harm))
    yield row(_("Kind of content"), labels.CONTENT_TYPES[referral.content_type])
    if referral.address and leads_to_an_account(referral.address):
        yield row(_("What is meant"), _("The whole account, and not one post on it"))
    yield row(_("Language"), language_name(referral.language))
    yield row(_("How the desk came to know of it"), counted_labels.SOURCES[referral.source])
    if referral.source_detail:
        yield words_row(_("More about the source"), referral.source_detail)
    yield row(_("Seen"), _by_at(referral.logged_by, referral.observed_at))
    yield row(_("Logged"), _by_at(referral.logged_by, referral.logged_at))
    yield from about_the_look(referral)
    yield row(_("Whose work it is"), referral.owner.name)
    if referral.approved_by and referral.approved_at:
        yield row(_("Approved"), _by_at(referral.approved_by, referral.approved_at))
    yield from of_the_order(referral.order)
    if referral.challenged:
        said = _("Somebody challenges it. Nobody closes it until that is settled.")
        yield row(_("Challenge"), said)
    if referral.last_message_at:
        yield row(_("Last message to the platform"), times.moment(referral.last_message_at))
        yield row(_("Reminders sent"), str(referral.chases))
    yield from _elsewhere(referral)
    if referral.closed_at:
        yield row(_("Closed"), _closed(referral, referral.closed_at))


def _elsewhere(referral: ReferralInFull) -> Iterator[Params]:
    """Lead to what is kept beside the referral: others of the same content, and captures."""
    if referral.duplicate_of:
        yield _links(_("Duplicate of"), [referral.duplicate_of])
    if referral.same_content:
        yield _links(_("Other referrals of the same content"), referral.same_content)
    if referral.captures:
        yield _captures(referral)


def _closed(referral: ReferralInFull, at: datetime) -> str:
    """Say when and by whom it was closed."""
    by = next((it.by for it in referral.moves if it.move == "closed" and it.at == at), "")
    return _by_at(by, at) if by else times.moment(at)


def _beside(referral: ReferralInFull, acting: Acting) -> Iterator[Params]:
    yield from _together(referral, acting)
    if referral.exported:
        yield from who_holds(referral.fact.reference, acting.officer)


def _together(referral: ReferralInFull, acting: Acting) -> Iterator[Params]:
    """Say with which others it was assessed. Each of them is decided by itself."""
    group = referral.assessments[-1].in_group if referral.assessments else None
    if group is None:
        return
    references = groups.together(group, officer=acting.officer)
    others = [it for it in references if it != referral.fact.reference]
    if others:
        yield _links(
            _("Assessed in a group of %(count)d, with") % {"count": len(references)}, others
        )


def _hidden(referral: ReferralInFull) -> list[Params]:
    """Give what may distress: shown only when asked for, the address never as a link."""
    rows = [
        {
            "key": {"text": _("Address")},
            "value": {"text": referral.address or _("Destroyed"), "classes": "eh-address"},
        },
        words_row(_("What it shows or says"), referral.description),
    ]
    if referral.canonical_url and referral.canonical_url != referral.address:
        shortest = {"text": referral.canonical_url, "classes": "eh-address"}
        rows.insert(1, {"key": {"text": _("Its one spelling")}, "value": shortest})
    return rows


def _ended(referral: ReferralInFull) -> list[str]:
    """Say what is special about a referral whose words were destroyed."""
    if referral.fact.state is not State.STATUTORY_ROUTE:
        return []
    reported = labels.REPORTED_TO[referral.reported_to] if referral.reported_to else ""
    lines = [
        _("This went by the statutory route. Its address and every word about it were destroyed."),
        _("Reported to: %(whom)s") % {"whom": reported},
    ]
    if referral.reported_reference:
        lines.append(_("Their reference: %(given)s") % {"given": referral.reported_reference})
    return lines


def _still_to_go(referral: ReferralInFull, officer: Officer) -> Sequence[tuple[str, str]]:
    """Lead to what is to go by the statutory route, as one of the same content did."""
    page = "statutory_route" if may(officer, Permission.STATUTORY_ROUTE) else "referral"
    return [(it, of_referral(it, page)) for it in referral.statutory_left]


def _removal(referral: ReferralInFull) -> str:
    """Say plainly whether this counts as a removal, and why."""
    if referral.is_removal:
        return _("Counted as a removal: the platform restricted it, and a person saw it gone.")
    if referral.fact.sent_at is None:
        return ""
    if referral.fact.state is State.WITHDRAWN:
        return _("Not counted as a removal: the desk withdrew it.")
    return _why_no_removal(referral)


def _why_no_removal(referral: ReferralInFull) -> str:
    if referral.platform_status is PlatformStatus.REINSTATED:
        return _("Not counted as a removal: the platform put it back.")
    if referral.platform_status not in RESTRICTED:
        return _("Not counted as a removal: the platform has not said that it restricted it.")
    if referral.checks and referral.checks[-1].seen is not Seen.NOT_VISIBLE:
        return _("Not counted as a removal: a person looked again and it was still reachable.")
    return _("Not counted as a removal: nobody has looked again since the platform’s answer.")


def _links(name: str, references: Sequence[str]) -> Params:
    links = ((of_referral(it), it) for it in references)
    joined = format_html_join(", ", '<a class="govuk-link" href="{}">{}</a>', links)
    return {"key": {"text": name}, "value": {"html": joined}}


def _captures(referral: ReferralInFull) -> Params:
    """Lead to the captures. None of them is shown there either, until somebody asks."""
    address, count = of_referral(referral.fact.reference, "captures"), referral.captures
    said = ngettext("%(count)d file", "%(count)d files", count) % {"count": count}
    html = format_html('<a class="govuk-link" href="{}">{}</a>', address, said)
    return {"key": {"text": _("Captures")}, "value": {"html": html}}


def _by_at(name: str, at: datetime) -> str:
    return _("%(moment)s, by %(name)s") % {"moment": times.moment(at), "name": name}

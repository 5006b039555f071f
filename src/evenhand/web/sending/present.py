"""The words of sending: what goes out, to whom, and why it cannot go yet."""

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from evenhand.queries.notice_forms import InForm
from evenhand.queries.notices import Preview
from evenhand.queries.referral import ReferralInFull
from evenhand.rules.clocks import chase_due_at
from evenhand.rules.notice_forms import ChosenForm, NoticeForm
from evenhand.rules.notices import NoChaseYet, NoticeKind, NotSignedOff, Transport
from evenhand.rules.referrals import State
from evenhand.rules.refusals import Refused
from evenhand.rules.sheets import FilledField
from evenhand.web import labels, times
from evenhand.web.components import Params
from evenhand.web.guidance import about_page
from evenhand.web.sheets import Sheet, row, standing, tag_row, visible
from evenhand.web.words import Said

SEND = Sheet(
    title=later("Send to the platform"),
    button=later("Send"),
    lines=(
        later("This is exactly what the platform gets. It asks, and the platform decides."),
        later("Check that it names nobody: the officer’s words about the evidence are in it."),
    ),
)
ORDER = Sheet(
    title=SEND.title,
    button=SEND.button,
    lines=(
        later(
            "This is exactly what the platform gets. It orders, and the time runs from when they"
            " get it."
        ),
        later("Check that it names nobody: the officer’s words about the evidence are in it."),
    ),
)
PROOF = later(
    "Goes with it, with a sentence that says so, once witnesses have cosigned the log: at most ten"
    " minutes from now. If they have not by then, or a life is at risk, the message goes out, says"
    " that it is not witnessed yet, and the proof follows."
)
CHASE = Sheet(
    title=later("Remind the platform"),
    button=later("Send the reminder"),
    lines=(later("This is exactly what the platform gets."),),
)
WITHDRAWAL = Sheet(
    title=later("Tell the platform that it is withdrawn"),
    button=later("Tell the platform"),
    lines=(
        later("This is exactly what the platform gets. It asks to put back what was restricted."),
    ),
)
KINDS: Mapping[NoticeKind, Sheet] = {
    NoticeKind.REFERRAL: SEND,
    NoticeKind.CHASE: CHASE,
    NoticeKind.WITHDRAWAL: WITHDRAWAL,
}
QUESTIONS: Mapping[NoticeKind, str] = {
    NoticeKind.REFERRAL: "send.notice",
    NoticeKind.CHASE: "send.reminder",
    NoticeKind.WITHDRAWAL: "send.withdrawal",
}
BY_FORM: Mapping[NoticeKind, str] = {
    NoticeKind.REFERRAL: "send_by_form",
    NoticeKind.CHASE: "chase_by_form",
    NoticeKind.WITHDRAWAL: "tell_withdrawal_by_form",
}


def shown(
    kind: NoticeKind, referral: ReferralInFull, preview: Preview, not_yet: Refused | None
) -> Mapping[str, object]:
    """Show the message and its way; where it cannot go yet, why."""
    sheet = KINDS[kind]
    return {
        "sheet": sheet,
        "help": help_with(kind, sheet),
        "standing": standing(referral),
        "way": {"rows": _way(preview, overdue=isinstance(not_yet, NotSignedOff))},
        "subject": preview.written.message.subject,
        "body": visible(preview.written.message.body),
        "by_form_at": _by_form_at(kind, referral, preview),
        "not_yet": Said(not_yet) if not_yet else None,
        "when": may_chase_from(referral) if isinstance(not_yet, NoChaseYet) else "",
    }


def in_form(chosen: ChosenForm, preview: Preview) -> Mapping[str, object]:
    """Name the form of the notice, and show the files that go with it."""
    kind = chosen.report_kind
    about = [_("About: %(what)s") % {"what": labels.REPORT_KINDS[kind]}] if kind else []
    warned = [labels.NOT_IN_FORCE] if chosen.form is NoticeForm.WEAPONS else []
    ordering = {"sheet": ORDER, "help": about_page("send.order", SEND.title)} if warned else {}
    return {
        **ordering,
        "form_name": labels.NOTICE_FORMS[chosen.form],
        "form_about": about,
        "form_warnings": warned,
        "files": [
            (it.name or it.kind, visible(it.data.decode())) for it in preview.written.enclosed
        ],
    }


def side_by_side(
    referral: ReferralInFull, found: Sequence[InForm], *, may_send: bool
) -> Mapping[str, object]:
    """Show a notice in every form: its text, what it leaves out, and whether it may be sent."""
    sendable = may_send and referral.fact.state in {State.APPROVED, State.UNDELIVERABLE}
    return {
        "reference": referral.fact.reference,
        "standing": standing(referral),
        "forms": [_side(it, sendable=sendable) for it in found],
    }


def _side(found: InForm, *, sendable: bool) -> Mapping[str, object]:
    form = found.form
    return {
        "name": labels.NOTICE_FORMS[form] if form else labels.TRANSPORTS[Transport.PORTAL],
        "code": form or "",
        "refused": Said(found.refused) if found.refused else None,
        "warning": labels.NOT_IN_FORCE if form is NoticeForm.WEAPONS else "",
        "left_out": [labels.TOLD[it] for it in found.left_out],
        "too_long": [warning(it) for it in found.too_long],
        "text": visible(found.text),
        "files": [
            (it.name or it.kind, visible(it.data.decode()))
            for it in (found.rendering.enclosed if found.rendering else ())
        ],
        "kinds": [(it, labels.REPORT_KINDS[it]) for it in found.kinds],
        "only_if": found.only_if,
        "is_sendable": sendable and found.refused is None,
    }


def warning(field: FilledField) -> str:
    """Say by how much a text is too long for its field; empty where it fits."""
    if not field.too_long_by:
        return ""
    told = {
        "label": field.label,
        "longest": f"{field.longest:,}",
        "count": f"{field.too_long_by:,}",
    }
    sentence = ngettext(
        "“%(label)s” takes %(longest)s characters; the text is %(count)s too long.",
        "“%(label)s” takes %(longest)s characters; the text is %(count)s too long.",
        field.too_long_by,
    )
    return sentence % told


def help_with(kind: NoticeKind, sheet: Sheet) -> str:
    """Draw the guidance about sending a message of this kind."""
    return about_page(QUESTIONS[kind], sheet.title)


def _by_form_at(kind: NoticeKind, referral: ReferralInFull, preview: Preview) -> str:
    """Lead to the sheet where the platform's form was signed off as well."""
    if not preview.form_signed_off:
        return ""
    return reverse(BY_FORM[kind], args=[referral.fact.reference])


def may_chase_from(referral: ReferralInFull) -> str:
    """Say from when the platform may be reminded."""
    due = chase_due_at(referral.standing, referral.times)
    return _("You can remind the platform from %(day)s.") % {"day": times.local_day(due)}


def _way(preview: Preview, *, overdue: bool) -> Sequence[Params]:
    sign_off = preview.sign_off
    if sign_off is None:
        return [tag_row(_("Sign-off"), labels.Tag(_("Not signed off"), "red"))]
    tag = labels.Tag(_("Overdue"), "orange") if overdue else labels.Tag(_("In force"), "green")
    rows = [
        row(_("To"), preview.recipient),
        row(_("By"), labels.TRANSPORTS[sign_off.transport]),
        tag_row(_("Sign-off"), tag),
        row(_("Signed off until"), times.day(sign_off.review_on)),
    ]
    if preview.is_witnessed and sign_off.transport is Transport.EMAIL:
        rows.append(row(_("Proof that it is in the log"), PROOF))
    return rows

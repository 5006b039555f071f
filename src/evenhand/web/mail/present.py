"""Mail that came in, in words: lists of it, one message, and what can be done with it."""

from collections.abc import Iterator, Mapping
from typing import Any, assert_never

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenhand.queries import mail as mails
from evenhand.queries.mail import MailboxState, MailInFull, MailList
from evenhand.rules.mail import Hint, MailKind, MailStanding, MayAnswer
from evenhand.rules.mail_reading import MailPart
from evenhand.rules.officers import Acting, Officer, Permission, may
from evenhand.web import labels, times
from evenhand.web.addresses import of_referral
from evenhand.web.components import Params
from evenhand.web.sheets import link_row, row, tag_row, visible, words_row


def mailbox(state: MailboxState | None) -> str:
    """Say when the mailbox was read last, or what is wrong with it."""
    if state is None:
        return _("This desk has no mailbox of its own yet, or has not read it.")
    read = {"moment": times.moment(state.read_at)}
    if not state.failure:
        return _("The mailbox was read last on %(moment)s.") % read
    fault = labels.MAILBOX_FAULTS.get(state.failure, state.failure)
    return _(
        "The mailbox cannot be read: %(fault)s. It was read last on %(moment)s, and is tried"
        " again every minute. Nothing in it is lost."
    ) % {"fault": fault, **read}


def mailbox_fault(now: Acting) -> str:
    """Say what is wrong with the mailbox, to whoever is told of that; empty where nothing is."""
    fault = mails.mailbox_fault(officer=now.officer)
    return mailbox(fault) if fault else ""


def listed(found: MailList) -> Params | None:
    """Show messages in a list, or nothing where there are none."""
    if not found.items:
        return None
    items = [
        {
            "title": {"html": visible(it.mail.subject or _("No subject"))},
            "href": reverse("mail_message", args=[it.mail.id]),
            "hint": {
                "html": format_html(
                    "{} · {} · {}",
                    visible(it.mail.sender or _("No sender")),
                    times.moment(it.mail.at),
                    _("kept until %(day)s") % {"day": times.day(it.last_day)}
                    if it.last_day
                    else "",
                )
            },
            "status": labels.Tag(labels.MAIL_KINDS[it.mail.kind], "grey").status,
        }
        for it in found.items
    ]
    return {"idPrefix": "mail", "items": items}


def letter(found: MailInFull) -> Mapping[str, Any]:
    """Show one message: its headers, its text, and the files that came with it."""
    read = found.read
    return {
        "id": found.mail.id,
        "title": visible(read.subject or _("No subject")),
        "about": {"rows": list(_about(found))},
        "text": visible(read.text),
        "is_cut": read.is_cut,
        "is_read": read.is_read,
        "whole": found.mail.whole,
        "files": [_file(found, it) for it in read.parts],
    }


def what_next(found: MailInFull, officer: Officer) -> Mapping[str, object]:
    """Say what an officer can do with a message, by where it stands."""
    is_attached = found.standing is MailStanding.ATTACHED
    unread = is_attached and found.mail.read_at is None
    came_back = is_attached and found.mail.kind is MailKind.BOUNCE
    answer = of_referral(found.reference, "answer") if found.reference else ""
    return {
        "reference": found.reference,
        "hints": [_hint(it, officer) for it in found.hints],
        "waits": found.standing is MailStanding.WAITING,
        "is_aside": found.standing is MailStanding.SET_ASIDE,
        "unread": unread,
        "came_back": came_back,
        "answer": f"{answer}?mail={found.mail.id}" if is_attached and not came_back else "",
    }


def _hint(hint: Hint, officer: Officer) -> Mapping[str, str]:
    """Say what a message may answer, and where that is, to whoever may go there."""
    said = {"reference": hint.reference}
    match hint.may_answer:
        case MayAnswer.RECALL:
            text = _(
                "It names package %(reference)s, which this desk recalled. Tell a sharing officer,"
                " who records that the recall was acknowledged, and set the message aside."
            )
            may_go = hint.recall and may(officer, Permission.READ_DISCLOSURES)
            href = reverse("recall", args=[hint.recall]) if may_go else ""
        case MayAnswer.NOTE:
            text = _(
                "A colleague answers the mail that told them of a note on referral %(reference)s."
                " Ask them to write a note instead, and set the message aside."
            )
            href = reverse("notes", args=[hint.reference])
        case MayAnswer.REFERRAL:
            text = _("It names referral %(reference)s.")
            href = of_referral(hint.reference)
        case MayAnswer.FOR_INFORMATION:
            text = _(
                "It names request for information %(reference)s. Tell a rights officer, who enters"
                " what happened, and set the message aside."
            )
            href = ""  # Nobody reads both mail and requests.
        case MayAnswer.ABOUT_DATA:
            text = _(
                "It names request %(reference)s about somebody’s own data. Tell a rights officer,"
                " who enters what happened, and set the message aside."
            )
            href = ""
        case _:
            assert_never(hint.may_answer)
    return {"text": text % said, "href": href, "reference": hint.reference}


def _about(found: MailInFull) -> Iterator[Params]:
    mail, read = found.mail, found.read
    yield words_row(_("From"), read.sender)
    yield words_row(_("To"), ", ".join(read.recipients))
    yield words_row(_("Date it gives itself"), read.date)
    yield row(_("Came in"), times.moment(mail.at))
    yield tag_row(_("Kind"), labels.Tag(labels.MAIL_KINDS[mail.kind], "grey"))
    if mail.status:
        yield row(_("What the mail server reports"), mail.status)
    if found.reference:
        yield link_row(_("Referral"), found.reference, of_referral(found.reference))
    if mail.reason and mail.by:
        yield words_row(_("Reason, by %(name)s") % {"name": mail.by}, mail.reason)
    if mail.read_by and mail.read_at:
        said = {"name": mail.read_by, "moment": times.moment(mail.read_at)}
        yield row(_("Read"), _("by %(name)s on %(moment)s") % said)
    if found.last_day:
        yield row(_("Kept until"), times.day(found.last_day))
    yield row(_("Size"), filesizeformat(mail.size))
    digest = {"text": mail.sha256, "classes": "eh-address"}
    yield {"key": {"text": _("SHA-256 of what is kept")}, "value": digest}


def _file(found: MailInFull, part: MailPart) -> Mapping[str, SafeString | str]:
    return {
        "name": visible(part.name or _("File %(number)d") % {"number": part.number}),
        "kind": visible(part.content_type),
        "size": filesizeformat(part.size),
        "sha256": part.sha256,
        "href": reverse("mail_file", args=[found.mail.id, part.number]),
    }

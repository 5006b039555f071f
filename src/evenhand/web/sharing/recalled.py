"""Recalls in words: what each waits for, and its notice."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.queries.recalls import Line
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.labels import Tag
from evenhand.web.sharing.words import WHYS
from evenhand.web.sheets import row, tag_row, written


def tasks(found: Sequence[Line], *, now: datetime) -> Params:
    """List open recalls, each with what it waits for."""
    items = [
        {
            "title": {"text": it.fact.package},
            "href": reverse("recall", args=[it.ref]),
            "hint": {"text": f"{WHYS[it.fact.why]} · {it.recipient}, {it.organisation}"},
            "status": _recall_tag(it, now).status,
        }
        for it in found
    ]
    return {"idPrefix": "recall", "items": items}


def _recall_tag(line: Line, now: datetime) -> Tag:
    if not line.fact.is_open:
        over = Tag(_("Ended"), "grey")
        return over if line.fact.ended_at else Tag(_("Acknowledged"), "green")
    if line.failure:
        return Tag(_("Could not be sent"), "red")
    if line.fact.in_the_post:
        return Tag(_("On its way"), "blue")
    if now > line.next_due_at:
        return Tag(_("Overdue"), "red")
    if line.fact.sent_at is None:
        return Tag(_("To print"), "orange")
    return Tag(_("Waiting for the recipient"), "yellow")


def notice(line: Line, *, now: datetime) -> Mapping[str, object]:
    """Show one recall: how it stands, and the words of its notice."""
    rows = [
        tag_row(_("Status"), _recall_tag(line, now)),
        row(_("Why"), WHYS[line.fact.why]),
        row(_("For"), f"{line.recipient}, {line.organisation}"),
        row(_("To be sent by"), times.moment(line.fact.due_at)),
    ]
    if line.fact.sent_at:
        rows.append(row(_("Sent"), times.moment(line.fact.sent_at)))
    if line.fact.sent_at and line.fact.is_open:
        rows.append(row(_("To be answered by"), times.moment(line.next_due_at)))
    if line.reminders:
        rows.append(row(_("Reminders"), str(line.reminders)))
    if line.failure:
        rows.append(row(_("The mail server said"), line.failure))
    return {
        "package": line.fact.package,
        "recall": line.ref,
        "about": {"rows": rows},
        "email": line.email,
        "sent": line.fact.sent_at is not None,
        "subject": line.message.subject,
        "body": written(line.message.body),
    }

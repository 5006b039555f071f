"""What is held back by law after a reply: on the first page, in the desk, and at a request."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, assert_never

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.queries.rights_reviews import ReviewDue, Waits
from evenhand.queries.rights_shown import HeldBack, RightsInFull
from evenhand.rules.officers import Officer, Permission, may
from evenhand.rules.rights import ENDED, RightsStanding
from evenhand.rules.rights_pack import SECTIONS
from evenhand.rules.rights_replies import LetterKind, LetterStanding
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.labels import Tag
from evenhand.web.rights import words
from evenhand.web.sheets import row, tag_row

WAITING = (LetterStanding.PROPOSED, LetterStanding.APPROVED)


def due(found: Sequence[ReviewDue], *, today: date) -> Params | None:
    """List the requests of which something held back waits, without a name."""
    items = [_item(it, today) for it in found]
    return {"idPrefix": "reviews", "items": items} if items else None


def at_request(found: RightsInFull, officer: Officer) -> Mapping[str, Any]:
    """Show what of one request is held back by law, and what this officer may do with it."""
    line = found.line
    written = any(it.kind is LetterKind.FURTHER and it.standing in WAITING for it in found.letters)
    owes = line.standing is RightsStanding.LIFTED and not written
    ended = line.standing in ENDED
    return {
        "held_back": [_held_back(it, line.reference, officer) for it in found.held_back]
        if ended
        else [],
        "may_give": owes and may(officer, Permission.HANDLE_RIGHTS),
    }


def _item(it: ReviewDue, today: date) -> Params:
    tag = words.OVERDUE if it.is_overdue(today) else words.WAITING[it.waits]
    return {
        "title": {"text": it.reference},
        "href": reverse("rights_request", args=[it.reference]),
        "hint": {"text": _why(it)},
        "status": tag.status,
    }


def _why(it: ReviewDue) -> str:
    said = {"count": it.pieces, "day": times.day(it.since)}
    return _waiting(it.waits, it.pieces) % said


def _waiting(why: Waits, count: int) -> str:
    match why:
        case Waits.REVIEW:
            return ngettext(
                "%(count)d piece is held back; it was to be reviewed on %(day)s",
                "%(count)d pieces are held back; the first was to be reviewed on %(day)s",
                count,
            )
        case Waits.SECOND:
            return ngettext(
                "%(count)d review waits for a second officer since %(day)s",
                "%(count)d reviews wait for a second officer, the first since %(day)s",
                count,
            )
        case Waits.LETTER:
            return ngettext(
                "%(count)d piece is not held back any more since %(day)s, and not given yet",
                "%(count)d pieces are not held back any more, the first since %(day)s, and not"
                " given yet",
                count,
            )
        case _:
            assert_never(why)


def _held_back(it: HeldBack, asked: str, officer: Officer) -> Mapping[str, Any]:
    table, _slash, ref = it.piece.partition("/")
    place, waits = [asked, it.person, table, ref], it.proposed_by is not None
    rows = [
        tag_row(it.person, _tag(it)),
        row(_("Piece"), SECTIONS[table]),
        row(_("Held back"), words.WITHHELD[it.withheld]),
    ]
    if it.review_on and not it.is_lifted:
        rows.append(row(_("Looked at again"), times.day(it.review_on)))
    may_look = not waits and not it.is_lifted and may(officer, Permission.HANDLE_RIGHTS)
    may_confirm = (
        waits and it.proposed_by != officer.ref and may(officer, Permission.APPROVE_RIGHTS)
    )
    return {
        "piece": SECTIONS[table],
        "rows": {"rows": rows},
        "review": reverse("rights_review", args=place) if may_look else "",
        "confirm": reverse("rights_confirm_review", args=place) if may_confirm else "",
    }


def _tag(it: HeldBack) -> Tag:
    if it.is_told:
        return words.GIVEN
    if it.is_lifted:
        return words.WAITING[Waits.LETTER]
    return words.WAITING[Waits.SECOND] if it.proposed_by else words.HELD_BACK

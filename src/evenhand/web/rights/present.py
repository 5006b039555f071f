"""Requests about people's own data in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.queries.rights_shown import (
    ChallengeDue,
    EventShown,
    FoundShown,
    LetterShown,
    RightsInFull,
    RightsLine,
    SearchShown,
)
from evenhand.rules.officers import Officer, Permission, may
from evenhand.rules.people import PersonStanding
from evenhand.rules.people_roles import ROLE_WORDS
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.rights import RightsStanding
from evenhand.rules.rights_replies import LetterKind, LetterStanding
from evenhand.web import labels, times
from evenhand.web.challenges.present import OVERDUE as CHALLENGE_OVERDUE
from evenhand.web.challenges.present import STANDINGS as CHALLENGES
from evenhand.web.components import Params
from evenhand.web.rights import held_back, words
from evenhand.web.sheets import row, tag_row, words_row
from evenhand.web.words import as_day, translated
from evenhand.web.written_in import LANGUAGES


def listed(found: Sequence[RightsLine], name: str, *, today: date) -> Params | None:
    """List requests by clock, without a name."""
    items = [_item(it, today) for it in found]
    return {"idPrefix": f"request-{name}", "items": items} if items else None


def _item(line: RightsLine, today: date) -> Params:
    return {
        "title": {"text": f"{words.KINDS[line.kind]}, {line.reference}"},
        "href": reverse("rights_request", args=[line.reference]),
        "hint": {"text": _when(line)},
        "status": tag(line, today=today).status,
    }


def _when(line: RightsLine) -> str:
    if line.replied_at:
        outcome = words.outcome_of(line.kind, line.outcome) if line.outcome else ""
        return _("%(outcome)s, on %(day)s") % {
            "outcome": outcome,
            "day": times.local_day(line.replied_at),
        }
    if line.withdrawn_at:
        return _("withdrawn on %(day)s") % {"day": times.local_day(line.withdrawn_at)}
    said = {"came": times.day(line.received_on)}
    if line.due.waits_for:
        return _("came on %(came)s; the time to answer stands still") % said
    if line.acknowledge_on:
        said["day"] = times.day(line.acknowledge_on)
        return _("came on %(came)s, to be acknowledged by %(day)s") % said
    said["day"] = times.day(line.next_on)
    return _("came on %(came)s, to be answered by %(day)s") % said


def tag(line: RightsLine, *, today: date) -> labels.Tag:
    """Say how a request stands."""
    is_open = line.standing is RightsStanding.OPEN
    if is_open and line.is_overdue(today):
        return words.OVERDUE
    if is_open and line.waits_to_be_approved:
        return words.APPROVE
    if line.is_to_be_sent(today):
        return words.TO_SEND
    if is_open:
        return words.WAITS if line.due.waits_for else words.OPEN
    return words.NOT_OPEN[line.standing]


def challenges(found: Sequence[ChallengeDue], *, today: date) -> Params | None:
    """Say that challenges wait, since when and until when, and nothing of the case."""
    rows = []
    for it in found:
        said = {"came": times.day(it.came_on), "day": times.day(it.due_on)}
        late = it.due_on < today
        shown = CHALLENGE_OVERDUE if late else CHALLENGES[it.standing]
        name = _("Came on %(came)s, to be settled by %(day)s") % said
        rows.append(tag_row(name, shown))
    return {"rows": rows} if rows else None


def counts(found: Mapping[tuple[RightsKind, str], int]) -> Params:
    """Say how many requests came, and how many were answered in time and late."""
    rows = []
    for kind in RightsKind:
        numbers = {
            it: found.get((kind, it), 0) for it in ("received", "in_time", "late", "withdrawn")
        }
        text = _(
            "Came: %(received)d. Answered in time: %(in_time)d, late: %(late)d."
            " Withdrawn: %(withdrawn)d."
        )
        text %= numbers
        rows.append(row(words.KINDS[kind], text))
    return {"rows": rows}


def one(found: RightsInFull, officer: Officer, *, today: date) -> Mapping[str, Any]:
    """Show one request, and what this officer may do with it."""
    line = found.line
    handles = may(officer, Permission.HANDLE_RIGHTS)
    is_open = line.standing is RightsStanding.OPEN
    waits = found.reply is not None
    is_complaint = line.kind is RightsKind.COMPLAINT
    return {
        "asked": line.reference,
        "tag": tag(line, today=today).params,
        "about": {"rows": list(_about(found))},
        "clock": {"rows": list(_clock(line))},
        "events": [_event(it) for it in found.events],
        "searches": [_search(it) for it in found.searches],
        "without_birth_date": found.without_birth_date,
        "found": [_found(it, line.reference, may_say=handles and is_open) for it in found.found],
        "letters": [_letter(it, line.reference) for it in found.letters],
        "may_act": handles and is_open and not waits,
        "may_search": handles and is_open and not waits and not is_complaint,
        "may_move": handles and is_open and not waits and not is_complaint,
        "may_acknowledge": handles and is_open and is_complaint and not found.letters,
        "is_complaint": is_complaint,
        **held_back.at_request(found, officer),
        "to_do": _to_do(line.kind) if is_open else "",
    }


def _to_do(kind: RightsKind) -> str:
    """Say what has to be done on the record before the reply can say that it was."""
    match kind:
        case RightsKind.RECTIFICATION:
            return _(
                "Say on the record what may be wrong. An approver puts it right; then the reply can"
                " say so. Everybody who was given it is told."
            )
        case RightsKind.RESTRICTION:
            return _(
                "Restrict the record; then the reply can say so. Whoever was given it is told."
            )
        case RightsKind.ERASURE:
            return _(
                "Once the reply that grants it has left, the record is due to be disposed of. What"
                " is held as evidence is restricted, not erased."
            )
        case _:
            return ""


def _about(found: RightsInFull) -> Iterator[Params]:
    line = found.line
    yield row(_("Asks for"), words.KINDS[line.kind])
    yield row(_("Name"), found.name)
    if found.birth_date:
        yield row(_("Birth date"), times.day(found.birth_date))
    yield words_row(_("What they write"), found.wish)
    yield row(_("Came"), f"{words.CAME_BY[line.came_by]}, {times.day(line.received_on)}")
    yield row(_("Written to in"), LANGUAGES[found.language])
    if found.logged_by:
        yield row(_("Logged by"), found.logged_by)
    if line.outcome and line.replied_at:
        yield row(_("Answered"), times.moment(line.replied_at))
        yield row(_("Outcome"), words.outcome_of(line.kind, line.outcome))
    if line.withdrawn_at:
        yield words_row(_("How they withdrew it"), found.told)
    if line.unreached_at:
        said = {"moment": times.moment(line.unreached_at), "name": found.unreached_by}
        yield row(_("Cannot be reached"), _("%(moment)s, entered by %(name)s") % said)
        yield words_row(_("What was tried"), found.tried)


def _clock(line: RightsLine) -> Iterator[Params]:
    if line.withdrawn_at:
        yield row(_("Withdrawn, and ended"), times.moment(line.withdrawn_at))
        return
    if line.acknowledge_on:
        yield row(_("Acknowledge by"), times.day(line.acknowledge_on))
    if line.due.waits_for:
        yield row(_("Waits for"), words.HAPPENED[line.due.waits_for])
        return
    if line.due.target:
        by_law = line.kind is not RightsKind.COMPLAINT
        name = _("Answer by") if by_law else _("Answer by, as this desk aims to")
        yield row(name, times.day(line.due.target))
    if line.due.outer:
        yield row(_("The latest that any text allows"), times.day(line.due.outer))
    if line.extend_by and line.standing is RightsStanding.OPEN:
        yield row(_("Notice of more time by"), times.day(line.extend_by))


def _event(it: EventShown) -> Params:
    said = {"day": times.day(it.on), "name": it.by}
    return {
        "what": words.HAPPENED[it.what],
        "when": _("%(day)s, entered by %(name)s") % said,
        "reasons": it.reasons,
    }


def _search(it: SearchShown) -> str:
    hits = ngettext("%(hits)d record", "%(hits)d records", it.hits) % {"hits": it.hits}
    if it.in_quarantine:
        old = ngettext(
            "%(count)d record in quarantine", "%(count)d records in quarantine", it.in_quarantine
        )
        hits = _("%(hits)s, and %(old)s") % {"hits": hits, "old": old % {"count": it.in_quarantine}}
    if it.more:
        hits = _("%(hits)s, and there are more: search by the same key again") % {"hits": hits}
    name, comma, born = it.sought.rpartition(", ")
    by_name_alone = comma and not born
    return _("%(sought)s: %(hits)s (%(name)s, %(moment)s)") % {
        "sought": _("%(name)s, on records without a birth date") % {"name": name}
        if by_name_alone
        else f"{name}{comma}{as_day(born)}",
        "hits": hits,
        "name": it.by,
        "moment": times.moment(it.at),
    }


def compared(found: RightsInFull, person: str) -> list[str]:
    """Say who asks beside whom a record names, to see whether they are one."""
    lines = [_("Who asks: %(who)s") % {"who": _named(found.name, found.birth_date)}]
    hits = (it.hit for it in found.found if it.hit.reference == person)
    for hit in hits:
        name = hit.name or _("No name is on the record")
        lines.append(_("The record: %(who)s") % {"who": _named(name, hit.birth_date)})
    return lines


def _named(name: str, born: date | None) -> str:
    said = {"name": name, "day": times.day(born) if born else ""}
    return _("%(name)s, born on %(day)s") % said if born else name


def in_which_language(found: RightsInFull) -> list[str]:
    """Say in which language to write what goes into a letter word for word."""
    if found.language == "en":
        return []
    language = {"language": LANGUAGES[found.language]}
    return [_("They are written to in %(language)s: write what they read in it, too.") % language]


def _found(it: FoundShown, asked: str, *, may_say: bool) -> Mapping[str, Any]:
    hit = it.hit
    rows = [row(_("Name"), hit.name or _("No name is on the record"))]
    if hit.birth_date:
        rows.append(row(_("Birth date"), times.day(hit.birth_date)))
    is_proposed = hit.standing is PersonStanding.PROPOSED
    if is_proposed:
        rows.append(row(_("Standing"), _("Proposed: nobody has authorised it yet")))
    roles = ", ".join(translated(ROLE_WORDS[role.role]) for role in hit.roles)
    none = _("Nothing yet") if is_proposed else _("Nothing any more")
    rows.append(row(_("On record as"), roles or none))
    if it.is_theirs is not None:
        rows.append(row(_("Theirs"), _("Yes") if it.is_theirs else _("No, somebody else’s")))
        rows.append(words_row(_("How one knows"), it.reason))
    if it.held_back:
        rows.append(row(_("Pieces held back"), str(it.held_back)))
    return {
        "title": hit.reference,
        "rows": {"rows": rows},
        "whose": reverse("rights_whose", args=[asked, hit.reference]) if may_say else "",
        "record": reverse("rights_record", args=[asked, hit.reference]) if it.is_theirs else "",
    }


def _letter(it: LetterShown, asked: str) -> Params:
    return {
        "title": words.LETTERS[it.kind],
        "href": reverse("rights_letter", args=[asked, it.id]),
        "tag": words.STANDINGS[it.standing].params,
    }


def letter(
    it: LetterShown, full: RightsInFull, officer: Officer, *, today: date
) -> Mapping[str, Any]:
    """Show one letter, and what this officer may do with it."""
    asked = full.line.reference
    proposed = it.standing is LetterStanding.PROPOSED
    approves = may(officer, Permission.APPROVE_RIGHTS)
    is_early = it.leaves_on is not None and today < it.leaves_on
    ready = it.standing is LetterStanding.APPROVED and not it.in_the_post
    return {
        "asked": asked,
        "language": full.language,
        "letter": it.id,
        "title": words.LETTERS[it.kind],
        "tag": words.STANDINGS[it.standing].params,
        "about": {"rows": list(_about_letter(it, full.line.kind))},
        "subject": it.subject,
        "text": it.text,
        "may_end": ready and it.kind is LetterKind.FURTHER,
        "packs": [
            {
                "person": person,
                "record": reverse("rights_record", args=[asked, person]),
                "html": reverse("rights_pack", args=[asked, it.id, person]),
                "json": reverse("rights_pack_json", args=[asked, it.id, person]),
                "pdf": reverse("rights_pack_pdf", args=[asked, it.id, person]),
            }
            for person in it.packs
        ],
        "may_answer": proposed and approves and it.by_ref != officer.ref,
        "own": proposed and it.by_ref == officer.ref,
        "may_send": ready and not is_early and may(officer, Permission.HANDLE_RIGHTS),
        "early": times.day(it.leaves_on) if ready and is_early and it.leaves_on else "",
        "in_the_post": it.in_the_post,
        "failure": it.failure if ready else "",
    }


def _about_letter(it: LetterShown, kind: RightsKind) -> Iterator[Params]:
    if it.outcome:
        yield row(_("Outcome"), words.outcome_of(kind, it.outcome))
    if it.because:
        yield words_row(_("Why, for the desk"), it.because)
    if it.not_searched is not None and kind is not RightsKind.COMPLAINT:
        yield row(_("Records in quarantine that no key finds"), str(it.not_searched))
    said = {"name": it.by, "moment": times.moment(it.at)}
    yield row(_("Written"), _("%(moment)s, by %(name)s") % said)
    if it.answered_by:
        yield row(_("Second officer"), it.answered_by)
        yield words_row(_("What they say"), it.answer)
    if it.sent_at:
        yield row(_("Left"), times.moment(it.sent_at))

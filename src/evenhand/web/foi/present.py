"""Requests for information in words: those that run by their clocks, and one with its steps."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.queries.foi import Cost, FoiInFull, FoiLine, LetterInFull, PartInFull, StepInFull
from evenhand.queries.foi_counts import library
from evenhand.queries.questions import known_since
from evenhand.rules.clocks_events import Happened
from evenhand.rules.foi import (
    BEGIN_A_LETTER,
    REVIEWS,
    RUNS,
    WAYS,
    FoiStanding,
    FoiStep,
    since,
)
from evenhand.rules.foi_costs import COUNTED, LIMIT_MINUTES
from evenhand.rules.foi_counts import told_as_at as counted_as_at
from evenhand.rules.foi_due import may_ask_commissioner
from evenhand.rules.foi_neither import Neither
from evenhand.rules.foi_parts import Part, Treatment, Wanted
from evenhand.rules.officers import Officer, Permission, may
from evenhand.rules.public_foi_letters import LetterKind
from evenhand.rules.questions import QuestionWrong
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.foi.words import (
    ACTIVITIES,
    CHANNELS,
    CORRECTION,
    FURTHER,
    HELD_IN,
    LETTERS,
    NEITHER,
    PREJUDICES,
    STANDINGS,
    STEPS,
    TREATMENTS,
    WANTED,
)
from evenhand.web.labels import Tag
from evenhand.web.law_clocks import rows, standing_tag, verified_tag
from evenhand.web.sheets import row, tag_row, words_row
from evenhand.web.words import Said, translated
from evenhand.web.written_in import LANGUAGES

Link = tuple[str, str]
NEEDS: Mapping[FoiStep, Happened] = {
    FoiStep.CLARIFICATION_ANSWERED: Happened.CLARIFICATION_ANSWERED,
    FoiStep.FEE_PAID: Happened.FEE_PAID,
    FoiStep.LAPSED: Happened.FEE_PAID,
}
"""The steps that are offered only while something is awaited."""


def listed(lines: Sequence[FoiLine], name: str, *, today: date) -> Params:
    """List requests as tasks, each with its clock; ``name`` tells this list from others there."""
    return {"idPrefix": f"foi-{name}", "items": [_item(it, today) for it in lines]}


def clock_tag(line: FoiLine, *, today: date) -> Tag:
    """Say how a request stands: by its clock while one runs, else by its standing."""
    return standing_tag(line.runs.due, today=today) if line.runs else STANDINGS[line.standing]


def one(found: FoiInFull, *, officer: Officer, today: date) -> Mapping[str, Any]:
    """Show one request: its facts, clock, parts, letters and steps, and what can be done."""
    line = found.line
    answers = may(officer, Permission.ANSWER_FOI)
    approves = may(officer, Permission.APPROVE_FOI)
    parts = [_part(it, found, answers=answers, officer=officer) for it in found.parts]
    return {
        "number": line.number,
        "tag": STANDINGS[line.standing].params,
        "clock": clock_tag(line, today=today).params if line.runs else None,
        "facts": {"rows": list(_facts(found))},
        "corrects": line.corrects,
        "is_published": found.is_published,
        "readings": {"rows": list(rows(line.runs.due))} if line.runs else None,
        "parts": parts,
        "letters": [_letter(it, found, answers=answers) for it in found.letters],
        "steps": [_step(it) for it in found.steps],
        "cost": {"rows": list(_cost(found.cost))} if found.cost else None,
        "acts": list(_acts(found)) if answers else [],
        "step_acts": list(_step_acts(found, officer, today)),
        "reviewed_by": _reviewed_by(found, officer),
        "to_approve": _to_approve(found) if approves else None,
        "waits": any(it["confirm"] for it in parts),
    }


def asked_of(found: FoiInFull, part: int = 0) -> Mapping[str, Any]:
    """Say above a form what the request asks; or a part of it, with what was said of it so far."""
    its = [it for it in found.parts if it.fact.number == part]
    if not its:
        return {"caption": found.line.number, "asks": _what(found), "asked": found.asked}
    return {
        "caption": found.line.number,
        "asks": _("Part %(n)d asks") % {"n": part},
        "asked": its[0].asked,
        "stands": _stands(its[0]),
        "as_seen": its[0].fact.version,
    }


def _stands(part: PartInFull) -> Params | None:
    """Say what was said of a part so far, if anything was."""
    if part.fact.treatment is None:
        return None
    return {"rows": [tag_row(_("So far"), TREATMENTS[part.fact.treatment]), *_said_rows(part)]}


def not_held_shown(found: FoiInFull, part: int) -> Mapping[str, Any]:
    """Say above a form what a part asks; where it wants something else, which numbers there are."""
    wants = [it.fact.wants for it in found.parts if it.fact.number == part]
    return {**asked_of(found, part), "numbers": _numbers() if Wanted.OTHER in wants else []}


def part_as_it_is(found: FoiInFull, part: int) -> Mapping[str, Any]:
    """Give what a part asks as the form that changes it begins with it."""
    its = (it for it in found.parts if it.fact.number == part)
    return {
        key: value
        for it in its
        for key, value in (
            ("asked", it.asked),
            ("wants", it.fact.wants),
            ("held_in", it.fact.held_in),
        )
    }


def _numbers() -> list[str]:
    """Name every number that the desk can answer with."""
    return [translated(it.title) for it in library().values()]


def reply_shown(found: FoiInFull, _part: int) -> Mapping[str, Any]:
    """Say above a form what is asked, and what the reply says that waits for a second officer."""
    waits = next((it for it in found.letters if it.waits_for_approval), None)
    return {
        **asked_of(found),
        "reads": waits.text if waits else "",
        "as_seen": waits.number if waits else None,
    }


def _reviewed_by(found: FoiInFull, officer: Officer) -> str:
    """Say who may answer a review that was asked for, or could answer one once this is approved."""
    is_under_review = found.fact.owed is FoiStanding.UNDER_REVIEW
    approves = may(officer, Permission.APPROVE_FOI) and _to_approve(found) is not None
    if not (is_under_review or approves):
        return ""
    names = [name for ref, name in found.reviewers.items() if is_under_review or ref != officer.ref]
    if names:
        return _("A review of the reply can be answered by: %(names)s.") % {
            "names": ", ".join(names)
        }
    if is_under_review:
        return _(
            "Everybody who may answer the review had a hand in the reply. Ask an administrator to"
            " add a rights officer, or a senior owner."
        )
    return _(
        "If you approve this, nobody is left who may answer a review of it: everybody had a hand in"
        " it. Have somebody else approve it, or ask an administrator to add a senior owner."
    )


def _to_approve(found: FoiInFull) -> int | None:
    """Give the number of the reply that waits for a second officer."""
    return next((it.number for it in found.letters if it.waits_for_approval), None)


def as_at_of(found: FoiInFull, *, today: date) -> Mapping[str, str]:
    """Say above a form as at which day a number is counted, or from when on there is one."""
    received = found.line.received_on
    try:
        day = counted_as_at(received, since=known_since(), today=today)
    except QuestionWrong as refused:
        early = Said(refused)
        return {"counted": f"{early.sentence} {early.do}"}
    said = [_("It is counted as at the end of %(day)s.") % {"day": times.day(day)}]
    if day < received:
        said += [_("The day of receipt is not over yet: to count as at its end, answer tomorrow.")]
    if found.reply > 1 or found.line.corrects:
        said += [_("What was replied before is counted anew as at the same day as then.")]
    return {"counted": " ".join(said)}


def told_as_at(day: date, *, today: date) -> Mapping[str, str]:
    """Say above a form as at which day a register is told, and whether that day is over."""
    said = _("It is told as at the end of %(day)s.") % {"day": times.day(day)}
    if day < today:
        return {"counted": said}
    early = _("That day is not over yet: answer this part tomorrow.")
    return {"counted": f"{said} {early}"}


def _item(line: FoiLine, today: date) -> Params:
    said = {"day": times.day(line.received_on), "how": str(CHANNELS[line.channel]).lower()}
    return {
        "title": {"text": line.number},
        "href": reverse("foi_request", args=[line.number]),
        "hint": {"text": _("Received on %(day)s, %(how)s") % said},
        "status": clock_tag(line, today=today).status,
    }


def _facts(found: FoiInFull) -> Iterator[Params]:
    line = found.line
    yield row(_("Received on"), times.day(line.received_on))
    yield row(_("How it came"), CHANNELS[line.channel])
    if found.language:
        yield row(_("Written to in"), LANGUAGES[found.language])
    if found.logged_by:
        yield row(_("Logged by"), found.logged_by)
    yield words_row(_what(found), found.asked)
    if found.holds:
        count = ngettext("%(n)d record", "%(n)d records", found.holds) % {"n": found.holds}
        yield row(_("Held for it"), f"{count}, {_held_until(found)}")
    if line.closed_on:
        yield row(_("Closed on"), times.day(line.closed_on))
    if found.max_on:
        yield row(_("Erased on"), times.day(found.max_on))


def _what(found: FoiInFull) -> str:
    """Say what the words of a request are: what somebody asks, or what the desk found wrong."""
    return _("What is wrong") if found.line.corrects else _("What is asked")


def _held_until(found: FoiInFull) -> str:
    """Say how long what the request is about is held."""
    if found.line.standing in RUNS:
        return _("until no review of the reply can be asked for any more")
    if found.holding is None:
        return _("until a second officer ends it")
    text = _("until %(day)s, or longer if a review is asked for (%(clock)s: %(verified)s)")
    clock = found.holding.clock
    return text % {
        "day": times.day(found.holding.until),
        "clock": clock.code,
        "verified": str(verified_tag(clock).text).lower(),
    }


def _cost(cost: Cost) -> Iterator[Params]:
    for activity in COUNTED:
        minutes = {"n": cost.minutes[activity]}
        yield row(ACTIVITIES[activity], _("%(n)d minutes") % minutes)
    said = {"hours": f"{cost.total / 60:.1f}", "pounds": f"{cost.pence / 100:.2f}"}
    text = _("%(hours)s hours, £%(pounds)s") % said
    if cost.total > LIMIT_MINUTES:
        text = _("%(text)s: above the limit of 18 hours") % {"text": text}
    yield row(_("Together"), text)
    if cost.like:
        yield row(_("Costed with"), cost.like)
    yield row(_("Estimated by"), cost.by)


def _part(
    part: PartInFull, found: FoiInFull, *, answers: bool, officer: Officer
) -> Mapping[str, Any]:
    fact, number = part.fact, found.line.number
    tag = TREATMENTS[fact.treatment] if fact.treatment else Tag(_("Not answered yet"), "yellow")
    is_open = _is_open(found) and fact.reply == found.reply
    judges = (
        fact.waits and is_open and may(officer, Permission.APPROVE_FOI) and fact.by != officer.ref
    )
    return {
        "title": _part_title(fact),
        "tag": tag.params,
        "waits": fact.waits,
        "is_number_in_words": fact.is_number_in_words,
        "rows": {"rows": list(_part_rows(part))},
        "links": list(_part_links(number, fact.number)) if answers and is_open else [],
        "as_seen": fact.version,
        "confirm": reverse("foi_confirm", args=[number, fact.number]) if judges else "",
        "numbers": _numbers() if judges and _may_be_a_number(fact) else [],
        "decline": reverse("foi_decline", args=[number, fact.number]) if judges else "",
    }


def _may_be_a_number(fact: Part) -> bool:
    """Say whether somebody reads which numbers there are before it is “not held”."""
    return fact.treatment is Treatment.NOT_HELD and fact.wants is Wanted.OTHER


def _part_title(fact: Part) -> str:
    title = _("Part %(n)d") % {"n": fact.number}
    return f"{title}, {str(FURTHER).lower()}" if fact.reply > 1 else title


def _asked_rows(part: PartInFull) -> Iterator[Params]:
    yield words_row(_("Asked"), part.asked)
    yield row(_("It wants"), WANTED[part.fact.wants])
    if part.fact.held_in:
        yield row(_("In a register"), HELD_IN[part.fact.held_in])


def _part_rows(part: PartInFull) -> Iterator[Params]:
    yield from _asked_rows(part)
    yield from _said_rows(part)


def _said_rows(part: PartInFull) -> Iterator[Params]:
    """Say what was said of a part, and by whom."""
    if part.answer:
        yield words_row(_("Answer"), part.answer)
    yield from _section_rows(part)
    if part.why:
        yield words_row(_("Why"), part.why)
    if part.prejudice:
        yield row(_("Prejudice"), PREJUDICES[part.prejudice])
        yield words_row(_("By what"), part.how)
    if part.public_interest:
        yield words_row(_("Public interest"), part.public_interest)
    if part.by:
        yield row(_("Answered by"), part.by)
    if part.confirmed_by:
        yield row(_("Confirmed by"), part.confirmed_by)


def _section_rows(part: PartInFull) -> Iterator[Params]:
    """Say under which section of the Act a part is not given."""
    if part.exemption:
        text = f"s.{part.exemption.section} {part.exemption.title}"
        unread = "" if part.exemption.verified else f" ({_('not verified')})"
        yield row(_("Exemption"), f"{text}{unread}")
    if part.fact.treatment is Treatment.NEITHER:
        section = Neither(part.fact.exemption)
        yield row(_("Section"), f"s.{section} {NEITHER[section]} ({_('not verified')})")


def _part_links(number: str, part: int) -> Iterator[Link]:
    for page, text in (
        ("foi_count", _("Answer with a number of the desk")),
        ("foi_register", _("Answer from a register of the desk")),
        ("foi_give", _("Answer in words")),
        ("foi_withhold", _("Withhold it")),
        ("foi_not_held", _("It is not held")),
        ("foi_neither", _("Neither confirm nor deny")),
        ("foi_change_part", _("Change this part")),
        ("foi_remove_part", _("Remove this part")),
    ):
        yield reverse(page, args=[number, part]), text


def _letter(letter: LetterInFull, found: FoiInFull, *, answers: bool) -> Mapping[str, Any]:
    number = found.line.number
    is_over = letter.sent_on is not None or letter.returned
    undelivered = not is_over and found.line.standing is FoiStanding.UNREACHED
    to_print = letter.to_print and answers and not undelivered
    tag = Tag(_("Not delivered"), "grey") if undelivered else _letter_tag(letter)
    return {
        "title": CORRECTION
        if letter.is_public
        else FURTHER
        if letter.reply > 1
        else LETTERS[letter.kind],
        "to_approve": letter.waits_for_approval,
        "is_done": is_over or undelivered,
        "tag": tag.params,
        "by": _("Written by %(name)s, %(moment)s")
        % {"name": letter.by, "moment": times.moment(letter.written_at)},
        "text": letter.text,
        "print": reverse("foi_letter", args=[number, letter.number]) if to_print else "",
        "sent": reverse("foi_letter_sent", args=[number, letter.number]) if to_print else "",
    }


def _is_published(letter: LetterInFull) -> bool:
    """Say whether a letter of a request that has ended stands in the disclosure log."""
    return letter.kind is LetterKind.REPLY and bool(letter.approved_by) and not letter.returned


def _letter_tag(letter: LetterInFull) -> Tag:
    if letter.sent_on:
        text = _("Published on %(day)s") if letter.is_public else _("Left on %(day)s")
        return Tag(text % {"day": times.day(letter.sent_on)}, "green")
    if letter.returned:
        return Tag(_("Given back"), "grey")
    if letter.waits_for_approval:
        return Tag(_("Waits for a second officer"), "yellow")
    if letter.failed:
        return Tag(_("Could not be sent: print it"), "red")
    if letter.to_print:
        return Tag(_("To print and send"), "yellow")
    return Tag(_("On its way"), "blue")


def _step(step: StepInFull) -> Mapping[str, Any]:
    more = []
    if step.until:
        more.append(_("Decided by %(day)s") % {"day": times.day(step.until)})
    if step.pence:
        more.append(f"£{step.pence / 100:.2f}")
    said = {"day": times.day(step.on), "name": step.by}
    return {
        "title": STEPS[step.step].offer,
        "by": _("%(day)s, entered by %(name)s") % said,
        "more": ", ".join(more),
        "text": step.text,
    }


def _is_open(found: FoiInFull) -> bool:
    """Say whether parts can still be written: no reply is written that has not left yet."""
    waits = any(it.kind == "reply" and not (it.returned or it.sent_on) for it in found.letters)
    return found.fact.answers and not waits


def _acts(found: FoiInFull) -> Iterator[Link]:
    number = [found.line.number]
    if _is_open(found):
        is_first = found.reply == 1 and not found.line.corrects
        part = _("Write down a part of it") if is_first else _("Write down what it answers anew")
        yield reverse("foi_add_part", args=number), part
        parts = [it.fact for it in found.parts if it.fact.reply == found.reply]
        if parts and all(it.is_ready for it in parts):
            further = _("Write the further reply") if found.is_known else _("Write the correction")
            yield reverse("foi_reply", args=number), _("Write the reply") if is_first else further
    if found.line.standing in RUNS:
        yield reverse("foi_cost", args=number), _("Estimate the cost")
        yield reverse("foi_hold", args=number), _("Hold a record that it is about")
    if found.line.standing is FoiStanding.UNREACHED and any(map(_is_published, found.letters)):
        number_of = {"number": found.line.number}
        yield f"{reverse('foi_correct')}?{urlencode(number_of)}", _("Correct what is published")
    if found.is_known:
        yield reverse("foi_requester", args=number), _("See who asked")
        yield reverse("foi_reach", args=number), _("Correct how they are reached")


def _may_take(step: FoiStep, found: FoiInFull, officer: Officer) -> bool:
    """Say whether this officer may enter a step: of a review, who had no hand in the reply."""
    if step in REVIEWS:
        return officer.ref in found.reviewers
    return may(officer, Permission.ANSWER_FOI)


def _step_acts(found: FoiInFull, officer: Officer, today: date) -> Iterator[Link]:
    waits = found.fact.clock.waits_for
    for step in (it for it in WAYS if _may_take(it, found, officer)):
        if step is FoiStep.UNREACHED:
            if (letter := found.fact.to_reach_with) is None or not letter.may_end:
                continue
        elif found.fact.waits_to_leave(step, today):
            continue
        if step in BEGIN_A_LETTER and not found.is_known:
            continue
        is_asked = step is FoiStep.COMMISSIONER_ASKED
        if is_asked and not may_ask_commissioner(found.line.runs, today):
            continue
        if found.line.standing in since(found.fact, step) and NEEDS.get(step, waits) == waits:
            yield reverse("foi_step", args=[found.line.number, step]), str(STEPS[step].offer)

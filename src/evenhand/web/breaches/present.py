"""Breaches in words: a list, one in full, and what can be done with it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from evenhand.queries.breaches import BreachInFull, BreachLine, GroupInFull, NotedOfIt, Phase
from evenhand.rules.breaches import Content, ToTell, Urgency
from evenhand.rules.notification import GROUND_WORDS
from evenhand.web import times
from evenhand.web.breaches.words import CONTENTS, KINDS, NOTED, TO_TELL, URGENCY, WHOM
from evenhand.web.components import Params
from evenhand.web.labels import Tag
from evenhand.web.public.documents import summary
from evenhand.web.words import translated


def tasks(found: Sequence[BreachLine]) -> Params:
    """List breaches, each with how far its time is gone."""
    items = [
        {
            "title": {"text": name(it)},
            "href": reverse("breach", args=[it.number]),
            "hint": {"text": _hint(it)},
            "status": _tag(it).status,
        }
        for it in found
    ]
    return {"idPrefix": "breach", "items": items}


def name(found: BreachLine) -> str:
    """Name a breach by its number."""
    return _("Breach %(number)d") % {"number": found.number}


def _hint(found: BreachLine) -> str:
    told = {
        "kinds": "; ".join(str(KINDS[it]) for it in found.kinds),
        "aware": times.moment(found.fact.aware_at),
    }
    return _("%(kinds)s. Known since %(aware)s") % told


def _tag(found: BreachLine) -> Tag:
    if found.fact.is_closed:
        return Tag(_("Closed"), "grey")
    if found.urgency is Urgency.SETTLED and found.fact.owed:
        return Tag(_("People to tell"), "red")
    return URGENCY[found.urgency]


def one(found: BreachInFull, *, keeps: bool) -> Mapping[str, Any]:
    """Show one breach: how it stands, its record, what was told, and what can be done."""
    return {
        "title": name(found),
        "tag": _tag(found).params,
        "facts": summary(list(_facts(found))),
        "notes": [_note(it) for it in found.notes],
        "phases": [_phase(it) for it in found.phases],
        "no_notes": _("What was said was erased."),
        "no_phases": _("What was said was erased.") if found.fact.is_erased else _("Nothing yet."),
        "groups": [_group(it, found, keeps=keeps) for it in found.groups],
        "acts": list(_acts(found)) if keeps and not found.fact.is_erased else [],
        "close": reverse("close_breach", args=[found.number])
        if keeps and not found.fact.is_closed
        else "",
    }


def _facts(found: BreachInFull) -> Iterator[tuple[str, str]]:
    fact = found.fact
    yield _("What happened to the data"), "; ".join(str(KINDS[it]) for it in found.kinds)
    yield _("Known since"), times.moment(fact.aware_at)
    if found.package:
        yield _("Package that was wrongly sent"), found.package
    yield _("Recorded by"), found.opened_by
    yield _("The Commissioner is told by"), times.moment(fact.due_at)
    if fact.first_told_at:
        yield _("The Commissioner was told first"), times.moment(fact.first_told_at)
        missing = [str(CONTENTS[it]) for it in Content if it not in fact.told]
        yield _("Contents that still follow"), ", ".join(missing) or _("None")
    if found.late_because:
        yield _("Why late"), found.late_because
    if found.not_told_at:
        yield _("Why the Commissioner is not told"), found.not_told_because or _("Erased")
    if found.closed_at:
        yield _("Closed"), times.moment(found.closed_at)
    if found.erased_at:
        yield _("What was said was erased"), times.moment(found.erased_at)


def _note(it: NotedOfIt) -> tuple[str, str, str]:
    return str(NOTED[it.what]), _by(it.by, times.moment(it.at)), it.text


def _by(who: str, moment: str) -> str:
    return _("by %(name)s, %(moment)s") % {"name": who, "moment": moment}


def _phase(it: Phase) -> tuple[str, Params]:
    said = {"moment": times.moment(it.told_at)}
    return _("Told on %(moment)s") % said, _four(it.contents)


def _four(contents: Mapping[Content, str]) -> Params:
    return summary([(str(CONTENTS[it]), text) for it, text in contents.items()])


def _group(it: GroupInFull, found: BreachInFull, *, keeps: bool) -> Mapping[str, Any]:
    return {
        "title": _("%(whom)s, about %(count)d")
        % {"whom": WHOM[it.fact.whom], "count": it.fact.about},
        "facts": summary(list(_of_group(it))),
        "told": _four(it.contents) if it.contents else None,
        "tell": reverse("tell_breach_group", args=[found.number, it.ref])
        if keeps and it.is_owed and not found.fact.is_closed
        else "",
    }


def _of_group(it: GroupInFull) -> Iterator[tuple[str, str]]:
    yield _("Are they told?"), str(TO_TELL[it.fact.to_tell])
    if it.fact.ground:
        yield _("Ground"), translated(GROUND_WORDS[it.fact.ground])
    yield _("Why"), it.fact.reasons or _("Erased")
    if it.fact.needs_protected_route and it.fact.to_tell is ToTell.TELL:
        yield _("How"), _("Only by a way that is safe for them: ask who looks after them first.")
    if it.is_owed:
        yield _("To be told by"), times.moment(it.due_at)
    if it.told_on:
        yield _("Told on"), times.day(it.told_on)


def _acts(found: BreachInFull) -> Iterator[tuple[str, str]]:
    fact, at = found.fact, [found.number]
    yield reverse("note_breach", args=at), _("Add to the record")
    if fact.is_closed:
        return
    if not fact.is_told_whole:
        yield reverse("tell_breach", args=at), _("Record what the Commissioner was told")
    if fact.first_told_at is None and not fact.not_told:
        yield reverse("breach_not_told", args=at), _("Record why the Commissioner is not told")
    yield reverse("settle_breach_group", args=at), _("Settle whether people are told")

"""What those who oversee are shown, in words."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.ledger.acts import Act
from evenhand.queries.log import MOST_WAITING, Progress
from evenhand.queries.oversight import (
    FailedComparison,
    LastComparison,
    LogLine,
    LogState,
    LooksFor,
)
from evenhand.queries.oversight_records import Lists
from evenhand.queries.oversight_sample import Sample
from evenhand.rules.catalogue import every_rule
from evenhand.rules.officers import Permission, Role
from evenhand.rules.oversight import DIFFERENCES, NUMBERED, LogPurpose
from evenhand.web import labels, times
from evenhand.web.by_day import Day, Told, by_day
from evenhand.web.components import Params
from evenhand.web.log.present import witness
from evenhand.web.referrals.story import OUTCOMES, SENTENCES
from evenhand.web.words import translated

LONG_AGO = timedelta(days=2)
ATTEMPTS = frozenset({Act.ATTEMPT_REFUSED, Act.ATTEMPTS_REPEATED})


def state(found: LogState, tree: Progress, *, now: datetime) -> Mapping[str, Any]:
    """Say how the log and its tree stand, and what the last comparison found."""
    last = found.last
    return {
        "log": {"rows": [*_of_log(found), *_of_tree(tree), *_of_witnesses(tree, now)]},
        "is_signed": tree.newest is not None,
        "is_witnessed": tree.is_witnessed,
        "fault": tree.fault,
        "fault_since": times.moment(tree.fault_since) if tree.fault_since else "",
        "last": {"rows": list(_of_last(last))} if last else None,
        "differences": _differences(last) if last else [],
        "numbered": translated(NUMBERED),
        "more": last.found - len(last.differences) if last else 0,
        "found": last.found if last else 0,
        "is_old": last is not None and now - last.ended_at > LONG_AGO,
        "failed": _failed(found.failed) if found.failed else "",
    }


def _of_log(found: LogState) -> Iterator[Params]:
    if found.newest:
        yield _row(_("Newest entry"), _("number %(number)s") % {"number": found.newest})
    if found.newest_at:
        yield _row(_("Made on"), times.moment(found.newest_at))


def _of_tree(tree: Progress) -> Iterator[Params]:
    most = _("more than %(most)s") % {"most": f"{MOST_WAITING:,}"}
    waiting = most if tree.waiting > MOST_WAITING else f"{tree.waiting:,}"
    yield _row(_("Entries that wait for their index"), waiting)
    for title, checkpoint in ((_("Signed"), tree.newest), (_("Cosigned"), tree.cosigned)):
        if checkpoint:
            signed = ngettext(
                "%(size)s entry, on %(moment)s", "%(size)s entries, on %(moment)s", checkpoint.size
            )
            told = {"size": f"{checkpoint.size:,}", "moment": times.moment(checkpoint.at)}
            yield _row(title, signed % told)


def _of_witnesses(tree: Progress, now: datetime) -> Iterator[Params]:
    for heard in tree.witnesses:
        said = witness(heard, tree.newest, now=now)
        yield _row(_("Witness"), f"{said} {heard.fault}" if heard.fault else said)


def _of_last(last: LastComparison) -> Iterator[Params]:
    yield _row(_("Compared on"), times.moment(last.ended_at))
    yield _row(_("Entries read"), f"{last.entries:,}")
    yield _row(_("Changes read"), f"{last.changes:,}")
    yield _row(_("Rows of casework read"), f"{last.rows:,}")
    in_tree = _("Nothing is published yet") if last.in_tree is None else f"{last.in_tree:,}"
    yield _row(_("Entries of the published tree"), in_tree)
    yield _row(_("Differences"), f"{last.found:,}")


def _failed(failed: FailedComparison) -> str:
    return _(
        "The comparison on %(moment)s failed (%(failure)s). Ask the administrator what the worker"
        " said. Somebody may have altered the log so that it cannot be read: until a comparison"
        " succeeds, do not rely on what was found before."
    ) % {"moment": times.moment(failed.ended_at), "failure": failed.failure}


def _differences(last: LastComparison) -> list[str]:
    return [
        translated(DIFFERENCES[it["what"]], table=it["table"], key=it["key"])
        for it in last.differences
    ]


def _row(key: str, value: str) -> Params:
    return {"key": {"text": key}, "value": {"text": value}}


def counted_at(found: LogState) -> str:
    """Say when looks were counted last; nothing where they never were."""
    return times.moment(found.last.ended_at) if found.last else ""


def drawn(found: Sample) -> str:
    """Say from what a sample was drawn; nothing where there is no checkpoint yet."""
    if found.signed_at is None:
        return ""
    return _("Drawn from the checkpoint of %(size)s entries, signed on %(moment)s.") % {
        "size": f"{found.size:,}",
        "moment": times.moment(found.signed_at),
    }


def looks(found: Sequence[LooksFor], since: date, until: date) -> Mapping[str, Any]:
    """Count looks by purpose, in a table that fits a phone."""
    return {
        "since": times.day(since),
        "until": times.day(until),
        "table": _table(found) if found else None,
    }


def _table(found: Sequence[LooksFor]) -> Params:
    rows = [[{"text": looked_for(it.why)}, _number(it.looks), _number(it.repeats)] for it in found]
    total = [_number(sum(it.looks for it in found)), _number(sum(it.repeats for it in found))]
    return {
        "caption": _("Looks by purpose"),
        "captionClasses": "govuk-table__caption--m",
        "firstCellIsHeader": True,
        "head": [
            {"text": _("Looked to")},
            {"text": _("Looks"), "format": "numeric"},
            {"text": _("Repeated"), "format": "numeric"},
        ],
        "rows": [*rows, [{"text": _("All")}, *total]],
    }


def _number(count: int) -> Params:
    return {"text": f"{count:,}", "format": "numeric"}


def looked_for(why: str) -> str:
    """Say what somebody looked for: what they meant to do, or why they read the log."""
    if why in set(LogPurpose):
        return _("Read the log: %(purpose)s") % {"purpose": purpose(why)}
    return str(labels.ACTS[Permission(why)]) if why in set(Permission) else why


def purpose(named: str | None) -> str:
    """Name a purpose of reading the log; nothing where none was given."""
    return str(labels.LOG_PURPOSES[LogPurpose(named)]) if named else ""


def days(lines: Sequence[LogLine]) -> list[Day]:
    """Tell entries day by day, in the desk's own time."""
    rules = {rule.code.lower(): rule.sentence for rule in every_rule()}
    return by_day(lines, lambda line: _told(line, rules))


def no_such_record() -> str:
    """Say that this desk has no record of that reference."""
    return _("This desk has no record with this reference")


def searched(found: Lists) -> str:
    """Say which stretch of the log was looked through."""
    return _("Looked through the entries %(first)s to %(last)s of the log.") % {
        "first": f"{found.first:,}",
        "last": f"{found.last:,}",
    }


def _told(line: LogLine, rules: Mapping[str, str]) -> Told:
    did = SENTENCES[Act(line.act)]
    sentence = f"{_who(line)} {did}" if line.who else capfirst(str(did))
    outcome = _more(line, rules)
    return Told(
        sentence=f"{sentence}: {outcome}" if outcome else sentence,
        reference=line.reference,
        href=reverse("oversight_record", args=[line.reference]) if line.reference else "",
        small=" · ".join(_small(line)),
    )


def _who(line: LogLine) -> str:
    if line.role in set(Role):
        role = labels.ROLES[Role(line.role)]
        return _("%(name)s, %(role)s,") % {"name": line.who, "role": role}
    return line.who


def _more(line: LogLine, rules: Mapping[str, str]) -> str:
    """Say what was tried and which rule refused it, what was looked for, or what came of it."""
    act = Act(line.act)
    if act in ATTEMPTS:
        rule = translated(rules.get(line.why, ""))
        told = {"act": looked_for(line.tried), "rule": line.why.upper(), "sentence": rule}
        return _("%(act)s. Rule %(rule)s: %(sentence)s") % told
    known = OUTCOMES.get(act, {}).get(line.outcome)
    return str(known) if known else looked_for(line.why) if line.why else ""


def _small(line: LogLine) -> Iterator[str]:
    yield times.moment(line.at)
    if line.times:
        yield ngettext("%(count)d time", "%(count)d times", line.times) % {"count": line.times}
    yield _("entry %(entry)s of the log") % {"entry": line.name}

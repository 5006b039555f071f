"""Packages in words: what could leave, exactly what leaves, and the mark on a printed one."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evenhand.queries.sharing import Choice, Line, Opened, Said, read_package
from evenhand.rules.assessments import Kind
from evenhand.rules.gate import Proof
from evenhand.rules.officers import Acting, Officer, Permission, may
from evenhand.rules.people_roles import ROLE_WORDS, PersonRole
from evenhand.rules.sharing import Carrier, Standing
from evenhand.web import times
from evenhand.web.components import Params
from evenhand.web.sharing.words import CARRIERS, FIELDS, STANDINGS
from evenhand.web.sheets import row, tag_row, words_row, written
from evenhand.web.words import Said as SaidWhy

GO_ON = frozenset({Standing.BUILT, Standing.APPROVED})
"""What waits for whoever shares: it was not sent for approval yet, or not handed over."""


def lines(found: Sequence[Line]) -> Params:
    """List disclosures: to whom, under what, how far; nothing of what they hold."""
    items = [
        {
            "title": {"text": it.fact.reference},
            "href": reverse("package", args=[it.fact.reference]),
            "hint": {"text": _hint(it)},
            "status": STANDINGS[it.fact.standing].status,
        }
        for it in found
    ]
    return {"idPrefix": "package", "items": items}


def _hint(line: Line) -> str:
    at = line.released_at or line.fact.built_at
    return f"{line.recipient}, {line.organisation} · {line.agreement} · {times.moment(at)}"


def choice(found: Choice) -> Mapping[str, object]:
    """Show what can be chosen, and what cannot leave now and why."""
    child = _("This person was or may have been under 18. It takes a compelling reason, and two"
              " approvers.")  # fmt: skip
    return {
        "title": _("What goes into the package?"),
        "caption": found.reference,
        "organisation": found.agreement.terms.organisation,
        "purpose": found.agreement.terms.purpose,
        "warning": child if found.child else "",
        "kept_back": [_kept_back(it) for it in found.said if it.faults],
    }


def _kept_back(said: Said) -> Mapping[str, object]:
    text = _("A statement that is withheld") if said.text is None else written(said.text)
    return {"text": text, "why": [SaidWhy(it) for it in said.faults]}


def in_short(line: Line) -> Mapping[str, object]:
    """Show a disclosure without what it holds."""
    fields = ", ".join(str(FIELDS[it]) for it in line.fields)
    rows = [
        tag_row(_("Status"), STANDINGS[line.fact.standing]),
        row(_("For"), f"{line.recipient}, {line.organisation}"),
        row(_("Under agreement"), _("%(agreement)s, version %(number)d")
            % {"agreement": line.agreement, "number": line.version}),
        row(_("How it is sent"), CARRIERS[line.carrier]),
        row(_("What it contains"), fields or _("The role alone")),
        row(_("Statements"), str(line.statements)),
        row(_("Built by"), f"{line.built_by}, {times.moment(line.fact.built_at)}"),
        row(_("Approved by"), line.approved_by or _("Nobody yet")),
    ]  # fmt: skip
    if line.fact.child:
        rows.append(row(_("Approved by the data protection officer"),
                        line.dpo_by or _("Not yet")))  # fmt: skip
    if line.released_at:
        rows.append(row(_("Left the desk"), times.moment(line.released_at)))
        rows.append(words_row(_("SHA-256 of what left"), line.package_sha256))
    if line.recalled:
        rows.append(row(_("Recalled"), _("Yes. It is not handed over any more")))
    released = line.fact.standing is Standing.RELEASED
    return {
        "package": line.fact.reference,
        "about": {"rows": rows},
        "released": released,
        "recalled": line.recalled,
        "sealed": line.carrier is Carrier.SEALED,
    }


def opened(found: Opened) -> Mapping[str, object]:
    """Show exactly what leaves, and what the agreement or the officer leaves out."""
    outs = [
        (FIELDS[it], _("Not chosen") if agreed else _("The agreement does not let it leave"))
        for it, agreed in found.left_out.items()
    ]
    unsaid = len(found.unsaid)
    more_outs = ngettext("%(count)d statement", "%(count)d statements", unsaid) % {"count": unsaid}
    rows = [row(name, why) for name, why in outs]
    if unsaid:
        rows.append(row(more_outs, _("Not in the package")))
    why = [words_row(_("Reason"), found.reason)]
    if found.compelling:
        why.append(words_row(_("What makes it compelling"), found.compelling))
    if found.consent:
        why.append(words_row(_("Who consented"), found.consent))
    return {
        **in_short(found.line),
        "contents": contents(found.contents),
        "left_out": {"rows": rows},
        "why": {"rows": why},
        "sha256": found.sha256,
    }


def contents(package: Mapping[str, Any]) -> Sequence[Mapping[str, object]]:
    """Show a package part by part, in the order of its bytes."""
    whole = dict(package)
    statements: list[dict[str, object]] = whole.pop("statements")
    parts: list[Mapping[str, object]] = [{"name": _("The package"), "rows": _rows(whole)}]
    for number, it in enumerate(statements, 1):
        said = _("Fact %(number)d") if it["kind"] == Kind.FACT else _("Assessment %(number)d")
        parts.append({"name": said % {"number": number}, "rows": _rows(it)})
    return parts


def _rows(part: Mapping[str, object], before: str = "") -> Params:
    return {"rows": list(_flat(part, before))}


def _flat(part: Mapping[str, object], before: str) -> Sequence[Params]:
    rows: list[Params] = []
    for name, it in part.items():
        called = f"{before}{name.replace('_', ' ')}"
        if isinstance(it, dict):
            rows += _flat(it, f"{called}: ")
        else:
            rows.append(words_row(called, _value(it)))
    return rows


def _value(it: object) -> str:
    match it:
        case bool():
            return _("Yes") if it else _("No")
        case date():
            return times.day(it)
        case list():
            return ", ".join(map(str, it)) or _("None")
        case str() if it in set(PersonRole):
            return _(ROLE_WORDS[PersonRole(it)])
        case _:
            return str(it)


def may_answer(line: Line, officer: Officer) -> bool:
    """Say whether an officer is asked to approve this package."""
    if line.fact.standing is not Standing.PROPOSED or officer.ref == line.fact.built_by:
        return False
    if may(officer, Permission.APPROVE_CHILD_SHARE):
        return line.fact.child and line.fact.dpo_by is None
    return may(officer, Permission.APPROVE_SHARE) and line.fact.approved_by is None


def steps(line: Line, officer: Officer) -> Sequence[tuple[str, str]]:
    """Name what can be done next with a package: the word that is sent, and the button."""
    if not may(officer, Permission.SHARE):
        return ()
    drop = ("drop", _("Drop it"))
    match line.fact.standing:
        case Standing.BUILT:
            return (("propose", _("Ask for approval")), drop)
        case Standing.PROPOSED:
            return (drop,)
        case Standing.APPROVED:
            return (("release", _("Hand it over")), drop)
        case _:
            return ()


def proved(proof: Proof | None) -> Mapping[str, object]:
    """Say where the proof of a package stands that is being handed over."""
    said = {
        Proof.AWAITED: _(
            "Witnesses have not cosigned its release yet. It can be taken as soon as they have,"
            " and in ten minutes at the latest. Load this page again."
        ),
        Proof.ENCLOSED: _(
            "Hand the proof over with it: whoever has it can show that this package left, and when."
        ),
        Proof.OWED: _(
            "It is not witnessed yet. Say so to the recipient, and hand the proof over as soon as"
            " it is here."
        ),
    }
    return {
        "waits": proof is Proof.AWAITED,
        "has_proof": proof is Proof.ENCLOSED,
        "proof_said": said[proof] if proof else "",
        "unwitnessed": _("Not witnessed yet: the proof follows.") if proof is Proof.OWED else "",
    }


def printed(line: Line, data: bytes, acting: Acting) -> Mapping[str, object]:
    """Show a package to be printed, with its mark: who, when, for whom, and its id."""
    mark = _("Package %(package)s for %(recipient)s, %(organisation)s.") + " "
    mark += _("Shown to %(name)s, %(moment)s.")
    said = {
        "package": line.fact.reference,
        "recipient": line.recipient,
        "organisation": line.organisation,
        "name": acting.officer.name,
        "moment": times.moment(acting.at),
    }
    return {
        "package": line.fact.reference,
        "mark": mark % said,
        "contents": contents(read_package(data)),
        "sha256": line.package_sha256,
    }

"""Reference pages about what the rules and the log say."""

import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import fields
from importlib import import_module
from itertools import groupby

import evenhand.actions
import evenhand.queries
from evenhand.cli.docs import table
from evenhand.ledger.acts import CLASS_62
from evenhand.ledger.entries import Entry
from evenhand.rules.catalogue import every_rule
from evenhand.rules.officers import FAMILY, MATRIX, Permission, Role
from evenhand.rules.referrals import AFTER_APPROVAL, AFTER_SENDING, MOVES, State
from evenhand.rules.register import BASES, KEPT, Held
from evenhand.rules.register_desk import REGISTER

OPENING = {
    "at": "the moment, in UTC to the microsecond",
    "who": "the officer's random id, or the desk's own worker",
    "role": "the role that allowed it",
    "obj": "the record's random id",
    "ver": "the record's version after the act",
    "why": "a code, such as the rule that refused",
    "tried": "the act that was refused, as a code",
    "outcome": "a code, such as a decision or an answer",
    "reason": "a commitment to the officer's words; the words are sealed with the record",
    "recipient": "the platform's or organisation's code, where something was disclosed",
    "to": "the random id of the person at the recipient, where a package was disclosed",
    "agreement": "the random id of the version of the agreement that let a package leave",
    "package": "the SHA-256 of the exact bytes of a package that left",
    "capture": "the SHA-256 of the file of a capture, before it was sealed",
    "req": "the random id of the request",
    "objs": "the random ids of the records that a list showed or a package held, in base64url",
    "times": "how often a look or an attempt was repeated within ten minutes",
    "key": "a public key that signs the log from now on",
    "named": "the random id of the overseer whom the operator named as a new log was begun; "
    "nobody checked that they agreed",
    "closed": "the log that this one continues: its name, and size and root of its last checkpoint",
    "chg": "every row changed: table, key, operation, SHA-256 of the row as stored",
}
"""What the fields of an opening hold. ``chg`` is not a field of an entry: the guard fills it in."""


def matrix() -> Iterator[str]:
    """Say which role allows what, and which roles exclude each other."""
    roles = [it for it in Role if any(it in allowed for allowed in MATRIX.values())]
    yield "A cell that is empty is refused (E-WHO-02), on every page and in every API call."
    yield ""
    yield from table(
        ["may", *roles],
        ([may, *("yes" if it in MATRIX[may] else "" for it in roles)] for may in Permission),
    )
    yield "## Families"
    yield ""
    yield "Nobody holds roles of two families (E-ROLE-61)."
    yield "A senior or child approver is an approver too (E-ROLE-62)."
    yield ""
    yield from table(["role", "family"], ([role, FAMILY[role]] for role in Role))


def moves() -> Iterator[str]:
    """Draw the table of moves."""
    yield "Every move that is not here is refused (E-MOVE-01). The database refuses an unknown"
    yield "state, and a state that needs an approval without one."
    yield ""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {State.LOGGED}"
    for here, there in _arrows():
        yield f"    {here} --> {there}"
    yield "```"
    yield ""
    yield from table(
        ["from", "to", "needs an approval"],
        (
            [here, ", ".join(it for it in State if it in MOVES[here]) or "nowhere: it ends here",
             "yes" if here in AFTER_APPROVAL | AFTER_SENDING else ""]
            for here in State
        ),
    )  # fmt: skip


def _arrows() -> Iterator[tuple[State, State]]:
    return ((here, there) for here in State for there in State if there in MOVES[here])


def rules() -> Iterator[str]:
    """List every rule that can refuse something, those of the pages and the API among them."""
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018 - brings in the pages and the API
    for package in (evenhand.actions, evenhand.queries):
        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    yield "Each rule has a stable code. “not verified” means that nobody has yet read the clause in"
    yield "the instrument itself."
    yield ""
    yield from table(
        ["code", "rule", "clause", ""],
        (
            [it.code, it.sentence, it.clause, "" if it.verified else "not verified"]
            for it in every_rule()
        ),
    )


def register() -> Iterator[str]:
    """List every field held, table by table."""
    yield "Every column of every table of the desk. Beside them stand the framework's own tables"
    yield "(sign-in accounts, sessions, second factors, the job queue: references only), and the"
    yield "log's table `change`: for each row touched its table, key, operation and SHA-256."
    yield ""
    yield "*sealed*: encrypted under the record's own key before it reaches the database."
    yield "*personal*: about a person who can be identified, officers included."
    yield ""
    yield from table(["basis", ""], ([it, why] for it, why in BASES.items()))
    yield from table(["schedule", "kept"], ([it, how] for it, how in KEPT.items()))
    for name, lines in groupby(REGISTER, key=lambda it: it.table):
        columns = list(lines)
        yield f"## {name}"
        yield ""
        yield f"For: {columns[0].purpose}."
        yield ""
        yield from table(
            ["field", "what it is", "basis", "kept", "sealed", "personal", "kind", "read by"],
            map(_held, columns),
        )


def _held(line: Held) -> list[str]:
    return [
        line.column,
        line.about,
        line.basis,
        line.keep,
        "sealed" if line.sealed else "",
        "personal" if line.personal else "",
        line.kind or "",
        ", ".join(line.readers) or "nobody",
    ]


def log_entries() -> Iterator[str]:
    """List the acts, and what an entry says of one."""
    yield "An entry has a *leaf*, which may be public, and an *opening* beside it, which may not."
    yield ""
    yield "The leaf holds: `act`, `day`, `s62` (the class below), `f` (one digest over the fields"
    yield "of the opening), `n` (how many there are) and `v` (the version of the format). It holds"
    yield "no name, no words and no id of a record; the database refuses a leaf of any other shape."
    yield ""
    yield "The opening holds these fields, each with a salt of its own, so that one can be erased:"
    yield ""
    known = {it.name: inspect.formatannotation(it.type) for it in fields(Entry)} | {"chg": "list"}
    yield from table(
        ["field", "type", "what it is"],
        (
            [name, known[name].rpartition(".")[2].replace("UUID", "id"), about]
            for name, about in OPENING.items()
        ),
    )
    yield "## Acts"
    yield ""
    yield "The class is that of DPA 2018 s.62(1)."
    yield ""
    yield from table(["act", "class"], ([act, it] for act, it in CLASS_62.items()))

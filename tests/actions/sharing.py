"""Agreements in force and packages on their way, brought there by the desk's own acts."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from evenhand.actions import agreements, sharing
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.agreements import PACKED, Field, RecipientKind, Terms
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.refusals import Refused
from evenhand.rules.sharing import Carrier, Wanted
from evenhand.store.people import PersonRow
from evenhand.store.people_statements import StatementRow
from evenhand.store.sharing import DisclosureRow
from evenhand.store.writing import writing
from tests.actions.people import known_person
from tests.builders import ADA, CY, DEE, GUS, KIM, NED, NOW, OLA, SAM, SID, adult, proposal, terms
from tests.journeys import Desk, refused

ONLY_NAME = frozenset({Field.NAME})
REASON = "She is threatened where their officers patrol."


def staffed() -> Desk:
    """A desk on which everyone is there already: a refusal takes nobody away again."""
    desk = Desk()
    for officer in (ADA, CY, GUS, SAM, DEE, OLA, SID, NED):
        desk.by(officer)
    return desk


@contextmanager
def refused_as(code: str) -> Iterator[None]:
    """Expect a refusal by the rule of this code."""
    with refused(Refused) as told:
        yield
    assert told.value.code == code


def in_force(desk: Desk, said: Terms | None = None) -> str:
    """Have Ned propose an agreement and Dee sign it."""
    said = said or terms(review_on=desk.now.date() + timedelta(days=180))
    reference = agreements.propose(said, acting=desk.by(NED))
    agreements.sign(reference, 1, acting=desk.by(DEE))
    return reference


def wanted(person: str, agreement: str, **changes: Any) -> Wanted:
    """Everything that there is of a person, for Kim, printed."""
    row = PersonRow.objects.get(reference=person)
    link = row.links.get(ended_at__isnull=True)
    plain = Wanted(
        agreement=agreement,
        recipient=KIM.ref,
        link=link.id,
        carrier=Carrier.PRINTED,
        fields=terms().fields & PACKED,
        statements=tuple(row.statements.values_list("id", flat=True)),
        checked=True,
        gaps="Where she lives now is not known.",
        reason=REASON,
    )
    return replace(plain, **changes)


def built(desk: Desk, person: str, agreement: str, **changes: Any) -> str:
    return sharing.build(person, wanted(person, agreement, **changes), acting=desk.by(SID))


def digest_of(package: str) -> str:
    return bytes(row(package).digest).hex()


def approved(desk: Desk, package: str) -> str:
    """Have a package proposed and approved by Cy; of a child, by Dee as well."""
    sharing.propose(package, acting=desk.by(SID))
    sharing.approve(package, digest_of(package), "It is needed.", acting=desk.by(CY))
    if row(package).child:
        sharing.approve(package, digest_of(package), "It protects.", acting=desk.by(DEE))
    return package


def released(desk: Desk, person: str, agreement: str, **changes: Any) -> str:
    package = approved(desk, built(desk, person, agreement, **changes))
    sharing.release(package, acting=desk.by(SID))
    return package


def row(package: str) -> DisclosureRow:
    return DisclosureRow.objects.get(reference=package)


MAY_NOT_LEAVE = [
    ("agreement ended", "E-SHR-63"),
    ("agreement expired", "E-SHR-63"),
    ("a field too many", "E-SHR-63"),
    ("another role", "E-SHR-63"),
    ("another recipient", "E-CTR-62"),
    ("a party whose contract is over", "E-CTR-62"),
    ("a party that was taken off its register", "E-CTR-62"),
    ("a closed kind", "E-PUR-09"),
    ("contested", "E-QUAL-16"),
    ("not verified", "E-QUAL-16"),
    ("not checked", "E-QUAL-16"),
    ("no gaps", "E-QUAL-17"),
    ("no key", "E-SHR-63"),
    ("no reason", "E-ADM-46"),
    ("suspected false", "E-HND-20"),
    ("another statement", "E-FIND-01"),
    ("another link", "E-FIND-01"),
]
"""What is wrong with a package, and the rule that keeps it here."""


def soon(desk: Desk) -> date:
    """A review date that is near."""
    return desk.now.date() + timedelta(days=15)


def under(desk: Desk, **changes: Any) -> dict[str, Any]:
    """Want it under another agreement."""
    return {"agreement": in_force(desk, terms(review_on=soon(desk), **changes))}


def later(desk: Desk, days: int) -> None:
    desk.now += timedelta(days=days)


def with_a_lapsed_contract(desk: Desk) -> dict[str, Any]:
    """Have the recipient stand on the register of processors, with a contract that is over."""
    line = "neighbour police; desk@neighbour.example; reads mail; 2020-01-01; 2020-12-31"
    desk.put_in_force(DocumentKind.PROCESSORS, parties=line)
    return {}


def taken_off_its_register(desk: Desk) -> dict[str, Any]:
    """Have the lapsed line of the recipient removed with the next version of the register."""
    with_a_lapsed_contract(desk)
    desk.put_in_force(DocumentKind.PROCESSORS, parties="None")
    return {}


OTHERWISE: Mapping[str, Callable[[Desk], dict[str, Any]]] = {
    "a field too many": lambda desk: under(desk, fields=ONLY_NAME),
    "another role": lambda desk: under(desk, roles=frozenset({PersonRole.SUSPECT})),
    "a closed kind": lambda desk: under(desk, kind=RecipientKind.HOUSING),
    "another recipient": lambda _: {"recipient": uuid4()},
    "a party whose contract is over": with_a_lapsed_contract,
    "a party that was taken off its register": taken_off_its_register,
    "not checked": lambda _: {"checked": False},
    "no gaps": lambda _: {"gaps": ""},
    "no key": lambda _: {"carrier": Carrier.SEALED},
    "no reason": lambda _: {"reason": " "},
    "another statement": lambda _: {"statements": (uuid4(),)},
    "another link": lambda _: {"link": uuid4()},
}
"""What is wanted that may not leave."""
FALSE = {"source": None, "basis": b"-", "grade_of": "other", "grade_source": "2"}
HAPPENED: Mapping[str, Callable[[Desk, str, str], None]] = {
    "agreement ended": lambda desk, _, it: agreements.end(it, acting=desk.by(NED)),
    "agreement expired": lambda desk, _, _it: later(desk, 20),
    "not verified": lambda desk, _, _it: later(desk, 8),
    "contested": lambda _, someone, _it: touched(someone, standing="contested"),
    "suspected false": lambda _, someone, _it: touched(
        someone, kind="assessment", grade_information="E", **FALSE
    ),
}
"""What happens before, so that it may not leave any more."""


def broken(person: str, agreement: str, what: str, desk: Desk) -> dict[str, Any]:
    """Make one thing wrong; give what is wanted nevertheless."""
    if what in HAPPENED:
        HAPPENED[what](desk, person, agreement)
    return OTHERWISE[what](desk) if what in OTHERWISE else {}


def touched(reference: str, **changes: Any) -> None:
    """Change what is stored of a person's statements, as time or a colleague would."""
    with writing() as pen:
        StatementRow.objects.filter(person__reference=reference).update(**changes)
        pen.enter(Entry(act=Act.STATEMENT_ADDED, at=NOW, who=SID.ref))


def case(desk: Desk, what: str, now: datetime) -> tuple[str, Wanted]:
    """Give a person, and what is wanted of them that may not leave at this moment."""
    late = what in {"agreement expired", "not verified"}
    desk.now = now - timedelta(days=20 if late else 1)
    review_on = soon(desk) if what == "agreement expired" else now.date() + timedelta(days=30)
    said = proposal(age=adult(as_at=desk.now.date()))
    someone, agreement = known_person(desk, said=said), in_force(desk, terms(review_on=review_on))
    changes = {} if late else broken(someone, agreement, what, desk)
    return someone, wanted(someone, **{"agreement": agreement, **changes})

"""The record of processing activities, from what the desk holds and has set up now. A05, s.61."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count

from evenhand.queries.assurance import conditions_of, place
from evenhand.rules.agreements import RecipientKind, Transfer
from evenhand.rules.assurance import Claim, Document, DocumentKind, Part, Stage, is_overdue
from evenhand.rules.conditions import Condition, are_stated
from evenhand.rules.officers import Officer, Permission, Role, check_may
from evenhand.rules.parties import Party, lapsed
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.purposes import Purpose
from evenhand.rules.register import BASES, SECTION_35, Basis
from evenhand.rules.register_desk import REGISTER
from evenhand.rules.ropa import Fault, Kept
from evenhand.store.assurance import REGISTERS, DocumentRow, parties_in_force, true_here
from evenhand.store.lawbook import lawbook
from evenhand.store.officers import OfficerRow
from evenhand.store.platforms import SignOffRow
from evenhand.store.records import TABLES, held
from evenhand.store.sharing import AgreementRow


@dataclass(frozen=True, slots=True)
class RecipientOfData:
    """A body that data may go to, with the country and on what a transfer there rests."""

    name: str
    kind: RecipientKind
    country: str
    transfer: Transfer


@dataclass(frozen=True, slots=True)
class DataHeld:
    """Fields of a table that hold personal data for one purpose, on one basis, for one time."""

    table: str
    purpose: str
    basis: Basis
    keep: str
    fields: int


@dataclass(frozen=True, slots=True)
class Ropa:
    """The record as at a day. ``people``: in which parts people may be on record.

    ``request_countries``: where platforms are abroad that the address of content may be sent to.
    ``bases``: how section 35 is met, in words; ``conditions``: those of Schedule 8 that the policy
    document in force relies on. A desk that is not under Part 3 has neither.
    """

    as_at: date
    controller: str
    contact: str
    officers: Sequence[str]
    officers_contact: str
    purposes: Sequence[Purpose]
    people: Sequence[PersonRole]
    data: Sequence[DataHeld]
    bases: Mapping[Basis, str]
    conditions: Sequence[Condition]
    recipients: Sequence[RecipientOfData]
    platforms: Sequence[str]
    request_countries: Sequence[str]
    joint_controllers: Sequence[Party]
    processors: Sequence[Party]
    kept: Sequence[Kept]
    documents: Sequence[Document]
    security: Sequence[Claim]
    faults: Sequence[Fault]


def ropa(*, today: date, officer: Officer) -> Ropa:
    """Give the record of processing activities of this desk, as it is now."""
    check_may(officer, Permission.READ_DOCUMENTS)
    rows = OfficerRow.objects.filter(roles__contains=[Role.DPO], retired_at__isnull=True)
    officers = list(rows.order_by("name").values_list("name", flat=True))
    in_force = DocumentRow.objects.filter(stage=Stage.IN_FORCE).defer(*Part)
    documents = sorted((it.as_fact() for it in in_force), key=lambda it: place(it.kind))
    kept = list(_kept(today))
    platforms = sorted(set(_signed_off()))
    parties = parties_in_force()
    data = list(_data())
    return Ropa(
        as_at=today,
        controller=settings.DESK.name,
        contact=settings.DESK.contact_email,
        officers=officers,
        officers_contact=settings.DESK.dpo_email,
        purposes=list(Purpose),
        people=list(PersonRole),
        data=data,
        bases=_section_35(data),
        conditions=[condition for it in documents for condition in conditions_of(it)],
        recipients=_recipients(),
        platforms=platforms,
        request_countries=_abroad(platforms),
        joint_controllers=parties.get(DocumentKind.JOINT_CONTROLLERS, ()),
        processors=parties.get(DocumentKind.PROCESSORS, ()),
        kept=kept,
        documents=documents,
        security=sorted(true_here() & {Claim.SECOND_FACTOR, Claim.WITNESSED}),
        faults=[
            *_faults(kept, documents, officers, today),
            *_faults_of_parties(documents, parties, today),
        ],
    )


def _data() -> Iterator[DataHeld]:
    personal = ((it.table, it.purpose, it.basis, it.keep) for it in REGISTER if it.personal)
    for line, fields in Counter(personal).items():
        yield DataHeld(*line, fields)


def _section_35(data: Sequence[DataHeld]) -> Mapping[Basis, str]:
    """Say how section 35 is met on a desk that it binds, by what the register of fields says."""
    if not are_stated(DocumentKind.APD, settings.DESK.regime):
        return {}
    found = {it.basis for it in data}
    return {it: BASES[it] for it in SECTION_35 if it in found}


def _recipients() -> list[RecipientOfData]:
    rows = AgreementRow.objects.filter(signed_at__isnull=False, over_at__isnull=True)
    return [
        RecipientOfData(
            it.recipient.name, RecipientKind(it.kind), it.country, Transfer(it.transfer)
        )
        for it in rows.select_related("recipient").order_by("recipient__name", "reference")
    ]


def _signed_off() -> Iterator[str]:
    yield from SignOffRow.objects.filter(ended_at__isnull=True).values_list("platform", flat=True)


def _abroad(platforms: Sequence[str]) -> Sequence[str]:
    known = lawbook().platforms
    home = settings.DESK.country.partition("-")[0]
    return sorted({known[it].country for it in platforms if it in known} - {home})


def _kept(today: date) -> Iterator[Kept]:
    """Count what is past its last day, and of that what a hold keeps."""
    for table in TABLES:
        late = table.objects.filter(max_on__lt=today)
        counted = late.values("schedule").annotate(number=Count("id")).order_by("schedule")
        on_hold = late.filter(held(table, today)).values("schedule")
        held_ = {
            it["schedule"]: it["number"] for it in on_hold.annotate(number=Count("id")).order_by()
        }
        for it in counted:
            code = str(it["schedule"])
            yield Kept(code, it["number"], held_.get(it["schedule"], 0))


def _faults_of_parties(
    documents: Sequence[Document], parties: Mapping[DocumentKind, Sequence[Party]], today: date
) -> Iterator[Fault]:
    found = {it.kind: it for it in documents}
    if any(it not in found or is_overdue(found[it], today=today) for it in REGISTERS):
        yield Fault.REGISTERS_OVERDUE
    if any(lapsed(it, today=today) for it in parties.values()):
        yield Fault.PARTY_LAPSED


def _faults(
    kept: Sequence[Kept], documents: Sequence[Document], officers: Sequence[str], today: date
) -> Iterator[Fault]:
    found = {it.kind: it for it in documents}
    if any(it.without_reason for it in kept):
        yield Fault.KEPT_TOO_LONG
    policy = found.get(DocumentKind.APD)
    if policy is None:
        yield Fault.NO_POLICY
    else:
        if is_overdue(policy, today=today):
            yield Fault.POLICY_OVERDUE
        if are_stated(policy.kind, settings.DESK.regime) and not policy.conditions:
            yield Fault.NO_CONDITION
    if DocumentKind.DPIA not in found:
        yield Fault.NO_ASSESSMENT
    if not officers:
        yield Fault.NO_OFFICER

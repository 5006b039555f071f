"""What a package may be made of now: asked when it is built, approved and handed over."""

from collections.abc import Collection
from datetime import date
from itertools import chain
from uuid import UUID

from django.utils import timezone

from evenhand.rules.agreements import Field, Terms, check_in_date, check_open, named
from evenhand.rules.disposal_duty import check_no_duty
from evenhand.rules.officers import Acting
from evenhand.rules.parties import check_in_force
from evenhand.rules.purposes import OWN, Purpose, check_purpose
from evenhand.rules.referrals import NotFound
from evenhand.rules.sharing import (
    Carrier,
    Wanted,
    all_fields,
    check_carrier,
    check_child,
    check_items,
    check_subject,
    check_vault,
    check_within,
)
from evenhand.rules.words import words
from evenhand.seal.record import RecordKey
from evenhand.store.agreements import agreement_of, in_force, opened_now
from evenhand.store.assurance import parties_in_force, parties_replaced_since
from evenhand.store.packing import Shared, item_of, subject_of
from evenhand.store.people import PersonLinkRow, PersonRow
from evenhand.store.purposes import allowed_for
from evenhand.store.sealing import open_record_key, unsealed
from evenhand.store.sharing import AgreementRow, DisclosureRow


def shared_of(person: PersonRow, link: PersonLinkRow | None, wanted: Collection[UUID]) -> Shared:
    """Give the rows of a package. Raises NotFound for a role or statement that is not theirs."""
    if link is None:
        raise NotFound(
            words("This person has no such role in force."), do=words("Open the record again.")
        )
    rows = {it.id: it for it in link.statements.filter(person=person, id__in=set(wanted))}
    if len(rows) != len(set(wanted)):
        raise NotFound(
            words("A statement is not about this person in this role."),
            do=words("Open the record again."),
        )
    ordered = sorted(rows.values(), key=lambda it: (it.at, it.id))
    return Shared(person, link, open_record_key(person.key), ordered)


def checked(
    shared: Shared, wanted: Wanted, acting: Acting
) -> tuple[AgreementRow, Terms, frozenset[Field]]:
    """Refuse what may not leave; give the agreement, its terms and the fields of the package."""
    today = timezone.localdate(acting.at)
    row = in_force(wanted.agreement)
    terms = check_in_date(agreement_of(row) if row else None, today=today).terms
    assert row  # noqa: S101 - without a row there is no agreement in date
    check_party(row, today=today)
    check_no_duty(shared.person.duty)
    check_purpose(wanted.purpose, allowed_for(shared.person), acting.officer)
    subject = subject_of(shared.person, shared.link)
    check_open(terms.kind, opened_now(), child=subject.child, today=today)
    named(terms, wanted.recipient)
    check_carrier(wanted.carrier, terms)
    items = [item_of(it, consented=bool(wanted.consent)) for it in shared.statements]
    fields = all_fields(wanted.fields, items)
    check_within(fields, subject.role, terms)
    check_vault(fields, subject)
    check_subject(subject, checked=wanted.checked, today=today)
    check_child(subject, wanted.compelling)
    check_items(items, now=acting.at)
    return row, terms, fields


def check_party(row: AgreementRow, *, today: date) -> None:
    """Refuse to give anything to a joint controller or processor that is not listed now. A62."""
    assert row.signed_at  # noqa: S101 - nothing leaves under an agreement that nobody signed
    parties = list(chain.from_iterable(parties_in_force().values()))
    earlier = parties_replaced_since(row.signed_at)
    check_in_force(row.recipient.name, parties, earlier=earlier, today=today)


def checked_again(row: DisclosureRow, key: RecordKey, acting: Acting) -> Terms:
    """Refuse a package that could not be built any more as it was; give the terms."""
    assert row.person  # noqa: S101 - who is erased has no package any more
    assert row.link  # noqa: S101
    shared = shared_of(row.person, row.link, row.statements)
    wanted = Wanted(
        agreement=row.agreement.reference,
        recipient=row.recipient_person,
        link=row.link.id,
        carrier=Carrier(row.carrier),
        fields=frozenset(map(Field, row.fields)),
        statements=tuple(row.statements),
        checked=True,
        gaps="",
        reason="",
        compelling=unsealed(row, key, "compelling"),
        consent=unsealed(row, key, "consent"),
        purpose=Purpose(row.purpose) if row.purpose else OWN,
    )
    agreement, terms, _fields = checked(shared, wanted, acting)
    if agreement.id != row.agreement_id:
        check_in_date(None, today=timezone.localdate(acting.at))
    return terms


def no_such_package() -> NotFound:
    """Refuse a reference that no package has, or one whose person was erased."""
    return NotFound(
        words("There is no such package, or what it was about was erased."),
        do=words("Look at the list of disclosures."),
    )

"""Reads and keeps agreements: the words of each version sealed under a key of its own."""

import json
import secrets
from collections.abc import Sequence
from uuid import UUID, uuid4

from evenhand.rules.agreements import (
    CLOSED,
    Agreement,
    Field,
    NamedPerson,
    Opened,
    RecipientKind,
    Terms,
    Transfer,
)
from evenhand.rules.officers import Acting
from evenhand.rules.parties import folded
from evenhand.rules.people_roles import PersonRole
from evenhand.store.sealing import new_record_key, open_record_key, seal_into, unsealed
from evenhand.store.sharing import AgreementRow, OpenedKindRow, RecipientRow

SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def new_reference(letter: str) -> str:
    """Give a reference that tells nothing: a letter, a dash and 8 random signs."""
    return f"{letter}-{''.join(secrets.choice(SIGNS) for _ in range(8))}"


def terms_of(row: AgreementRow) -> Terms:
    """Open what a version says. Needs its key and recipient."""
    key = open_record_key(row.key)
    people = json.loads(unsealed(row, key, "people"))
    return Terms(
        organisation=row.recipient.name,
        kind=RecipientKind(row.kind),
        country=row.country,
        transfer=Transfer(row.transfer),
        people=tuple(NamedPerson(UUID(it["ref"]), it["name"], it["email"]) for it in people),
        lock=row.lock or "",
        purpose=unsealed(row, key, "purpose"),
        enactment=unsealed(row, key, "enactment"),
        guidance=unsealed(row, key, "guidance"),
        fields=frozenset(map(Field, row.fields)),
        roles=frozenset(map(PersonRole, row.roles)),
        keep_days=row.keep_days,
        recall_days=row.recall_days,
        review_on=row.review_on,
    )


def agreement_of(row: AgreementRow) -> Agreement:
    """Give a version as the rules see one."""
    return Agreement(
        reference=row.reference,
        number=row.number,
        terms=terms_of(row),
        signed=row.signed_at is not None,
        over=row.over_at is not None,
    )


def in_force(reference: str) -> AgreementRow | None:
    """Give the version of an agreement that is in force, past its review or not."""
    rows = AgreementRow.objects.select_related("key", "recipient")
    found = rows.filter(reference=reference.replace("\0", ""), signed_at__isnull=False)
    return found.filter(over_at__isnull=True).first()


def opened_now() -> Sequence[Opened]:
    """Give the leave for closed kinds that was not ended: at most one of each kind."""
    rows = OpenedKindRow.objects.filter(ended_at__isnull=True)[: len(CLOSED)]
    return [
        Opened(RecipientKind(it.kind), it.approved_at is not None, ended=False,
               expires_on=it.expires_on)
        for it in rows
    ]  # fmt: skip


def store(terms: Terms, reference: str, number: int, acting: Acting) -> AgreementRow:
    """Store a new version that waits to be signed. Needs the pen."""
    known = RecipientRow.objects.filter(name=terms.organisation).first()
    recipient = known or RecipientRow(code=new_reference("r").lower(), name=terms.organisation)
    if recipient.folded is None:  # It is new, or from before names were compared.
        recipient.folded = folded(terms.organisation)
        recipient.save()
    ref = uuid4()
    key = new_record_key(ref)
    row = AgreementRow(
        id=ref,
        key_id=ref,
        reference=reference,
        number=number,
        recipient=recipient,
        kind=terms.kind,
        country=terms.country,
        transfer=terms.transfer,
        named=[it.ref for it in terms.people],
        lock=terms.lock or None,
        fields=sorted(terms.fields),
        roles=sorted(terms.roles),
        keep_days=terms.keep_days,
        recall_days=terms.recall_days,
        review_on=terms.review_on,
        proposed_by_id=acting.officer.ref,
        proposed_at=acting.at,
    )
    people = [{"ref": str(it.ref), "name": it.name, "email": it.email} for it in terms.people]
    seal_into(
        row,
        key,
        people=json.dumps(people, ensure_ascii=False),
        purpose=terms.purpose,
        enactment=terms.enactment,
        guidance=terms.guidance,
    )
    row.save(force_insert=True)
    return row

"""Makes receipts of entries from the published tree: anybody can check them without the desk."""

import logging
from collections.abc import Collection
from pathlib import Path
from uuid import UUID

from evenhand.ledger.broken import Broken
from evenhand.ledger.policies import trusting
from evenhand.queries import people, retention, sharing
from evenhand.rules.officers import Acting, Officer, Permission, check_may
from evenhand.rules.receipts import (
    OF_A_PACKAGE,
    OF_A_PERSON,
    OF_THE_PUBLIC,
    SHOWN,
    does_not_hold,
    no_such_entry,
    not_yet,
)
from evenhand.store import proving, sequencing
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.referrals import ReferralRow


def of_entry(reference: str, number: int, *, log: Path, officer: Officer) -> str:
    """Give the receipt of an entry in a referral's history; ``log`` is the folder of the tiles.

    Under the newest checkpoint that enough witnesses cosigned, if that covers it; else under the
    newest that is signed. It is checked as whoever gets it would.
    Raises ReceiptNotYet, ReceiptFalse, NotFound.
    """
    check_may(officer, Permission.READ_HISTORY)
    record = ReferralRow.objects.only("id").named(reference).id
    return of_record(record, number, log, SHOWN)


def of_person(reference: str, number: int, *, log: Path, acting: Acting) -> str:
    """Give the receipt of an entry about a person, once the look at the record is in the log.

    It says on which record and when, and nothing of what was done with it. Raises what ``of_entry``
    does, and LookReasonMissing where no reason was given within ten minutes.
    """
    return of_record(people.looked_at(reference, acting=acting), number, log, OF_A_PERSON)


def of_package(reference: str, number: int, *, log: Path, officer: Officer) -> str:
    """Give the receipt of an entry about a package, to whoever may know of it.

    Raises what ``of_entry`` does.
    """
    return of_record(sharing.record_of(reference, officer=officer), number, log, OF_A_PACKAGE)


def of_disposal(certificate: str, *, log: Path, officer: Officer) -> str:
    """Give the receipt of the disposal that a certificate is of. Raises what ``of_entry`` does."""
    found = retention.certificate(certificate, officer=officer)
    number = proving.entry_of_disposal(found.reference)
    return of_record(found.record, number, log, OF_A_PERSON)


def of_record(record: UUID, number: int, log: Path, shown: Collection[str]) -> str:
    """Give the receipt of an entry about a record, to whoever was let see it.

    Raises what ``of_entry`` does.
    """
    entries = EntryRow.objects.filter(number=number, obj=record, ver__isnull=False)
    if not entries.exists() or not OpeningRow.objects.filter(entry=number).exists():
        raise no_such_entry()
    return _given(number, log, shown)


def of_public_act(table: str, row: UUID, log: Path) -> str:
    """Give the receipt of the act of the public by which a row of a table was made.

    It says which act and when, and no more. Raises ReceiptNotYet, ReceiptFalse.
    """
    number = proving.entry_that_made(table, row)
    if number is None:
        raise does_not_hold()
    return _given(number, log, OF_THE_PUBLIC)


def has_public_act(table: str, row: UUID) -> bool:
    """Say whether the signed log has that act already, so that its receipt is there."""
    number = proving.entry_that_made(table, row)
    return number is not None and number in proving.signed_of([number])


def _given(number: int, log: Path, shown: Collection[str]) -> str:
    """Make a receipt and check it as whoever gets it would. Raises ReceiptNotYet, ReceiptFalse."""
    under = [sequencing.newest_cosigned(), sequencing.newest_checkpoint()]
    try:
        receipt = proving.receipt_of(number, under, folder=log, shown=shown)
        if receipt is not None:
            receipt.check(trusting(*sequencing.known_keys()))
    except (Broken, OSError) as error:
        logging.getLogger(__name__).warning("The receipt of entry %s fails: %s", number, error)
        raise does_not_hold() from error
    if receipt is None:
        raise not_yet()
    return str(receipt)

"""Makes receipts of entries from the published tree: anybody can check them without the desk."""

from pathlib import Path

from evenhand.ledger.files import reader_of
from evenhand.ledger.openings import keeping
from evenhand.ledger.receipts import make_receipt
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.receipts import SHOWN, no_such_entry, not_yet
from evenhand.store import sequencing
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.sequencing import LogIndexRow


def of_entry(reference: str, number: int, *, log: Path, officer: Officer) -> str:
    """Give the receipt of an entry in a referral's history; ``log`` is the folder of the tiles.

    Under the newest checkpoint that enough witnesses cosigned, if that covers it; else under the
    newest that is signed. Raises ReceiptNotYet, EntryNotFound, NotFound.
    """
    check_may(officer, Permission.READ_HISTORY)
    record = ReferralRow.objects.only("id").named(reference).id
    entry = EntryRow.objects.filter(number=number, obj=record, ver__isnull=False).first()
    opening = OpeningRow.objects.filter(entry=number).first()
    if entry is None or opening is None:
        raise no_such_entry()
    place = LogIndexRow.objects.filter(entry=number).first()
    if place is None:
        raise not_yet()
    for checkpoint in (sequencing.newest_cosigned(), sequencing.newest_checkpoint()):
        if checkpoint is not None and place.index < checkpoint.size:
            receipt = make_receipt(
                reader_of(log),
                index=place.index,
                size=checkpoint.size,
                checkpoint=checkpoint.checkpoint,
                leaf=bytes(entry.leaf),
                opening=keeping(opening.fields, SHOWN),
            )
            return str(receipt)
    raise not_yet()

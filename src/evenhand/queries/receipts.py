"""Makes receipts of entries from the published tree: anybody can check them without the desk."""

import logging
from pathlib import Path

from evenhand.ledger.broken import Broken
from evenhand.ledger.policies import trusting
from evenhand.rules.officers import Officer, Permission, check_may
from evenhand.rules.receipts import does_not_hold, no_such_entry, not_yet
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
    entries = EntryRow.objects.filter(number=number, obj=record, ver__isnull=False)
    if not entries.exists() or not OpeningRow.objects.filter(entry=number).exists():
        raise no_such_entry()
    under = [sequencing.newest_cosigned(), sequencing.newest_checkpoint()]
    try:
        receipt = proving.receipt_of(number, under, folder=log)
        if receipt is not None:
            receipt.check(trusting(*sequencing.known_keys()))
    except (Broken, OSError) as error:
        logging.getLogger(__name__).warning("The receipt of entry %s fails: %s", number, error)
        raise does_not_hold() from error
    if receipt is None:
        raise not_yet()
    return str(receipt)

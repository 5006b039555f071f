"""Makes receipts of entries from the published tree, for officers and for messages that go out."""

import logging
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from uuid import UUID

from django.conf import settings

from evenhand.ledger.broken import Broken
from evenhand.ledger.files import reader_of
from evenhand.ledger.openings import keeping
from evenhand.ledger.policies import NONE, parse_policy
from evenhand.ledger.receipts import Receipt, make_receipt
from evenhand.rules.receipts import SHOWN
from evenhand.store import sequencing
from evenhand.store.asking import ask
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.retention import DisposalRow
from evenhand.store.sequencing import LogCheckpointRow, LogIndexRow
from evenhand.store.sharing import DisclosureRow

MADE = (
    "SELECT entry FROM change WHERE row_table = %s AND row_key = %s AND operation = 'I'"
    " ORDER BY number LIMIT 1"
)
PACKAGE = "package"
log = logging.getLogger(__name__)


def is_witnessed() -> bool:
    """Say whether the desk's profile asks for cosignatures of witnesses."""
    return parse_policy(settings.DESK.witness_policy.encode()).quorum != NONE


def receipt_of(
    number: int,
    under: Sequence[LogCheckpointRow | None],
    *,
    folder: Path,
    shown: Collection[str] = SHOWN,
) -> Receipt | None:
    """Make the receipt of an entry under the first of these checkpoints that covers it.

    ``folder`` is that of the tiles, ``shown`` are the fields that it tells. Raises Broken, OSError.
    """
    place = LogIndexRow.objects.filter(entry=number).first()
    opening = OpeningRow.objects.filter(entry=number).select_related("entry").first()
    if place is None or opening is None:
        return None
    for checkpoint in under:
        if checkpoint is not None and place.index < checkpoint.size:
            return make_receipt(
                reader_of(folder),
                index=place.index,
                size=checkpoint.size,
                checkpoint=checkpoint.checkpoint,
                leaf=bytes(opening.entry.leaf),
                opening=keeping(opening.fields, shown),
            )
    return None


def signed_of(entries: Collection[int]) -> Collection[int]:
    """Say which of these entries the newest signed checkpoint covers."""
    newest = sequencing.newest_checkpoint()
    if newest is None or not entries:
        return ()
    covered = LogIndexRow.objects.filter(entry__in=entries, index__lt=newest.size)
    return set(covered.values_list("entry", flat=True))


def cosigned_receipt(notice: UUID) -> str | None:
    """Give the receipt of the entry by which a notice was asked for, once witnesses cosigned it."""
    return _cosigned(_made("notice", notice), SHOWN)


def entry_of_disposal(certificate: str) -> int:
    """Give the number of the entry by which what a certificate is of was disposed of."""
    [number] = _made("disposal", DisposalRow.objects.get(reference=certificate).id)
    return number


def entry_that_made(table: str, row: UUID) -> int | None:
    """Give the number of the entry by which a row was made, if the log's changes name it."""
    return next(iter(_made(table, row)), None)


def _made(table: str, row: UUID) -> list[int]:
    """Give the number of the entry by which a row was made, as the log's changes have it."""
    [numbers] = ask((MADE, [table, str(row)]))
    return [number for (number,) in numbers]


def receipt_of_release(row: DisclosureRow) -> str | None:
    """Give the receipt of a package's release, with the hash of its bytes, once it is cosigned.

    The release is the last thing that happens to a package.
    """
    released = EntryRow.objects.filter(obj=row.id, ver=row.version)
    return _cosigned(released.values_list("number", flat=True), SHOWN | {PACKAGE})


def _cosigned(numbers: Iterable[int], shown: Collection[str]) -> str | None:
    """Give the receipt of an entry under the newest checkpoint that enough witnesses cosigned.

    It is checked as whoever gets it would. One that does not hold counts as none, so that a fault
    of the log holds nothing up.
    """
    cosigned = sequencing.newest_cosigned()
    for number in numbers:
        try:
            made = receipt_of(number, [cosigned], folder=settings.LOG_FOLDER, shown=shown)
            if made is not None:
                made.check(parse_policy(sequencing.own_policy(settings.DESK.witness_policy)))
                return str(made)
        except (Broken, OSError) as error:
            log.warning("No receipt of what leaves can be made: %s", error)
    return None

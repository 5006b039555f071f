"""How a request for information stands, for whoever has its receipt number."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evenhand.queries import receipts
from evenhand.rules.foi import FoiStanding
from evenhand.rules.foi_due import Running, review_until, running
from evenhand.rules.public_doors import plain_number
from evenhand.rules.public_foi import no_such_receipt
from evenhand.seal.blind import What
from evenhand.store.foi import FoiRequestRow
from evenhand.store.lawbook import clocks
from evenhand.store.sealing import blind_index

TABLE = FoiRequestRow._meta.db_table


@dataclass(frozen=True, slots=True)
class FoiReceipt:
    """How a request stands, as whoever holds its receipt number may see it.

    ``review_until``: the last day on which they can ask the desk to look at its reply again.
    """

    number: str
    received_on: date
    standing: FoiStanding
    runs: Running | None
    review_until: date | None
    is_in_the_signed_log: bool


def by_receipt(number: str) -> FoiReceipt:
    """Give how the request with this receipt number stands. Raises NotFound."""
    row = _with_receipt(number)
    signed = receipts.has_public_act(TABLE, row.id)
    fact, law = row.as_fact(), clocks()
    return FoiReceipt(
        number=row.number,
        received_on=row.received_on,
        standing=fact.standing,
        runs=running(fact, law),
        review_until=review_until(fact, law),
        is_in_the_signed_log=signed,
    )


def log_receipt(number: str, *, log: Path) -> str:
    """Give what proves that the log has the request with this receipt number. Raises NotFound."""
    return receipts.of_public_act(TABLE, _with_receipt(number).id, log)


def _with_receipt(number: str) -> FoiRequestRow:
    token = blind_index().token(What.RECEIPT, plain_number(number))
    row = FoiRequestRow.objects.filter(receipt=token).first()
    if row is None:
        raise no_such_receipt()
    return row

"""Where the proof of a released package stands, and the proof to hand over with it."""

from evenhand.queries.sharing import no_such_package
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.receipts import not_yet
from evenhand.store.passage import Passage
from evenhand.store.sharing import DisclosureRow
from evenhand.store.sharing_gate import passage


def passage_of(reference: str, *, acting: Acting) -> Passage:
    """Say how a package passes the gate, to whoever hands packages over. Raises NotFound."""
    check_may(acting.officer, Permission.SHARE)
    row = DisclosureRow.objects.filter(reference=reference.replace("\0", "")).first()
    if row is None:
        raise no_such_package()
    return passage(row, now=acting.at)


def proof_of(reference: str, *, acting: Acting) -> str:
    """Give the proof that a package was released. Raises ReceiptNotYet, NotFound."""
    receipt = passage_of(reference, acting=acting).receipt
    if receipt is None:
        raise not_yet()
    return receipt

"""Receipt numbers of the public doors: made of what one page sent, and never stored as they are."""

from uuid import UUID

from django.utils.crypto import salted_hmac

from evenhand.rules.public_doors import NUMBER_LENGTH, NUMBER_SIGNS
from evenhand.seal.blind import What
from evenhand.store.sealing import blind_index


def named_after(door: str, form: str, said: object) -> tuple[UUID, str]:
    """Give the id of what one page sent and its receipt number, both made of the page and of it.

    Sent again, it has the same. Nobody can work either out who does not hold the desk's secret.
    """
    digest = salted_hmac(f"evenhand.{door}", f"{form}\n{said}", algorithm="sha512").digest()
    return UUID(bytes=digest[:16], version=4), "".join(
        NUMBER_SIGNS[it % len(NUMBER_SIGNS)] for it in digest[16 : 16 + NUMBER_LENGTH]
    )


def kept(number: str) -> bytes:
    """Give what is stored of a receipt number."""
    return blind_index().token(What.RECEIPT, number)


def shown(number: str) -> str:
    """Write a receipt number so that a person can copy it: in four parts of four."""
    return "-".join(number[at : at + 4] for at in range(0, NUMBER_LENGTH, 4))

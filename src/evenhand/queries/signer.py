"""Whether the log's signer answers. It needs no tables."""

from django.conf import settings

from evenhand.ledger.broken import Broken
from evenhand.transports.signer import keys_of


def signer_fault() -> str:
    """Say why the log's signer does not sign; nothing where it answers."""
    try:
        keys_of(settings.SIGNER)
    except Broken as error:
        return str(error)
    return ""

"""Who carries a notice out of the desk: the mail; or, for invented referrals, nobody."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from evenhand.store.jobs import ask_to_send
from evenhand.transports import email


class HandOver(Protocol):
    """Hands the exact bytes to a server. Raises ``email.NotAccepted``."""

    def __call__(self, message: bytes, *, sender: str, recipient: str, server: str) -> None:
        """Hand one message over."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """How a notice leaves: ``ask`` has it fetched later, ``hand_over`` gives it away.

    ``synthetic``: it leaves only in name, and the log says so and names no recipient.
    """

    ask: Callable[[UUID], None]
    hand_over: HandOver
    synthetic: bool = False


def _nothing_asked(notice: UUID) -> None:
    """Ask nobody: whoever made the notice hands it over as well."""


def _kept_here(message: bytes, *, sender: str, recipient: str, server: str) -> None:
    """Take a message and keep it on the desk."""


def _sent_back(message: bytes, *, sender: str, recipient: str, server: str) -> None:
    raise email.NotAccepted("synthetic", for_good=True)


MAIL = Carrier(ask=ask_to_send, hand_over=email.hand_over)
"""The worker fetches a notice and gives it to the mail server."""
MAIL_NOW = Carrier(ask=_nothing_asked, hand_over=email.hand_over)
"""As MAIL, but given to the mail server by whoever made it, at once."""
NOBODY = Carrier(ask=_nothing_asked, hand_over=_kept_here, synthetic=True)
"""For invented referrals: counts as accepted, and goes nowhere."""
NOBODY_HOME = Carrier(ask=_nothing_asked, hand_over=_sent_back, synthetic=True)
"""For invented referrals: counts as refused for good, and goes nowhere."""

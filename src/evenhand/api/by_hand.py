"""Reads what a call says of a form that a person filled in and sent."""

from evenhand.api.bodies import Sending
from evenhand.api.problems import FieldUnknown
from evenhand.api.reading import field_missing
from evenhand.rules.notices import Transport, TransportUnknown
from evenhand.rules.refusals import raise_all
from evenhand.rules.sheets import ByHand
from evenhand.rules.texts import SHORT
from evenhand.rules.words import words

NEEDED = ("sent_at", "sent_as_shown", "witness", "witness_initials")
ONLY_BY_HAND = (*NEEDED, "changed", "their_reference", "sheet")


def by_hand(sent: Sending) -> ByHand | None:
    """Give what was sent by hand, or None for another channel, which takes none of this."""
    if sent.transport != Transport.PORTAL:
        given = [it for it in ONLY_BY_HAND if getattr(sent, it) not in (None, "")]
        raise_all(
            FieldUnknown(
                words("Only a notice by portal has this field."),
                do=words("Leave it out, or send transport “portal”."),
                at=name,
            )
            for name in given
        )
        return None
    raise_all(field_missing(it) for it in NEEDED if getattr(sent, it) in (None, ""))
    if sent.sent_at is None:
        raise AssertionError("A field that is missing is a fault.")
    return ByHand(
        sent_at=sent.sent_at,
        as_shown=bool(sent.sent_as_shown),
        changed=sent.changed,
        their_reference=sent.their_reference,
        witness=sent.witness,
        initials=sent.witness_initials,
        sheet=sent.sheet or None,
    )


def check_transport(transport: str) -> None:
    """Refuse a channel that no reminder goes by."""
    if transport not in list(Transport):
        raise TransportUnknown(
            words("No reminder goes by “{transport}”."),
            do=words("Use {channels}."),
            at="transport",
            transport=transport[:SHORT],
            channels=", ".join(Transport),
        )

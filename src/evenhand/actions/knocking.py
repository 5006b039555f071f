"""How often a public door was used within the hour: counted by a keyed hash, and forgotten. No log.

Nobody is tracked: the hash is of the place on the network and the day, under a key of the desk's,
and is deleted an hour later.
"""

import ipaddress
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac

from evenhand.rules.public_doors import LIMITS, WINDOW, Door, check_not_busy
from evenhand.store.machinery import KnockRow
from evenhand.store.trips import send

LOCK = "SELECT pg_advisory_xact_lock(hashtext('knock'), hashtext(%s))"
NETWORK_OF_A_HOME = 64
"""Whoever has one address of version 6 has all that begin with the same 64 bits."""


def knock(door: Door, place: str | UUID, *, at: datetime) -> None:
    """Count one use of a door from a place on the network, or with a token. Raises DoorBusy.

    A transaction of its own, so that what the door refuses afterwards counts as well.
    """
    with transaction.atomic():
        send(LOCK, [door])
        forget_knocks(now=at)
        caller = _hash_of(place, at)
        lately = KnockRow.objects.filter(door=door, at__gt=at - WINDOW)
        most = LIMITS[door].together
        check_not_busy(
            door,
            from_one_place=lately.filter(caller=caller).count(),
            together=lately[:most].count(),
        )
        KnockRow.objects.create(door=door, caller=caller, at=at)


def forget_knocks(*, now: datetime) -> None:
    """Delete what is older than an hour, and what a clock that ran ahead has dated later."""
    KnockRow.objects.exclude(at__gt=now - WINDOW, at__lte=now + WINDOW).delete()


def _hash_of(place: str | UUID, at: datetime) -> bytes:
    """Hash a place on the network, or a token's id, under the desk's key, and anew each day."""
    if isinstance(place, str):
        address = ipaddress.ip_address(place.partition("%")[0])
        if address.version == 6:
            network = ipaddress.ip_network((address, NETWORK_OF_A_HOME), strict=False)
            place = str(network.network_address)
    return salted_hmac("evenhand.door", f"{at:%Y-%m-%d} {place}", algorithm="sha256").digest()

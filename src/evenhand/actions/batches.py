"""Logging up to 50 addresses in one go: each is recognised or refused, and logged, by itself."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from django.db import transaction

from evenhand.actions import intake_refused, same_content
from evenhand.actions.referrals import Continuing, log
from evenhand.rules.content import Content, PrivatePlace, identify_one
from evenhand.rules.intake import Intake, check_intake, check_not_repeated
from evenhand.rules.officers import Acting, Permission, check_may
from evenhand.rules.refusals import Refused


@dataclass(frozen=True, slots=True)
class Listed:
    """An address of a batch, and what the officer says to the questions that it raises."""

    address: str
    continuing: Continuing
    authorisation: str = ""


def recognise(
    addresses: Mapping[int, str], *, counted: Collection[str] = (), acting: Acting, key: str = ""
) -> dict[int, Content | Refused]:
    """Say of each numbered address which content it leads to, or why it is refused.

    A private place is only counted (A72), once: ``counted`` names the addresses that were
    recognised before, ``key`` the request that may come again.
    """
    check_may(acting.officer, Permission.LOG)
    known = set(counted)
    first: dict[str, int] = {}
    found: dict[int, Content | Refused] = {}
    for number, address in addresses.items():
        try:
            found[number] = content = identify_one(address)
            check_not_repeated(number, first.setdefault(content.same_content_key, number))
        except PrivatePlace as refused:
            if address not in known:
                again = key and f"{key} {number}"
                intake_refused.count(refused, acting=acting, key=again)
            known.add(address)
            found[number] = refused
        except Refused as refused:
            found[number] = refused
    return found


def log_each(listed: Sequence[Listed], intake: Intake, *, acting: Acting) -> list[str | Refused]:
    """Log each address as a referral; give its reference, or why it alone was refused.

    Refused whole only for what is said of all of them.
    """
    check_intake(intake, now=acting.at)
    with transaction.atomic():
        addresses = {number: it.address for number, it in enumerate(listed, 1)}
        recognised = list(recognise(addresses, acting=acting).values())
        contents = [it for it in recognised if isinstance(it, Content)]
        tokens = [same_content.tokens_of(it) for it in contents]
        same_content.lock(chain.from_iterable(tokens))
        return [
            it if isinstance(it, Refused) else _logged(it, one, intake, acting)
            for one, it in zip(listed, recognised, strict=True)
        ]


def _logged(content: Content, one: Listed, intake: Intake, acting: Acting) -> str | Refused:
    try:
        with transaction.atomic():
            return log(
                content,
                one.address,
                intake,
                continuing=one.continuing,
                authorisation=one.authorisation,
                acting=acting,
            )
    except Refused as refused:
        return refused

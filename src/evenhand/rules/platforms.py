"""What a desk itself keeps of a platform: ways to reach it, its form, its policies, chase times."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from itertools import pairwise

from evenhand.rules.harms import Harm
from evenhand.rules.lawbook import Channel, FormField, Platform, Policy
from evenhand.rules.notice_forms import FILES
from evenhand.rules.notices import CONTACT, FORM_ADDRESS, PLATFORM, Transport
from evenhand.rules.profile import LIMITS
from evenhand.rules.refusals import Kind, Refused, raise_all
from evenhand.rules.texts import SHORT, check_given, check_text
from evenhand.rules.words import words

COUNTRY = re.compile(r"[A-Z]{2}")
MOST_FIELDS = 40
MOST_POLICIES = 200
LONGEST_FIELD = 100_000
CHASE_TIMES = ("first_chase_days", "chase_gap_days")


@dataclass(frozen=True, slots=True)
class Kept:
    """A version of what is kept of a platform. ``made_by`` is empty for the law data itself."""

    number: int
    platform: Platform
    made_by: str = ""
    made_at: datetime | None = None


class PlatformWrong(Refused):
    """What a desk keeps of a platform can be used: addresses, times, dated policies, a form."""

    code = "E-PLAT-01"
    clause = words("Rule of this desk: what is cited has its version and date")


class PlatformChanged(Refused):
    """A change of a platform is made on the version that its author saw."""

    code = "E-PLAT-02"
    clause = words("Rule of this desk: nobody overwrites a colleague unseen")
    kind = Kind.CONFLICT


class PlatformKnown(Refused):
    """A platform is added once, under the host name that stands on its referrals."""

    code = "E-PLAT-03"
    kind = Kind.CONFLICT


def check_seen(seen: int, now: int) -> None:
    """Refuse a change that was made on an older version than the current one."""
    if seen != now:
        raise PlatformChanged(
            words("A colleague saved version {now} while you worked on version {seen}."),
            do=words("See what they changed, correct your answers and save them again."),
            now=str(now),
            seen=str(seen),
        )


def check_can_add(platform: Platform, known: Collection[str]) -> None:
    """Refuse to add a platform that is known, or under a code that no referral could carry."""
    if platform.code in known:
        raise PlatformKnown(
            words("This desk knows this platform already."),
            do=words("Open it in the list and change it there."),
            at="code",
        )
    if not ("." in platform.code and PLATFORM.fullmatch(platform.code)):
        raise PlatformWrong(
            words("This is not a host name in small letters."),
            do=words("Copy it from a referral of that site, such as videos.example."),
            at="code",
        )


def harms_of_policies(harms: Mapping[str, Harm]) -> list[str]:
    """Name the harms that a policy may be kept for: those that a platform may be asked about."""
    return [code for code, it in harms.items() if it.provisions and not it.statutory_route_only]


def check_platform(platform: Platform, *, harms: Mapping[str, Harm]) -> None:
    """Refuse what could not be used, every fault at once, each at its question."""
    raise_all(
        [
            *_text_faults(platform),
            *_channel_faults(platform),
            *_time_faults(platform),
            *_form_faults(platform),
            *_policy_faults(platform.policies, harms_of_policies(harms)),
        ]
    )


def with_address(platform: Platform, kind: Transport, address: str) -> Platform:
    """Give a platform with another address of one way to reach it, a new way if need be."""
    channel = platform.channel(kind)
    if channel is None:
        return _with_channel(platform, own_channel(kind, address)) if address else platform
    return _with_channel(platform, replace(channel, address=address))


def with_forms_taken(platform: Platform, taken: Collection[str]) -> Platform:
    """Give a platform that takes these forms of notice by e-mail besides plain text."""
    channel = platform.channel(Transport.EMAIL)
    if channel is None and not taken:
        return platform
    forms = tuple(it for it in FILES if it in taken)
    channel = channel or own_channel(Transport.EMAIL, "")
    return _with_channel(platform, replace(channel, takes=forms))


def with_form(platform: Platform, fields: tuple[FormField, ...], *, verified: bool) -> Platform:
    """Give a platform with other fields of its form."""
    channel = platform.channel(Transport.PORTAL) or own_channel(Transport.PORTAL, "")
    changed = replace(channel, fields=fields, fields_verified=verified and bool(fields))
    return _with_channel(platform, changed)


def own_channel(kind: Transport, address: str) -> Channel:
    """Make a way to reach a platform that the law data does not name."""
    return Channel(
        kind=kind,
        description=words("Entered by this desk."),
        address=address,
        verified=False,
        source=words("This desk"),
    )


def _with_channel(platform: Platform, channel: Channel) -> Platform:
    others = [it for it in platform.channels if it.kind is not channel.kind]
    ordered = sorted([*others, channel], key=lambda it: it.kind)
    return replace(platform, channels=tuple(ordered))


def placed_at(kind: Transport) -> str:
    """Name the question that asks for the address of a way to reach a platform."""
    return "form_address" if kind is Transport.PORTAL else "contact"


def as_document(platform: Platform) -> dict[str, object]:
    """Write a platform as the law data's files would have it; chase times stand beside it."""
    document: dict[str, object] = asdict(platform)
    for name in CHASE_TIMES:
        del document[name]
    if not platform.emergency:
        del document["emergency"]
    document["channel"] = [_channel_document(it) for it in platform.channels]
    document["policy"] = [_without_nothing(asdict(it)) for it in platform.policies]
    del document["channels"], document["policies"]
    return document


def _channel_document(channel: Channel) -> dict[str, object]:
    document = {**asdict(channel), "field": [asdict(it) for it in channel.fields]}
    del document["fields"]
    left = {"address": "", "takes": ()}
    return {key: it for key, it in document.items() if left.get(key) != it}


def _without_nothing(document: dict[str, object]) -> dict[str, object]:
    return {key: it for key, it in document.items() if it is not None}


def _text_faults(platform: Platform) -> Iterator[Refused]:
    for name in ("name", "provider"):
        yield from _refusal(partial(check_given, getattr(platform, name), at=name, most=SHORT))
    yield from _refusal(partial(check_text, platform.emergency, at="emergency", most=SHORT))
    if not COUNTRY.fullmatch(platform.country):
        yield PlatformWrong(
            words("The country is not a code of two capital letters."),
            do=words("Write GB, US or IE, as in ISO 3166-1."),
            at="country",
        )


def _channel_faults(platform: Platform) -> Iterator[Refused]:
    for channel in platform.channels:
        at = placed_at(channel.kind)
        yield from _refusal(partial(check_text, channel.description, at="description", most=SHORT))
        if not channel.address:
            continue
        if channel.kind is Transport.EMAIL and not CONTACT.fullmatch(channel.address):
            yield PlatformWrong(
                words("The address for notices is not an e-mail address."),
                do=words("Enter an address such as reports@platform.example, or leave it empty."),
                at=at,
            )
        if channel.kind is Transport.PORTAL and not FORM_ADDRESS.fullmatch(channel.address):
            yield PlatformWrong(
                words("The form’s address is not a web address that begins with https://."),
                do=words("Copy it from the browser’s address bar, or leave it empty."),
                at=at,
            )


def _time_faults(platform: Platform) -> Iterator[Refused]:
    for name in CHASE_TIMES:
        days: int | None = getattr(platform, name)
        least, most = LIMITS[name]
        if days is not None and not least <= days <= most:
            yield PlatformWrong(
                words("A chase time is from {least} to {most} days."),
                do=words("Enter such a number, or leave it empty for the desk’s own time."),
                at=name,
                least=str(least),
                most=str(most),
            )


def _form_faults(platform: Platform) -> Iterator[Refused]:
    portal = platform.channel(Transport.PORTAL)
    fields = portal.fields if portal else ()
    if len(fields) > MOST_FIELDS:
        yield PlatformWrong(
            words("A form has at most {most} fields here."),
            do=words("Leave out those that you never fill."),
            most=str(MOST_FIELDS),
        )
    for number, field in enumerate(fields):
        yield from _field_faults(number, field)


def _field_faults(number: int, field: FormField) -> Iterator[Refused]:
    yield from _refusal(partial(check_given, field.label, at=f"label_{number}", most=SHORT))
    if len(field.label.splitlines()) > 1:
        yield PlatformWrong(
            words("A label is one line."),
            do=words("Write it on one line."),
            at=f"label_{number}",
        )
    if not 0 <= field.longest <= LONGEST_FIELD:
        yield PlatformWrong(
            words("The longest text is a number of characters up to {most}."),
            do=words("Leave it empty if the form names none."),
            at=f"longest_{number}",
            most=f"{LONGEST_FIELD:,}",
        )


def _policy_faults(policies: Collection[Policy], harms: Collection[str]) -> Iterator[Refused]:
    if len(policies) > MOST_POLICIES:
        yield PlatformWrong(
            words("A platform has at most {most} policies here, old versions counted."),
            do=words("Take out versions that nobody needs to cite any more."),
            most=str(MOST_POLICIES),
        )
    versions: dict[str, list[Policy]] = {}
    for policy in policies:
        versions.setdefault(policy.code, []).append(policy)
        yield from _one_policy_faults(policy, harms)
    for rows in versions.values():
        for older, newer in pairwise(rows):
            yield from _order_faults(older, newer)


def _one_policy_faults(policy: Policy, harms: Collection[str]) -> Iterator[Refused]:
    yield from _refusal(partial(check_given, policy.title, at="title", most=SHORT))
    yield from _refusal(partial(check_given, policy.clause, at="clause"))
    yield from _refusal(partial(check_given, policy.version, at="version", most=SHORT))
    if not policy.harms or not set(policy.harms) <= set(harms):
        yield PlatformWrong(
            words("A policy speaks of at least one harm of the list."),
            do=words("Tick the harms that it speaks of."),
            at="harms",
        )
    if policy.verified and policy.in_force_from is None:
        yield PlatformWrong(
            words("A policy that was verified has the date from which it applies."),
            do=words("Enter the date, or leave the policy not verified."),
            at="in_force_from",
        )


def _order_faults(older: Policy, newer: Policy) -> Iterator[Refused]:
    if older.version == newer.version:
        yield PlatformWrong(
            words("This policy has a version with this name already."),
            do=words("Correct that version, or give the new one its own name."),
            at="version",
        )
    elif older.in_force_from is None or newer.in_force_from is None:
        yield PlatformWrong(
            words("Where a policy has several versions, each needs its date."),
            do=words("Enter the date from which each of them applies."),
            at="in_force_from",
        )
    elif newer.in_force_from <= older.in_force_from:
        yield PlatformWrong(
            words("A new version applies from a later day than the one before it."),
            do=words("Look up from which day the platform says that it applies."),
            at="in_force_from",
        )


def _refusal(check: Callable[[], None]) -> Iterator[Refused]:
    try:
        check()
    except Refused as refused:
        yield refused

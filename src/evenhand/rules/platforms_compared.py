"""What changed between two versions of what a desk keeps of a platform."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from evenhand.rules.lawbook import Platform, Policy


class Part(StrEnum):
    """A part of what is kept of a platform, as versions are compared."""

    NAME = "name"
    PROVIDER = "provider"
    COUNTRY = "country"
    CHANNEL = "channel"
    ADDRESS = "address"
    EMERGENCY = "emergency"
    TAKES = "takes"
    FIRST_CHASE_DAYS = "first_chase_days"
    CHASE_GAP_DAYS = "chase_gap_days"
    FORM_VERIFIED = "form_verified"
    FIELD_LABEL = "field_label"
    FIELD_FILLS = "field_fills"
    FIELD_LONGEST = "field_longest"
    POLICY_TITLE = "policy_title"
    POLICY_CLAUSE = "policy_clause"
    POLICY_HARMS = "policy_harms"
    POLICY_FROM = "policy_from"
    POLICY_VERIFIED = "policy_verified"
    POLICY_SOURCE = "policy_source"


@dataclass(frozen=True, slots=True)
class Difference:
    """One part that differs; ``about`` names the channel, field or policy. None: not there."""

    part: Part
    about: str
    before: str | None
    after: str | None


def differences(older: Platform, newer: Platform) -> list[Difference]:
    """Say what the newer version has otherwise than the older one, in their order."""
    before, after = dict(_parts(older)), dict(_parts(newer))
    places = [*before, *(place for place in after if place not in before)]
    return [
        Difference(*place, before.get(place), after.get(place))
        for place in places
        if before.get(place) != after.get(place)
    ]


def _parts(platform: Platform) -> Iterator[tuple[tuple[Part, str], str]]:
    yield (Part.NAME, ""), platform.name
    yield (Part.PROVIDER, ""), platform.provider
    yield (Part.COUNTRY, ""), platform.country
    yield (Part.EMERGENCY, ""), platform.emergency
    yield (Part.FIRST_CHASE_DAYS, ""), _number(platform.first_chase_days)
    yield (Part.CHASE_GAP_DAYS, ""), _number(platform.chase_gap_days)
    for channel in platform.channels:
        yield (Part.CHANNEL, channel.kind), channel.description
        yield (Part.ADDRESS, channel.kind), channel.address
        if channel.takes:
            yield (Part.TAKES, ""), ", ".join(channel.takes)
        if channel.fields:
            yield (Part.FORM_VERIFIED, ""), _yes(channel.fields_verified)
        for number, field in enumerate(channel.fields, 1):
            yield (Part.FIELD_LABEL, str(number)), field.label
            yield (Part.FIELD_FILLS, str(number)), field.fills
            yield (Part.FIELD_LONGEST, str(number)), _number(field.longest or None)
    for policy in platform.policies:
        yield from _policy_parts(policy)


def _policy_parts(policy: Policy) -> Iterator[tuple[tuple[Part, str], str]]:
    about = f"{policy.code} {policy.version}"
    since = policy.in_force_from
    yield (Part.POLICY_TITLE, about), policy.title
    yield (Part.POLICY_CLAUSE, about), policy.clause
    yield (Part.POLICY_HARMS, about), ", ".join(policy.harms)
    yield (Part.POLICY_FROM, about), since.isoformat() if since else ""
    yield (Part.POLICY_VERIFIED, about), _yes(policy.verified)
    yield (Part.POLICY_SOURCE, about), policy.source


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _yes(verified: bool) -> str:
    return "yes" if verified else "no"

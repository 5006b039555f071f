"""The law data of a desk: harms, provisions of law, platforms and their policies.

All of it only suggests. What an officer enters is kept as entered, known here or not.
It is read from its files by ``lawbook_reading``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from evenhand.rules.harms import Harm, UnknownHarm
from evenhand.rules.notice_forms import NoticeForm
from evenhand.rules.notices import Transport
from evenhand.rules.words import words

__all__ = [
    "Channel",
    "Edition",
    "Fill",
    "FormField",
    "Harm",
    "Jurisdiction",
    "LawDataWrong",
    "Lawbook",
    "Platform",
    "Policy",
    "Provision",
]


class LawDataWrong(ValueError):
    """The law data cannot be used; ``faults`` lists everything wrong with it, with its place."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """Which version of a file of law data this is, and since when."""

    version: int
    in_force_from: date


class Jurisdiction(StrEnum):
    """Where a provision of law is cited for; it may reach further."""

    UK = "UK"
    GREAT_BRITAIN = "Great Britain"
    ENGLAND_AND_WALES = "England and Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"


@dataclass(frozen=True, kw_only=True, slots=True)
class Provision:
    """A provision of law. ``priority`` is where the Online Safety Act lists it, if it does."""

    code: str
    title: str
    description: str
    jurisdiction: Jurisdiction
    in_force_from: date | None
    priority: str
    priority_from: date | None
    verified: bool
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Policy:
    """One version of one policy of a platform, summed up in our own words."""

    code: str
    title: str
    clause: str
    harms: tuple[str, ...]
    version: str
    in_force_from: date | None
    verified: bool
    source: str


class Fill(StrEnum):
    """What of a notice goes into a field of a platform's form."""

    ADDRESS = "address"
    CONTENT_ID = "content_id"
    REFERENCE = "reference"
    HARM = "harm"
    THEIR_HARM = "their_harm"
    SEEN = "seen"
    EVIDENCE = "evidence"
    LAW = "law"
    LAW_WHY = "law_why"
    POLICY = "policy"
    POLICY_VERSION = "policy_version"
    POLICY_WHY = "policy_why"
    EXPLANATION = "explanation"
    DESK = "desk"
    CONTACT = "contact"
    DECLARATION = "declaration"


@dataclass(frozen=True, kw_only=True, slots=True)
class FormField:
    """A field of a platform's form: its label there, what fills it, its longest text (0: any)."""

    label: str
    fills: Fill
    longest: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Channel:
    """How notices reach a platform. Only a fictional platform's address is law data.

    ``fields`` are those of its form, in their order there; ``fields_verified`` says whether
    somebody compared them with the form itself. ``takes`` names the forms of notice that it takes
    by e-mail besides plain text.
    """

    kind: Transport
    description: str
    address: str
    verified: bool
    source: str
    fields: tuple[FormField, ...] = ()
    fields_verified: bool = False
    takes: tuple[NoticeForm, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Platform:
    """A platform, who provides it and from where, and what its policies say.

    ``emergency``: how police ask it for help when a life is at risk, where that is known.
    ``first_chase_days`` and ``chase_gap_days`` stand in place of the desk's own times, where given.
    """

    code: str
    name: str
    provider: str
    country: str
    hosts: tuple[str, ...]
    fictional: bool
    verified: bool
    source: str
    channels: tuple[Channel, ...]
    policies: tuple[Policy, ...]
    emergency: str = ""
    first_chase_days: int | None = None
    chase_gap_days: int | None = None

    def channel(self, kind: Transport) -> Channel | None:
        """Find a way to reach the platform, where there is such a way."""
        return next((it for it in self.channels if it.kind is kind), None)

    def policies_on(self, day: date) -> tuple[Policy, ...]:
        """Give the policies of that day, each in its newest version; an undated one always."""
        newest: dict[str, Policy] = {}
        for policy in self.policies:
            if policy.in_force_from is None or policy.in_force_from <= day:
                newest[policy.code] = policy
        return tuple(newest.values())

    def policies_for(self, harm: Harm, *, on: date) -> tuple[Policy, ...]:
        """Suggest the policies of that day that speak of a harm; X1 may rest on any of them."""
        found = self.policies_on(on)
        return tuple(it for it in found if harm.terms_only or harm.code in it.harms)


@dataclass(frozen=True, kw_only=True, slots=True)
class Lawbook:
    """All law data, by code, in the order of the files."""

    harms_edition: Edition
    provisions_edition: Edition
    platforms_edition: Edition
    harms: Mapping[str, Harm]
    provisions: Mapping[str, Provision]
    platforms: Mapping[str, Platform]

    def harm(self, code: str) -> Harm:
        """Find a harm, or refuse: the taxonomy is closed."""
        if code not in self.harms:
            raise UnknownHarm(
                words("There is no harm with the code {harm}."),
                do=words("Choose a harm from the list."),
                at="harm",
                harm=code,
            )
        return self.harms[code]

    def provision(self, code: str) -> Provision | None:
        """Find a provision of law, where the law data knows it."""
        return self.provisions.get(code)

    def platform(self, code: str) -> Platform | None:
        """Find a platform, where the law data knows it."""
        return self.platforms.get(code)

    def platform_at(self, host: str) -> Platform | None:
        """Find the platform that lives on a host, where the law data names its hosts."""
        return next((it for it in self.platforms.values() if host in it.hosts), None)

    def with_platform(self, platform: Platform) -> "Lawbook":
        """Give the law data with what a desk itself knows of one platform."""
        return replace(self, platforms={**self.platforms, platform.code: platform})

    def provisions_for(self, harm: Harm) -> tuple[Provision, ...]:
        """Suggest the offences that a harm may amount to."""
        return tuple(self.provisions[code] for code in harm.provisions)

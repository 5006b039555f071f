"""What the law data suggests for a harm on a platform. The officer's text is what counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.utils.translation import gettext as _

from evenhand.rules.assessments import Assessment
from evenhand.rules.harms import Harm
from evenhand.rules.lawbook import Lawbook, Policy, Provision
from evenhand.web.forms import Option


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Provisions of law and policies of the platform that speak of a harm."""

    provisions: Sequence[Provision]
    policies: Sequence[Policy]

    @classmethod
    def of(cls, book: Lawbook, harm: Harm, platform: str, *, today: date) -> Self:
        """Find what to suggest; nothing for a platform that the law data does not know."""
        known = book.platform(platform)
        policies = known.policies_for(harm, on=today) if known else ()
        return cls(book.provisions_for(harm), policies)

    @property
    def provision_options(self) -> list[Option]:
        """Offer the provisions."""
        return [Option(it.code, it.title, _provision_hint(it)) for it in self.provisions]

    @property
    def policy_options(self) -> list[Option]:
        """Offer the policies."""
        return [Option(it.code, it.title, _policy_hint(it)) for it in self.policies]

    def provision_text(self, chosen: Sequence[str], own: str) -> str:
        """Put the chosen provisions and the officer's own words together, a line each."""
        lines = [it.title for it in self.provisions if it.code in chosen]
        return "\n".join([*lines, own] if own.strip() else lines)

    def policy_text(self, chosen: str, own: str) -> str:
        """Put the chosen policy's name above the quotation; without one there is nothing to send.

        What the law data says of a policy is in our words, and never passes for the platform's.
        """
        found = self._policy(chosen)
        if found is None or not own.strip() or own.startswith(f"{found.title}\n"):
            return own
        return f"{found.title}\n{own}"

    def policy_version(self, chosen: str, own: str) -> str:
        """Give the officer's own words, or else the chosen policy's version if it is verified."""
        found = self._policy(chosen)
        return found.version if found and found.verified and not own.strip() else own

    def _policy(self, code: str) -> Policy | None:
        return next((it for it in self.policies if it.code == code), None)


def unverified(assessment: Assessment, platform: str, book: Lawbook) -> list[str]:
    """Name the answers that cite what the law data does not know, or has not verified."""
    laws = {it.title for it in book.provisions.values() if it.verified}
    known = book.platform(platform)
    verified = {
        "provision": laws,
        "policy_clause": {
            text
            for it in (known.policies if known else ())
            if it.verified
            for text in (it.title, it.clause)
        },
    }
    return [
        name
        for name, known_texts in verified.items()
        if not known_texts.issuperset(_lines(getattr(assessment, name)))
    ]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _provision_hint(provision: Provision) -> str:
    text = f"{_(provision.description)} {_(provision.jurisdiction)}."
    return text if provision.verified else f"{text} {_('Not verified.')}"


def _policy_hint(policy: Policy) -> str:
    version = _("Version: %(version)s.") % {"version": policy.version}
    text = f"{_(policy.clause)} {version}"
    return text if policy.verified else f"{text} {_('Not verified.')}"

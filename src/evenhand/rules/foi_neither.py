"""A part that is neither confirmed nor denied, where to say that it is held would tell too much.

The sections are written from memory, and nobody has yet read them in the Act.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from evenhand.rules.foi_exemptions import ExemptionKind
from evenhand.rules.foi_parts import ExemptionNotApt, Part, incomplete
from evenhand.rules.foi_registers import HeldIn
from evenhand.rules.refusals import Refused, raise_all
from evenhand.rules.texts import check_text, says_no_word
from evenhand.rules.words import words


class Neither(StrEnum):
    """A subsection that relieves the desk of saying whether it holds something. FOIA 2000."""

    SECURITY_BODIES = "23(5)"
    NATIONAL_SECURITY = "24(2)"
    INVESTIGATIONS = "30(3)"
    LAW_ENFORCEMENT = "31(3)"
    SAFETY = "38(2)"
    OWN_DATA = "40(5A)"
    PERSONAL = "40(5B)"
    CONFIDENCE = "41(2)"


KINDS: Mapping[Neither, ExemptionKind] = {
    Neither.SECURITY_BODIES: ExemptionKind.ABSOLUTE,
    Neither.NATIONAL_SECURITY: ExemptionKind.QUALIFIED,
    Neither.INVESTIGATIONS: ExemptionKind.QUALIFIED,
    Neither.LAW_ENFORCEMENT: ExemptionKind.QUALIFIED,
    Neither.SAFETY: ExemptionKind.QUALIFIED,
    Neither.OWN_DATA: ExemptionKind.ABSOLUTE,
    Neither.PERSONAL: ExemptionKind.ABSOLUTE,
    Neither.CONFIDENCE: ExemptionKind.ABSOLUTE,
}
"""Where the public interest is weighed, and where it is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Denying:
    """On which subsection somebody relies, and why. None of the reasons leaves the desk."""

    section: Neither
    why: str
    public_interest: str = ""


def check_neither(part: Part, said: Denying) -> None:
    """Refuse to neither confirm nor deny without reasons, or what the desk says openly."""
    if part.is_of_the_library or part.held_in not in {None, HeldIn.NONE}:
        raise ExemptionNotApt(
            words("That the desk holds this is public: its counts and registers say so."),
            do=words("Answer it, or say which exemption applies and why."),
            at="section",
        )
    raise_all(_lacks(said))
    for at in ("why", "public_interest"):
        check_text(getattr(said, at), at=at)


def _lacks(said: Denying) -> Iterable[Refused]:
    do = words("Say it. The reply does not repeat it.")
    if says_no_word(said.why):
        sentence = words("It does not say why even to say whether it is held would tell too much.")
        yield incomplete("why", sentence, do=do)
    if KINDS[said.section] is ExemptionKind.QUALIFIED and says_no_word(said.public_interest):
        sentence = words("It does not say how the public interest was weighed.")
        yield incomplete("public_interest", sentence, do=do)

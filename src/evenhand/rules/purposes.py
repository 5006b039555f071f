"""For which purposes what is held of a person may be used; another one is allowed by two. A08."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from evenhand.rules.officers import Officer, Permission, may
from evenhand.rules.refusals import Kind, Refused, raise_all
from evenhand.rules.texts import TextMissing, check_own_words
from evenhand.rules.words import words


class Purpose(StrEnum):
    """What data may be used for. The list is closed: there is no “other”. A07."""

    PREVENT_HARM = "prevent_harm_by_removal"
    SAFEGUARD = "safeguard_individual"
    EVIDENCE = "evidence_for_named_investigation"
    RIGHTS = "comply_with_rights_law"


OWN = Purpose.PREVENT_HARM
"""What everybody comes on record for."""
OTHERS = (Purpose.SAFEGUARD, Purpose.EVIDENCE)
"""Other law-enforcement purposes. Each is allowed for one record, by a second officer."""
PURPOSE_WORDS: Mapping[Purpose, str] = {
    Purpose.PREVENT_HARM: words("To prevent harm by having content removed"),
    Purpose.SAFEGUARD: words("To safeguard a person"),
    Purpose.EVIDENCE: words("As evidence for a named investigation"),
    Purpose.RIGHTS: words("To answer for rights in law"),
}


class OtherPurpose(Refused):
    """Data held for one purpose serve another only once a second officer has allowed it."""

    code = "E-PUR-08"
    clause = words("DPA 2018 s.36(3): authorised by law, necessary and proportionate")
    kind = Kind.FORBIDDEN


class ChangeUnfounded(OtherPurpose):
    """Whoever asks for another purpose names the law, and why it is necessary and proportionate."""

    kind = Kind.INVALID


@dataclass(frozen=True, slots=True, kw_only=True)
class PurposeChange:
    """For what else a record is to be used, under which law, and why."""

    purpose: Purpose
    law: str
    necessity: str
    proportionality: str


def check_purpose(purpose: Purpose, allowed: Collection[Purpose], officer: Officer) -> None:
    """Refuse to use a record for what nobody has allowed. Rights in law are no other purpose."""
    if purpose is OWN or purpose in allowed:
        return
    if purpose is Purpose.RIGHTS and may(officer, Permission.READ_RESTRICTED):
        return
    raise OtherPurpose(
        words("This record is not allowed to be used for this purpose."),
        do=words("Ask for it first, naming the law. The data protection officer answers."),
        at="purpose",
    )


def check_change(change: PurposeChange) -> None:
    """Refuse to ask for what is no other purpose, or without its grounds, every fault at once."""
    raise_all(_faults(change))


def _faults(change: PurposeChange) -> Iterator[Refused]:
    if change.purpose not in OTHERS:
        yield ChangeUnfounded(
            words("This is no other law-enforcement purpose."),
            do=words("Nothing needs to be asked for this."),
            at="purpose",
        )
    for at in ("law", "necessity", "proportionality"):
        try:
            check_own_words(getattr(change, at), at=at)
        except TextMissing:
            yield ChangeUnfounded(
                words("It does not say yet why another purpose is allowed."),
                do=words("Name the law, and say why it is necessary and proportionate."),
                at=at,
            )
        except Refused as refused:
            yield refused

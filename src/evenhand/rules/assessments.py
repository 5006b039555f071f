"""What an assessment must answer before a second officer sees it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from evenhand.rules.refusals import Refused, raise_all
from evenhand.rules.texts import check_text, says_nothing
from evenhand.rules.words import words

AUTOMATED_DETECTION = "No"
AUTOMATED_DECISION = "AUTOMATED_DECISION_NOT_AUTOMATED"
"""Constants that every record and statement carries: a person found it, a person decides."""


class Ground(StrEnum):
    """What a request rests on: the law, the platform's terms, or both."""

    ILLEGAL = "illegal"
    TERMS = "terms"
    BOTH = "both"


class Expression(StrEnum):
    """Kinds of expression that the law protects. A flag asks for weighing; it is never a harm."""

    ARTISTIC = "artistic"
    JOURNALISTIC = "journalistic"
    POLITICAL = "political"
    RELIGIOUS = "religious"


class Child(StrEnum):
    """Whether a child is shown, or the poster is likely to be one."""

    NO = "no"
    LIKELY = "likely"
    YES = "yes"


class ReportedTo(StrEnum):
    """Where content that no platform is asked about is reported by law."""

    IWF = "iwf"
    NCA = "nca"
    OTHER = "other"


class Kind(StrEnum):
    """A statement is a fact or an assessment, never both. DPA 2018 s.38(2)."""

    FACT = "fact"
    ASSESSMENT = "assessment"


class LawMissing(Refused):
    """An assessment names the law it relies on, why, and why the request is necessary."""

    code = "E-LAW-02"
    clause = words("DPA 2018 s.35(1)–(2)")


class PolicyMissing(Refused):
    """A request that rests on a platform's terms quotes the clause, its version and why."""

    code = "E-REF-81"
    clause = words("Oversight Board, UK drill music case: say whether law or policy")


class EvidenceMissing(Refused):
    """What is in the content itself is told apart from what is outside it and from opinion."""

    code = "E-FACT-12"
    clause = words("DPA 2018 s.38(2)")


class BalanceMissing(Refused):
    """An assessment says what speaks against it and what else would do, and weighs expression."""

    code = "E-PROP-80"
    clause = words("ECHR Articles 8 and 10")
    verified = False


class ChildInterestsMissing(Refused):
    """Where a child is shown or likely, their best interests are written down first."""

    code = "E-CHD-75"
    clause = words("UNCRC Article 3; Children Act 2004 s.11")
    verified = False


class GroundMismatch(Refused):
    """A harm for which no offence is alleged rests on the platform's terms alone."""

    code = "E-HARM-03"
    clause = words("Rule of this desk: harm taxonomy, rule 2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The answers of one assessment. Free text is the officer's own; codes are the law data's."""

    harm: str
    ground: Ground
    provision: str = ""
    provision_why: str = ""
    policy_clause: str = ""
    policy_version: str = ""
    policy_why: str = ""
    evidence_inside: str = ""
    evidence_outside: str = ""
    supports_opposite: str = ""
    expression: frozenset[Expression] = frozenset()
    expression_weighing: str = ""
    less_intrusive: str = ""
    necessity: str = ""
    child: Child
    child_interests: str = ""
    also_harms: tuple[str, ...] = ()


KINDS: Mapping[str, Kind] = {
    "provision": Kind.FACT,
    "policy_clause": Kind.FACT,
    "policy_version": Kind.FACT,
    "evidence_inside": Kind.FACT,
    "evidence_outside": Kind.FACT,
    "provision_why": Kind.ASSESSMENT,
    "policy_why": Kind.ASSESSMENT,
    "supports_opposite": Kind.ASSESSMENT,
    "expression_weighing": Kind.ASSESSMENT,
    "less_intrusive": Kind.ASSESSMENT,
    "necessity": Kind.ASSESSMENT,
    "child_interests": Kind.ASSESSMENT,
}
"""Every free text of an assessment, as fact or assessment. A12."""

_EMPTY = {
    "provision": (LawMissing, words("Say which law applies.")),
    "provision_why": (LawMissing, words("Say why that law applies to this content.")),
    "policy_clause": (PolicyMissing, words("Quote the clause of the platform’s policy.")),
    "policy_version": (PolicyMissing, words("Give the version or date of the policy.")),
    "policy_why": (PolicyMissing, words("Say why the content breaks that clause.")),
    "evidence_inside": (EvidenceMissing, words("Say what in the content itself shows the harm.")),
    "evidence_outside": (
        EvidenceMissing,
        words("Say what outside the content you rely on, or that there is nothing."),
    ),
    "supports_opposite": (BalanceMissing, words("Say what supports the opposite view.")),
    "expression_weighing": (BalanceMissing, words("Weigh the expression against the harm.")),
    "less_intrusive": (
        BalanceMissing,
        words("Say which less intrusive steps you considered, doing nothing among them."),
    ),
    "necessity": (LawMissing, words("Say why this request is necessary and proportionate.")),
    "child_interests": (
        ChildInterestsMissing,
        words("Say what is in the best interests of the child."),
    ),
}


_HOW = {
    "provision": words("Select it, or write the Act and section."),
    "policy_clause": words("Copy it from the platform’s own policy."),
}
"""What to do where the sentence itself does not say it."""


def questions(
    ground: Ground | None, expression: frozenset[Expression], child: Child | None
) -> frozenset[str]:
    """Name the free-text questions that these answers make necessary; the rest are not asked."""
    asked = {"evidence_inside", "evidence_outside", "supports_opposite"}
    asked |= {"less_intrusive", "necessity"}
    if ground in {Ground.ILLEGAL, Ground.BOTH}:
        asked |= {"provision", "provision_why"}
    if ground in {Ground.TERMS, Ground.BOTH}:
        asked |= {"policy_clause", "policy_version", "policy_why"}
    if expression:
        asked.add("expression_weighing")
    if child in {Child.LIKELY, Child.YES}:
        asked.add("child_interests")
    return frozenset(asked)


def check_assessment(assessment: Assessment, *, terms_only: bool) -> None:
    """Refuse an assessment with a question unanswered, all of them named at once.

    ``terms_only`` says that the harm is one for which no offence is alleged (X1).
    """
    raise_all(_faults(assessment, terms_only))


def check_answer(name: str, text: str) -> None:
    """Refuse one necessary free-text answer that is empty."""
    check_text(text, at=name)
    if says_nothing(text):
        rule, sentence = _EMPTY[name]
        raise rule(sentence, do=_HOW.get(name, ""), at=name)


def unanswered(
    texts: Mapping[str, str],
    ground: Ground | None,
    expression: frozenset[Expression],
    child: Child | None,
) -> Iterator[Refused]:
    """Give a refusal for each text that is needed and empty, or cannot be kept; in form order."""
    asked = questions(ground, expression, child)
    for name in (field.name for field in fields(Assessment) if field.name in KINDS):
        try:
            if name in asked:
                check_answer(name, texts[name])
            else:
                check_text(texts[name], at=name)
        except Refused as refused:
            yield refused


def _faults(assessment: Assessment, terms_only: bool) -> Iterator[Refused]:
    if terms_only and assessment.ground is not Ground.TERMS:
        yield GroundMismatch(
            words("“Terms only” says that no offence is alleged, so the ground cannot be the law."),
            do=words("Choose the ground “platform terms”, or another harm."),
            at="ground",
        )
    texts = {name: getattr(assessment, name) for name in KINDS}
    yield from unanswered(texts, assessment.ground, assessment.expression, assessment.child)

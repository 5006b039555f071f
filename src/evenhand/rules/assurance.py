"""The desk's documents: impact assessments and policy; no person is held without them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from evenhand.rules.officers import OfficerRef
from evenhand.rules.parties import read_parties
from evenhand.rules.profile import Profile, Regime
from evenhand.rules.refusals import Kind, Refused, raise_all
from evenhand.rules.texts import TextMissing, check_given, says_nothing
from evenhand.rules.words import words

YEAR = timedelta(days=366)
FOUR_YEARS = timedelta(days=1461)
GRACE = timedelta(days=60)
"""For how long after an overdue review people may still be added."""


class DocumentKind(StrEnum):
    """Which document it is."""

    DPIA = "dpia"
    APD = "apd"
    EIA = "eia"
    INSTRUCTIONS = "instructions"
    JOINT_CONTROLLERS = "joint_controllers"
    PROCESSORS = "processors"
    EQUALITY_INFORMATION = "equality_information"
    EQUALITY_OBJECTIVES = "equality_objectives"


class Part(StrEnum):
    """A part that a document must have. DPA 2018 ss.58 to 60, 64(3), 42(2); Equality Act s.149."""

    DESCRIPTION = "description"
    DANGERS = "dangers"
    MEASURES = "measures"
    SAFEGUARDS = "safeguards"
    PROCEDURES = "procedures"
    RETENTION = "retention"
    AIMS = "aims"
    CONSULTATION = "consultation"
    EFFECTS = "effects"
    ACTIONS = "actions"
    INSTRUCTIONS = "instructions"
    PARTIES = "parties"
    ARRANGEMENT = "arrangement"
    CONTRACTS = "contracts"
    INFORMATION = "information"
    OBJECTIVES = "objectives"


PARTS: Mapping[DocumentKind, tuple[Part, ...]] = {
    DocumentKind.DPIA: (Part.DESCRIPTION, Part.DANGERS, Part.MEASURES, Part.SAFEGUARDS),
    DocumentKind.APD: (Part.PROCEDURES, Part.RETENTION),
    DocumentKind.EIA: (Part.AIMS, Part.CONSULTATION, Part.EFFECTS, Part.ACTIONS),
    DocumentKind.INSTRUCTIONS: (Part.INSTRUCTIONS,),
    DocumentKind.JOINT_CONTROLLERS: (Part.PARTIES, Part.ARRANGEMENT),
    DocumentKind.PROCESSORS: (Part.PARTIES, Part.CONTRACTS),
    DocumentKind.EQUALITY_INFORMATION: (Part.INFORMATION,),
    DocumentKind.EQUALITY_OBJECTIVES: (Part.OBJECTIVES,),
}
LONGEST: Mapping[DocumentKind, timedelta] = dict.fromkeys(DocumentKind, YEAR) | {
    DocumentKind.EQUALITY_OBJECTIVES: FOUR_YEARS
}
"""Within which time a document is looked at again, from the day from which it is in force."""


class Residual(StrEnum):
    """How high the risk to people is that is left after all measures."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Stage(StrEnum):
    """Where one version of a document stands. Its text never changes."""

    WRITTEN = "written"
    AWAITING_ICO = "awaiting_ico"
    IN_FORCE = "in_force"
    REPLACED = "replaced"


class Claim(StrEnum):
    """Something that an impact assessment says of this service, and that the service knows."""

    TOKENS_DECIDE = "tokens_decide"
    SECOND_FACTOR = "second_factor"
    WITNESSED = "witnessed"
    DECIDES_BY_ITSELF = "decides_by_itself"
    PROFILES = "profiles"
    PART_3 = "part_3"
    CAPTURES = "captures"
    TALLIES = "tallies"


CLAIMS: Mapping[Claim, str] = {
    Claim.TOKENS_DECIDE: words("A program may take a decision with an officer’s token"),
    Claim.SECOND_FACTOR: words("Nobody signs in without a second factor"),
    Claim.WITNESSED: words("Witnesses of other organisations cosign the log"),
    Claim.DECIDES_BY_ITSELF: words("The service takes decisions about people by itself"),
    Claim.PROFILES: words("The service profiles, scores or ranks people"),
    Claim.CAPTURES: words("Officers may keep files of what they saw, where strictly needed"),
    Claim.TALLIES: words("Officers may count by ethnic group, joined to no record"),
    Claim.PART_3: words(
        "The desk is a competent authority and works under Part 3 of the Data Protection Act 2018"
    ),
}
"""What an assessment may claim, as a sentence that is true or not."""
SHOWN_BY: Mapping[Claim, str] = {
    Claim.TOKENS_DECIDE: words("By the setting token_may_decide"),
    Claim.SECOND_FACTOR: words("By the setting second_factor_required"),
    Claim.WITNESSED: words("By the setting witness_policy"),
    Claim.DECIDES_BY_ITSELF: words(
        "Never so, by the test tests/house/test_nothing_decided_in_bulk.py"
    ),
    Claim.PROFILES: words("Never so, by the test tests/house/test_words_never_used.py"),
    Claim.CAPTURES: words("By the setting captures"),
    Claim.TALLIES: words("By the setting equality_tally"),
    Claim.PART_3: words("By the setting regime"),
}
"""By which setting or test it is known whether a claim is true. A59."""


class NotUnderPart3(Refused):
    """People are held by a competent authority under Part 3 alone, as its assessment says."""

    code = "E-REG-01"
    clause = words("DPA 2018 ss.29 to 31 and Schedule 7: competent authorities")
    kind = Kind.FORBIDDEN


class NoAssessmentInForce(Refused):
    """People are held only while a data protection impact assessment is in force and in date."""

    code = "E-DPIA-58"
    clause = words("DPA 2018 s.64: assessment before processing of high risk")
    kind = Kind.FORBIDDEN


class ClaimNotTrue(Refused):
    """What an impact assessment says of the service is so."""

    code = "E-DPIA-59"
    clause = words("DPA 2018 ss.34(3), 56, 64: be able to demonstrate")
    kind = Kind.CONFLICT


class IcoNotHeard(Refused):
    """Where a high risk is left, nothing is done before the Commissioner has advised."""

    code = "E-DPIA-60"
    clause = words("DPA 2018 s.65: prior consultation of the Commissioner")
    kind = Kind.FORBIDDEN


class NoPolicyInForce(Refused):
    """What may be sensitive is recorded only while an appropriate policy document is in date."""

    code = "E-APD-05"
    clause = words("DPA 2018 ss.35(5), 42: appropriate policy document")
    kind = Kind.FORBIDDEN


class NotConsulted(TextMissing):
    """An equality impact assessment says who was consulted, and what they said."""

    code = "E-EIA-78"
    clause = words("Equality Act 2010 s.149: due regard; rule of this desk: consultation")
    verified = False


class DocumentDayWrong(Refused):
    """A document is looked at again in time; advice has no day that is yet to come."""

    code = "E-DOC-01"
    clause = words("DPA 2018 s.64; rule of this desk: within 12 months, equality objectives 48")


class OwnDocument(Refused):
    """Nobody approves a document or a correction that they wrote themselves."""

    code = "E-DOC-02"
    clause = words("Rule of this desk: the author does not approve")
    kind = Kind.FORBIDDEN


class DocumentStageWrong(Refused):
    """A version of a document goes its way once: written, advised on, approved, replaced."""

    code = "E-DOC-03"
    kind = Kind.CONFLICT


class Said(StrEnum):
    """What is added to a version after it was written."""

    ADVICE = "advice"
    ICO_ADVICE = "ico_advice"
    ERRATUM = "erratum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One version of a document, as the rules see it.

    ``harms``: of an equality impact assessment in force, the kinds of harm that there were then.
    ``conditions``: of a policy document, the paragraphs of Schedule 8 that it relies on.
    """

    kind: DocumentKind
    number: int
    stage: Stage
    written_by: OfficerRef
    residual: Residual | None = None
    claims: frozenset[Claim] = frozenset()
    harms: frozenset[str] = frozenset()
    conditions: tuple[str, ...] = ()
    is_advised: bool = False
    is_ico_heard: bool = False
    in_force_from: date | None = None
    review_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assured:
    """What is in force on this desk, and whether a newer assessment waits for the Commissioner.

    ``regime`` is the law that the desk is set up for.
    """

    dpia: Document | None = None
    apd: Document | None = None
    awaits_ico: bool = False
    regime: Regime = Regime.UK_PART3


def awaits_ico(assessments: Collection[Document]) -> bool:
    """Say whether the Commissioner has yet to advise on a high risk that an assessment left.

    A newer version that leaves less ends that only once it is in force: advised on, and approved by
    another. Writing it ends nothing. A58, A60.
    """
    settled = (it.number for it in assessments if it.in_force_from or it.is_ico_heard)
    last = max(settled, default=0)
    return any(it.residual is Residual.HIGH and it.number > last for it in assessments)


def is_overdue(document: Document, *, today: date) -> bool:
    """Say whether the day has passed by which it was to be looked at again."""
    return document.review_on is not None and document.review_on < today


def is_policy_lapsed(assured: Assured, *, today: date) -> bool:
    """Say whether there is no policy document, or its review is past."""
    return assured.apd is None or is_overdue(assured.apd, today=today)


def is_policy_gone(assured: Assured, *, today: date) -> bool:
    """Say whether the policy document was withdrawn, or is overdue for longer than the grace."""
    return is_policy_lapsed(assured, today=today - GRACE)


def check_people_open(assured: Assured) -> None:
    """Refuse any work with people on a desk without an impact assessment in force."""
    if assured.dpia is None:
        if assured.awaits_ico:
            raise _ico_not_heard()
        raise NoAssessmentInForce(
            words("This desk has no data protection impact assessment in force."),
            do=words("Ask the senior owner: it is written, advised on and approved first."),
        )
    if assured.regime is not Regime.UK_PART3 or Claim.PART_3 not in assured.dpia.claims:
        raise NotUnderPart3(
            words(
                "This desk does not work under Part 3, or its impact assessment does not say so."
            ),
            do=words("Hold nobody here. Ask the data protection officer which law applies."),
        )


def check_may_add_people(assured: Assured, *, today: date) -> None:
    """Refuse a new record of a person; what is held is read, reviewed and disposed of all the same.

    A name or a statement may reveal what is sensitive, so the policy document must be in date.
    """
    check_people_open(assured)
    if assured.awaits_ico:
        raise _ico_not_heard()
    review = assured.dpia.review_on if assured.dpia else None
    if review is None or today > review + GRACE:
        raise NoAssessmentInForce(
            words("The review of the impact assessment is more than {days} days overdue."),
            do=words("Ask the senior owner to have it reviewed. What is held can still be read."),
            days=str(GRACE.days),
        )
    if is_policy_lapsed(assured, today=today):
        raise NoPolicyInForce(
            words("This desk has no appropriate policy document in force, or its review is past."),
            do=words("Ask the senior owner to have it reviewed."),
        )


def true_of(desk: Profile, *, is_witnessed: bool) -> frozenset[Claim]:
    """Say which claims are true of a desk. That it decides or profiles never is: tests hold it."""
    found = {
        Claim.TOKENS_DECIDE: desk.token_may_decide,
        Claim.SECOND_FACTOR: desk.second_factor_required,
        Claim.WITNESSED: is_witnessed,
        Claim.PART_3: desk.regime is Regime.UK_PART3,
        Claim.CAPTURES: desk.captures,
        Claim.TALLIES: desk.equality_tally,
    }
    return frozenset(claim for claim, is_so in found.items() if is_so)


def check_document(
    kind: DocumentKind,
    parts: Mapping[Part, str],
    residual: Residual | None,
    claims: Collection[Claim],
) -> None:
    """Refuse a document without one of its parts, or an assessment without what is left of risk."""
    raise_all(_faults(kind, parts, residual))
    if kind is not DocumentKind.DPIA and (residual or claims):
        raise DocumentStageWrong(
            words("Only an impact assessment says what risk is left and what the service does."),
            do=words("Leave both out."),
            at="residual",
        )


def _faults(
    kind: DocumentKind, parts: Mapping[Part, str], residual: Residual | None
) -> list[Refused]:
    faults: list[Refused] = []
    for part in PARTS[kind]:
        try:
            _check_part(part, parts.get(part, ""))
        except Refused as refused:
            faults.extend(refused.every)
    if kind is DocumentKind.DPIA and residual is None:
        faults.append(
            TextMissing(
                words("It does not say what risk is left."),
                do=words("Choose low, medium or high."),
                at="residual",
            )
        )
    return faults


def _check_part(part: Part, text: str) -> None:
    if part is Part.PARTIES:
        read_parties(text)
    elif part is Part.CONSULTATION and says_nothing(text):
        raise NotConsulted(
            words("It does not say who was consulted, and what they said."),
            do=words("Consult first. If nobody answered, say whom you asked."),
            at=part,
        )
    check_given(text, at=part)


def first_stage(residual: Residual | None) -> Stage:
    """Say where a new version stands: one that leaves a high risk waits for the Commissioner."""
    return Stage.AWAITING_ICO if residual is Residual.HIGH else Stage.WRITTEN


def check_may_advise(document: Document, text: str) -> None:
    """Refuse advice without words, or on a version that was replaced."""
    check_given(text, at="text")
    _check_stage(document, Stage.WRITTEN, Stage.AWAITING_ICO, Stage.IN_FORCE)


def check_ico_advice(document: Document, text: str, given_on: date, *, today: date) -> None:
    """Refuse to record the Commissioner's advice where nobody waits for it, or of a day to come."""
    check_given(text, at="text")
    _check_stage(document, Stage.AWAITING_ICO)
    if given_on > today:
        raise DocumentDayWrong(
            words("The day of the advice has not come yet."),
            do=words("Enter the day of the Commissioner’s letter."),
            at="given_on",
        )


def check_may_approve(
    document: Document,
    approver: OfficerRef,
    review_on: date,
    *,
    true_here: Collection[Claim],
    today: date,
) -> None:
    """Refuse to put a version in force that its author approves, or that nobody advised on.

    ``true_here`` are the claims that are true of this desk today.
    """
    if approver == document.written_by:
        raise _own()
    if document.stage is Stage.AWAITING_ICO:
        raise _ico_not_heard()
    _check_stage(document, Stage.WRITTEN)
    if document.kind is DocumentKind.DPIA:
        _check_advised(document)
        check_claims(document.claims, true_here)
    longest = LONGEST[document.kind]
    if not today < review_on <= today + longest:
        raise DocumentDayWrong(
            words("The review date must be within {months} months from now."),
            do=words("Enter a date within this time, from tomorrow on."),
            at="review_on",
            months=str(longest.days // 365 * 12),
        )


def _check_advised(document: Document) -> None:
    if not document.is_advised:
        raise NoAssessmentInForce(
            words("The data protection officer has not advised on this version."),
            do=words("Ask for the advice first. It stays with the document."),
        )


def check_claims(claims: Collection[Claim], true_here: Collection[Claim]) -> None:
    """Refuse an assessment that says of this service what is not so."""
    wrong = untrue(claims, true_here)
    if wrong:
        raise ClaimNotTrue(
            words("The assessment says of the service what is not so: {claims}."),
            do=words("Have it written anew, or have the setting changed."),
            claims=", ".join(wrong),
        )


def untrue(claims: Collection[Claim], true_here: Collection[Claim]) -> list[Claim]:
    """Name what is claimed and not so, and what is so and not claimed."""
    return [it for it in Claim if (it in claims) != (it in true_here)]


def check_erratum(document: Document, text: str) -> None:
    """Refuse a correction without words, or of a version that was never in force."""
    check_given(text, at="text")
    if document.in_force_from is None:
        raise DocumentStageWrong(
            words("This version was never in force, so there is nothing to correct."),
            do=words("Write a new version instead."),
        )


def check_may_publish(written_by: OfficerRef, approver: OfficerRef, *, published: bool) -> None:
    """Refuse to publish a correction twice, or by whoever wrote it."""
    if approver == written_by:
        raise _own()
    if published:
        raise DocumentStageWrong(
            words("This correction is published already."), do=words("Look at the document.")
        )


def _check_stage(document: Document, *stages: Stage) -> None:
    if document.stage not in stages:
        raise DocumentStageWrong(
            words("This version of the document is past that step."),
            do=words("Look at the document: there may be a newer version."),
        )


def _own() -> OwnDocument:
    return OwnDocument(
        words("You wrote this yourself."), do=words("Ask another senior owner to approve it.")
    )


def _ico_not_heard() -> IcoNotHeard:
    return IcoNotHeard(
        words("A high risk is left, and the Commissioner’s advice is not recorded."),
        do=words(
            "Wait for the advice, which the data protection officer records; or for a version that"
            " leaves less risk to be advised on and approved."
        ),
    )

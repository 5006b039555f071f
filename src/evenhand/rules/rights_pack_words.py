"""What the codes of a record mean, said to whom a pack is about. DPA 2018 s.52(1): plain words.

Officers read the same codes in words of their own, which speak of a person and name the grades.
"""

from collections.abc import Mapping

from evenhand.rules.agreements import Field
from evenhand.rules.assessments import Kind
from evenhand.rules.disposal_duty import Duty
from evenhand.rules.holds import HoldKind
from evenhand.rules.notification import RestrictionGround, Telling
from evenhand.rules.people import PersonStanding, RestrictedBecause
from evenhand.rules.people_ages import BANDS, NOT_KEPT, UNKNOWN_AGE, AgeBasis
from evenhand.rules.people_changes import IdentityPart
from evenhand.rules.people_grounds import Ground
from evenhand.rules.people_roles import ROLE_WORDS
from evenhand.rules.people_statements import (
    Condition,
    GradeOf,
    Handling,
    Information,
    Source,
    Standing,
)
from evenhand.rules.public_rights_letters import Translating
from evenhand.rules.purposes import Purpose
from evenhand.rules.reviews import ReviewOutcome, ReviewStanding
from evenhand.rules.sharing import Carrier
from evenhand.rules.sharing import Standing as PackageStanding
from evenhand.rules.words import words

PARTS: Mapping[str, str] = {
    IdentityPart.NAME: words("Your name"),
    IdentityPart.AGE: words("Your age"),
    IdentityPart.CONTACT: words("How to reach you"),
}
STANDINGS: Mapping[str, str] = {
    PersonStanding.PROPOSED: words("Proposed: a second officer has yet to decide on it"),
    PersonStanding.HELD: words("Held"),
    PersonStanding.REFUSED: words("Refused by a second officer, and not used"),
    PersonStanding.RESTRICTED: words("Restricted: kept, and not used"),
}
RESTRICTED: Mapping[str, str] = {
    RestrictedBecause.ACCURACY_CONTESTED: words("Whether it is right is contested"),
    RestrictedBecause.UNLAWFUL: words("Holding it is not lawful, or may not be"),
    RestrictedBecause.NEEDED_AS_EVIDENCE: words("It is needed as evidence"),
    RestrictedBecause.NOT_REVIEWED: words("Nobody reviewed it in time"),
    RestrictedBecause.NOT_DECIDED_TO_TELL: words("Nobody decided in time whether to tell you"),
    RestrictedBecause.REVIEWED: words("A review closed it"),
}
ERASED: Mapping[str, str] = {
    Duty.BASIS_EXPIRED: words("Its last day has come"),
    Duty.NOT_SUSPECTED: words("You are not suspected any more"),
    Duty.POLICY_LAPSED: words("This desk had no policy in force for holding it"),
    Duty.REVIEW_FAILED: words("A review found that nothing needs it"),
    Duty.GRANTED: words("You asked for it, and it was granted"),
}
BASES: Mapping[str, str] = {
    AgeBasis.DOCUMENT: words("From a document"),
    AgeBasis.STATED: words("Somebody said so"),
    AgeBasis.ESTIMATED: words("An officer estimated it"),
    AgeBasis.UNKNOWN: words("Not known"),
}
AGES: Mapping[str, str] = {
    **{name: name for name, _end in BANDS},
    UNKNOWN_AGE: words("Not known"),
    NOT_KEPT: words("Not kept"),
}
GROUNDS: Mapping[str, str] = {
    Ground.SEEN_DOING_IT: words("The content itself shows you committing the offence"),
    Ground.SAYS_SO_IN_CONTENT: words("You say in the content that you committed it"),
    Ground.THREATENS_IN_CONTENT: words("You say in the content that you are about to commit it"),
    Ground.IDENTIFIED_BY_VICTIM: words("The victim identified you"),
    Ground.IDENTIFIED_BY_WITNESS: words("A witness identified you"),
    Ground.NAMED_BY_INVESTIGATION: words("A named investigation suspects you"),
    Ground.CHARGED_OR_WANTED: words("You are charged with it, or a warrant is out"),
}
SCHEDULES: Mapping[str, str] = {
    "D05": words("Records of suspects, of convicted people and of those who posted content (D05)"),
    "D06": words("Records of suspects that a named investigation took over (D06)"),
    "D07": words("Records of victims (D07)"),
    "D08": words("Records of witnesses and informants (D08)"),
    "D09": words("Records of reporters (D09)"),
}
"""The rows of the published retention schedule that records of people fall under."""
GRADES_OF: Mapping[str, str] = {
    GradeOf.WAS_POSTED: words("That this was posted"),
    GradeOf.POST_IS_TRUE: words("That what the post says is true"),
    GradeOf.OTHER: words("Something that does not come from a post"),
}
SOURCES: Mapping[str, str] = {
    Source.RELIABLE: words("The source is reliable"),
    Source.UNTESTED: words("The source is untested"),
    Source.NOT_RELIABLE: words("The source is not reliable"),
}
INFORMATION: Mapping[str, str] = {
    Information.DIRECTLY: words("The source knows it directly"),
    Information.INDIRECTLY_CORROBORATED: words("The source knows it from others; it is confirmed"),
    Information.INDIRECTLY: words("The source knows it from others"),
    Information.NOT_KNOWN: words("It is not known how the source knows it"),
    Information.SUSPECTED_FALSE: words("It is suspected to be false"),
}
HANDLED: Mapping[str, str] = {
    Handling.PERMITTED: words("It may be shared where that is lawful"),
    Handling.CONDITIONS: words("It may be shared where that is lawful, under conditions"),
}
CONDITIONS: Mapping[str, str] = {
    Condition.COVERT_DEVELOPMENT: words("It may be looked into without being made known"),
    Condition.COVERT_USE: words("It may be used without being made known"),
    Condition.OVERT_USE: words("It may be used openly"),
    Condition.DELEGATED: words("Whoever receives it may share it further"),
    Condition.CONSULT_ORIGINATOR: words("Whoever it comes from is asked first"),
}
PURPOSES: Mapping[str, str] = {
    Purpose.PREVENT_HARM: words("To prevent harm by having content removed"),
    Purpose.SAFEGUARD: words("To safeguard a person"),
    Purpose.EVIDENCE: words("As evidence for a named investigation"),
    Purpose.RIGHTS: words("To answer for rights in law"),
}
NOT_TOLD: Mapping[str, str] = {
    RestrictionGround.INQUIRY: words("Telling you would obstruct an official inquiry or procedure"),
    RestrictionGround.CRIME: words(
        "Telling you would prejudice the prevention, detection, investigation or prosecution of"
        " crime"
    ),
    RestrictionGround.PUBLIC_SECURITY: words("Public security must be protected"),
    RestrictionGround.RIGHTS_OF_OTHERS: words("The rights of others must be protected"),
    RestrictionGround.LEGAL_PRIVILEGE: words("Legal privilege, as a lawyer has advised"),
}
KINDS: Mapping[str, str] = {
    Kind.FACT: words("A fact"),
    Kind.ASSESSMENT: words("An officer’s assessment"),
}
STATEMENTS: Mapping[str, str] = {
    Standing.STANDING: words("It stands"),
    Standing.CONTESTED: words("Somebody contested it"),
    Standing.RESTRICTED: words("It is kept, and not used"),
    Standing.REPLACED: words("It was replaced, and is kept as evidence"),
}
STEPS: Mapping[str, str] = {
    "authorise": words("A second officer authorised the record"),
    "refuse": words("A second officer refused the record"),
    "change_role": words("What you are on record as was changed"),
    "refuse_role": words("A change of what you are on record as was refused"),
    "verify": words("A statement was found right again"),
    "contest": words("Something was contested"),
    "confirm": words("What was contested was found right"),
    "correct": words("Something was corrected"),
    "keep_as_evidence": words("What was wrong is kept as evidence"),
    "restrict": words("The record was restricted"),
    "ask_to_lift": words("It was asked to end the restriction"),
    "lift": words("The restriction was ended"),
    "refuse_to_lift": words("The restriction was not ended"),
}
TOLD: Mapping[str, str] = {
    "told": words("You were told before it ended"),
    "not_told": words("By law you were not told"),
}
ROLES: Mapping[str, str] = {str(it): text for it, text in ROLE_WORDS.items()}
ABOUT: Mapping[str, str] = {**PARTS, **ROLES, **RESTRICTED, **TOLD}
A_STATEMENT = words("One of the statements")
TELLING: Mapping[str, str] = {
    Telling.TELL: words("You are told"),
    Telling.RESTRICT: words("You are not told, on a ground in law"),
}
PACKAGES: Mapping[str, str] = {
    PackageStanding.BUILT: words("It was put together, and has not left"),
    PackageStanding.PROPOSED: words("It waits for a second officer, and has not left"),
    PackageStanding.APPROVED: words("A second officer approved it, and it has not left"),
    PackageStanding.RELEASED: words("It left this desk"),
    PackageStanding.REFUSED: words("A second officer refused it, and it has not left"),
    PackageStanding.DROPPED: words("It was given up, and has not left"),
}
CARRIERS: Mapping[str, str] = {
    Carrier.SEALED: words("A file that only the recipient can open"),
    Carrier.PRINTED: words("On paper"),
}
IN_A_PACKAGE: Mapping[str, str] = {
    "organisation": words("Who it is for"),
    "may_use": words("What they may use it for"),
    "erased_by": words("By when they must erase it"),
    "gaps": words("What it does not say"),
}
"""Parts of a package for others that the record itself has no column for."""
FIELDS: Mapping[str, str] = {
    Field.NAME: words("Name"),
    Field.BIRTH_DATE: words("Birth date"),
    Field.AGE: words("Age, and how it is known"),
    Field.CONTACT: words("Contact details"),
    Field.OFFENCE: words("Offence"),
    Field.GROUNDS: words("Grounds of suspicion, and their date"),
    Field.WELFARE: words("Welfare reason"),
    Field.FACTS: words("Facts"),
    Field.ASSESSMENTS: words("Assessments, with their grade"),
    Field.REFERRAL: words("Reference of the referral"),
    Field.CONTENT: words("The content: its address, and the captures of it"),
}
OUTCOMES: Mapping[str, str] = {
    ReviewOutcome.DISPOSE: words("To dispose of the record"),
    ReviewOutcome.RETAIN: words("To keep it on"),
    ReviewOutcome.RESTRICT: words("To restrict it"),
}
REVIEWS: Mapping[str, str] = {
    ReviewStanding.WAITING: words("It waits for a second officer"),
    ReviewStanding.CONFIRMED: words("A second officer confirmed it"),
    ReviewStanding.DECLINED: words("A second officer declined it"),
    ReviewStanding.REPLACED: words("A later review took its place"),
    ReviewStanding.IN_FORCE: words("It is in force"),
}
HOLDS: Mapping[str, str] = {
    HoldKind.EVIDENCE: words("It is needed as evidence"),
    HoldKind.RIGHTS: words("You asked about it, and it is kept until you are answered"),
    HoldKind.FOI: words("A request for information is about it"),
}
VALUES: Mapping[str, Mapping[str, str]] = {
    "person.standing": STANDINGS,
    "person.restricted_because": RESTRICTED,
    "person.age_basis": BASES,
    "person.age_band": AGES,
    "person.telling": TELLING,
    "person.erase_because": ERASED,
    "person_link.role": ROLES,
    "person_link.grounds": GROUNDS,
    "person_statement.kind": KINDS,
    "person_statement.grade_of": GRADES_OF,
    "person_statement.grade_source": SOURCES,
    "person_statement.grade_information": INFORMATION,
    "person_statement.handling": HANDLED,
    "person_statement.handling_conditions": CONDITIONS,
    "person_statement.standing": STATEMENTS,
    "person_step.what": STEPS,
    "person_step.about": ABOUT,
    "purpose_change.purpose": PURPOSES,
    "notify_decision.telling": TELLING,
    "notify_decision.ground": NOT_TOLD,
    "disclosure.standing": PACKAGES,
    "disclosure.purpose": PURPOSES,
    "disclosure.carrier": CARRIERS,
    "disclosure.fields": FIELDS,
    "originator_notice.about": ABOUT,
    "review.schedule": SCHEDULES,
    "review.outcome": OUTCOMES,
    "review.standing": REVIEWS,
    "hold.kind": HOLDS,
}
"""Each column of a pack that holds codes, and what each code means."""
AS_THEY_ARE = frozenset(
    {
        "person.reference",
        "person.origin",
        "disclosure.reference",
    }
)
"""Columns whose values are names and references, and are given as they are."""


def in_words(table: str, column: str, value: str, *, said: Translating) -> str:
    """Say what a code of a column means; give a value as it is where the column holds no codes.

    What a step or a notice is about is one part or two; else it is a statement, named by its id.
    """
    named = f"{table}.{column}"
    known = VALUES.get(named)
    if known is None:
        return value
    if known is not ABOUT:
        return said(known[value]) if value in known else value
    parts = dict.fromkeys(known.get(it, A_STATEMENT) for it in value.split())
    return ", ".join(said(it) for it in parts)

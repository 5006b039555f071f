"""Who may do what: officers, their roles, and the one table of roles and acts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType, Self
from uuid import UUID

from evenhand.rules.profile import Profile
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words

OfficerRef = NewType("OfficerRef", UUID)


class Role(StrEnum):
    """A role on the desk. The names are a contract; users script against them."""

    OFFICER = "officer"
    APPROVER = "approver"
    SENIOR_APPROVER = "senior_approver"
    CHILD_APPROVER = "child_approver"
    SHARING_OFFICER = "sharing_officer"
    AGREEMENT_OWNER = "agreement_owner"
    RECORDS_REVIEWER = "records_reviewer"
    DISPOSAL_RELEASER = "disposal_releaser"
    RIGHTS_OFFICER = "rights_officer"
    DPO = "dpo"
    EQUALITY_LEAD = "equality_lead"
    SENIOR_OWNER = "senior_owner"
    OVERSEER = "overseer"
    ADMINISTRATOR = "administrator"


ROLE_NAMES: Mapping[Role, str] = {
    Role.OFFICER: words("officer"),
    Role.APPROVER: words("approver"),
    Role.SENIOR_APPROVER: words("senior approver"),
    Role.CHILD_APPROVER: words("approver with child training"),
    Role.SHARING_OFFICER: words("sharing officer"),
    Role.AGREEMENT_OWNER: words("agreement owner"),
    Role.RECORDS_REVIEWER: words("records reviewer"),
    Role.DISPOSAL_RELEASER: words("disposal releaser"),
    Role.RIGHTS_OFFICER: words("rights officer"),
    Role.DPO: words("data protection officer"),
    Role.EQUALITY_LEAD: words("equality lead"),
    Role.SENIOR_OWNER: words("senior owner"),
    Role.OVERSEER: words("overseer"),
    Role.ADMINISTRATOR: words("administrator"),
}
"""What people call the roles."""


class Family(StrEnum):
    """Roles that may be held together. Nobody holds roles of two families."""

    OPERATIONAL = "operational"
    RECORDS = "records"
    RIGHTS = "rights"
    DPO = "dpo"
    OVERSIGHT = "oversight"
    GOVERNANCE = "governance"
    ADMINISTRATION = "administration"


FAMILY: Mapping[Role, Family] = {
    Role.OFFICER: Family.OPERATIONAL,
    Role.APPROVER: Family.OPERATIONAL,
    Role.SENIOR_APPROVER: Family.OPERATIONAL,
    Role.CHILD_APPROVER: Family.OPERATIONAL,
    Role.SHARING_OFFICER: Family.OPERATIONAL,
    Role.RECORDS_REVIEWER: Family.RECORDS,
    Role.DISPOSAL_RELEASER: Family.RECORDS,
    Role.RIGHTS_OFFICER: Family.RIGHTS,
    Role.DPO: Family.DPO,
    Role.OVERSEER: Family.OVERSIGHT,
    Role.AGREEMENT_OWNER: Family.GOVERNANCE,
    Role.EQUALITY_LEAD: Family.GOVERNANCE,
    Role.SENIOR_OWNER: Family.GOVERNANCE,
    Role.ADMINISTRATOR: Family.ADMINISTRATION,
}


MORE_THAN_APPROVER = frozenset({Role.SENIOR_APPROVER, Role.CHILD_APPROVER})


class Permission(StrEnum):
    """Something a role may allow. Everything not in the matrix is refused."""

    LIST_REFERRALS = "list_referrals"
    READ_REFERRAL = "read_referral"
    READ_WORDS = "read_words"
    READ_HISTORY = "read_history"
    LOG = "log"
    TRIAGE = "triage"
    ASSESS = "assess"
    STATUTORY_ROUTE = "statutory_route"
    DECIDE = "decide"
    REVIEW_ORDER = "review_order"
    SEND = "send"
    CHASE = "chase"
    SNOOZE = "snooze"
    RECORD_ANSWER = "record_answer"
    READ_MAIL = "read_mail"
    SORT_MAIL = "sort_mail"
    CHECK = "check"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"
    HAND_OVER = "hand_over"
    WRITE_NOTE = "write_note"
    TAKE_CAPTURE = "take_capture"
    OPEN_CAPTURE = "open_capture"
    STOP_CAPTURE = "stop_capture"
    MANAGE_ABSENCE = "manage_absence"
    READ_PLATFORMS = "read_platforms"
    EDIT_PLATFORM = "edit_platform"
    SIGN_OFF_PLATFORM = "sign_off_platform"
    LIST_OFFICERS = "list_officers"
    MANAGE_OFFICERS = "manage_officers"
    READ_RULES = "read_rules"
    OVERSEE = "oversee"
    READ_WHO = "read_who"
    LIST_KEPT = "list_kept"
    REVIEW = "review"
    READ_REVIEWS = "read_reviews"
    CONFIRM_REVIEW = "confirm_review"
    PLACE_HOLD = "place_hold"
    LIFT_HOLD = "lift_hold"
    READ_CERTIFICATES = "read_certificates"
    PROPOSE_SCHEDULE = "propose_schedule"
    APPROVE_SCHEDULE = "approve_schedule"
    READ_DOCUMENTS = "read_documents"
    WRITE_DOCUMENT = "write_document"
    ADVISE_DOCUMENT = "advise_document"
    APPROVE_DOCUMENT = "approve_document"
    READ_TRAINING = "read_training"
    RECORD_TRAINING = "record_training"
    ACCEPT_INSTRUCTIONS = "accept_instructions"
    RECORD_SCRUTINY = "record_scrutiny"
    REPORT_BREACH = "report_breach"
    READ_BREACHES = "read_breaches"
    KEEP_BREACHES = "keep_breaches"
    TALLY = "tally"
    READ_DISPARITY = "read_disparity"
    FIND_PERSON = "find_person"
    JOIN_PEOPLE = "join_people"
    DECIDE_TELLING = "decide_telling"
    CONFIRM_NOT_TELLING = "confirm_not_telling"
    PROPOSE_PERSON = "propose_person"
    AUTHORISE_PERSON = "authorise_person"
    READ_PERSON = "read_person"
    READ_IDENTITY = "read_identity"
    READ_RESTRICTED = "read_restricted"
    READ_CONTACT = "read_contact"
    READ_REPORTER_CONTACT = "read_reporter_contact"
    ADD_STATEMENT = "add_statement"
    CONTEST_ACCURACY = "contest_accuracy"
    CORRECT_PERSON = "correct_person"
    RESTRICT_PERSON = "restrict_person"
    ASK_TO_LIFT = "ask_to_lift"
    LIFT_RESTRICTION = "lift_restriction"
    ASK_PURPOSE = "ask_purpose"
    ANSWER_PURPOSE = "answer_purpose"
    IMPORT = "import"
    TAKE_REPORT = "take_report"
    SETTLE_CHALLENGE = "settle_challenge"
    WITHHOLD_TELLING = "withhold_telling"
    READ_RIGHTS = "read_rights"
    HANDLE_RIGHTS = "handle_rights"
    APPROVE_RIGHTS = "approve_rights"
    READ_AGREEMENTS = "read_agreements"
    PROPOSE_AGREEMENT = "propose_agreement"
    SIGN_AGREEMENT = "sign_agreement"
    END_AGREEMENT = "end_agreement"
    SHARE = "share"
    APPROVE_SHARE = "approve_share"
    APPROVE_CHILD_SHARE = "approve_child_share"
    READ_DISCLOSURES = "read_disclosures"
    PROPOSE_OPENING = "propose_opening"
    ATTEST_OPENING = "attest_opening"
    READ_FOI = "read_foi"
    ANSWER_FOI = "answer_foi"
    READ_REQUESTER = "read_requester"
    APPROVE_FOI = "approve_foi"
    REVIEW_FOI = "review_foi"
    ASK_QUESTIONS = "ask_questions"
    PUBLISH_FIGURES = "publish_figures"
    CONFIRM_CORRECTION = "confirm_correction"


_O, _A = Role.OFFICER, Role.APPROVER
_RECORDS = frozenset({Role.RECORDS_REVIEWER, Role.DISPOSAL_RELEASER})
_OPERATIONAL = frozenset({_O, _A})
_READERS = _OPERATIONAL | {Role.DPO, Role.OVERSEER}
_OWNERS = frozenset({Role.AGREEMENT_OWNER, Role.SENIOR_OWNER})
_OF_PEOPLE = _OPERATIONAL | {Role.SHARING_OFFICER, Role.RIGHTS_OFFICER, Role.DPO}
_OF_SHARING = frozenset({_A, Role.SHARING_OFFICER, Role.RIGHTS_OFFICER, Role.DPO, Role.OVERSEER})
MATRIX: Mapping[Permission, frozenset[Role]] = {
    Permission.LIST_REFERRALS: _READERS,
    Permission.READ_REFERRAL: _READERS,
    Permission.READ_WORDS: _OPERATIONAL,
    Permission.READ_HISTORY: _READERS,
    Permission.LOG: _OPERATIONAL,
    Permission.TRIAGE: _OPERATIONAL,
    Permission.ASSESS: _OPERATIONAL,
    Permission.STATUTORY_ROUTE: _OPERATIONAL,
    Permission.DECIDE: frozenset({_A}),
    Permission.REVIEW_ORDER: frozenset({_A}),
    Permission.SEND: _OPERATIONAL,
    Permission.CHASE: _OPERATIONAL,
    Permission.SNOOZE: _OPERATIONAL,
    Permission.RECORD_ANSWER: _OPERATIONAL,
    Permission.READ_MAIL: _OPERATIONAL,
    Permission.SORT_MAIL: _OPERATIONAL,
    Permission.CHECK: _OPERATIONAL,
    Permission.CLOSE: _OPERATIONAL,
    Permission.WITHDRAW: _OPERATIONAL,
    Permission.REOPEN: frozenset({_A}),
    Permission.HAND_OVER: _OPERATIONAL,
    Permission.WRITE_NOTE: _OPERATIONAL,
    Permission.TAKE_CAPTURE: _OPERATIONAL,
    Permission.OPEN_CAPTURE: _OPERATIONAL,
    Permission.STOP_CAPTURE: _OPERATIONAL,
    Permission.MANAGE_ABSENCE: frozenset({_A, Role.ADMINISTRATOR}),
    Permission.READ_PLATFORMS: _READERS | {Role.ADMINISTRATOR},
    Permission.EDIT_PLATFORM: frozenset({Role.ADMINISTRATOR}),
    Permission.SIGN_OFF_PLATFORM: frozenset({Role.DPO}),
    Permission.LIST_OFFICERS: frozenset({Role.ADMINISTRATOR, Role.DPO, Role.OVERSEER}),
    Permission.MANAGE_OFFICERS: frozenset({Role.ADMINISTRATOR}),
    Permission.READ_RULES: frozenset(Role),
    Permission.OVERSEE: frozenset({Role.DPO, Role.OVERSEER}),
    Permission.READ_WHO: frozenset({Role.DPO, Role.OVERSEER}),
    Permission.LIST_KEPT: _RECORDS | {Role.RIGHTS_OFFICER, Role.DPO, Role.OVERSEER},
    Permission.REVIEW: frozenset({Role.RECORDS_REVIEWER}),
    Permission.READ_REVIEWS: _RECORDS,
    Permission.CONFIRM_REVIEW: frozenset({Role.DISPOSAL_RELEASER}),
    Permission.PLACE_HOLD: frozenset({Role.RECORDS_REVIEWER, Role.RIGHTS_OFFICER, Role.DPO}),
    Permission.LIFT_HOLD: frozenset({Role.DISPOSAL_RELEASER, Role.DPO}),
    Permission.READ_CERTIFICATES: _RECORDS | {Role.RIGHTS_OFFICER, Role.DPO, Role.OVERSEER},
    Permission.PROPOSE_SCHEDULE: frozenset({Role.RECORDS_REVIEWER}),
    Permission.APPROVE_SCHEDULE: frozenset({Role.DPO, Role.SENIOR_OWNER}),
    Permission.READ_DOCUMENTS: _OWNERS | {Role.DPO, Role.OVERSEER, Role.EQUALITY_LEAD},
    Permission.WRITE_DOCUMENT: _OWNERS | {Role.EQUALITY_LEAD},
    Permission.ADVISE_DOCUMENT: frozenset({Role.DPO}),
    Permission.APPROVE_DOCUMENT: frozenset({Role.SENIOR_OWNER}),
    Permission.READ_TRAINING: frozenset(
        {Role.SENIOR_OWNER, Role.DPO, Role.OVERSEER, Role.ADMINISTRATOR}
    ),
    Permission.RECORD_TRAINING: frozenset({Role.SENIOR_OWNER, Role.ADMINISTRATOR}),
    Permission.ACCEPT_INSTRUCTIONS: frozenset(Role) - {Role.OVERSEER},
    Permission.RECORD_SCRUTINY: frozenset({Role.DPO, Role.SENIOR_OWNER}),
    Permission.REPORT_BREACH: frozenset(Role) - {Role.OVERSEER},
    Permission.READ_BREACHES: frozenset({Role.DPO, Role.SENIOR_OWNER, Role.OVERSEER}),
    Permission.KEEP_BREACHES: frozenset({Role.DPO, Role.SENIOR_OWNER}),
    Permission.TALLY: _OPERATIONAL,
    Permission.READ_DISPARITY: frozenset(
        {Role.EQUALITY_LEAD, Role.SENIOR_OWNER, Role.DPO, Role.OVERSEER}
    ),
    Permission.FIND_PERSON: frozenset({_A, Role.RIGHTS_OFFICER, Role.DPO}),
    Permission.JOIN_PEOPLE: frozenset({_A}),
    Permission.DECIDE_TELLING: frozenset({Role.RIGHTS_OFFICER}),
    Permission.CONFIRM_NOT_TELLING: frozenset({Role.RIGHTS_OFFICER, Role.DPO}),
    Permission.PROPOSE_PERSON: frozenset({_O}),
    Permission.AUTHORISE_PERSON: frozenset({_A}),
    Permission.READ_PERSON: _OF_PEOPLE | {Role.RECORDS_REVIEWER},
    Permission.READ_IDENTITY: _OF_PEOPLE,
    Permission.READ_RESTRICTED: frozenset({Role.RECORDS_REVIEWER, Role.RIGHTS_OFFICER, Role.DPO}),
    Permission.READ_CONTACT: frozenset({_O, Role.SHARING_OFFICER}),
    Permission.READ_REPORTER_CONTACT: frozenset({Role.SHARING_OFFICER, Role.RIGHTS_OFFICER}),
    Permission.ADD_STATEMENT: frozenset({_O}),
    Permission.CONTEST_ACCURACY: _OF_PEOPLE | {Role.RECORDS_REVIEWER},
    Permission.CORRECT_PERSON: frozenset({_A, Role.DPO}),
    Permission.RESTRICT_PERSON: frozenset({Role.RIGHTS_OFFICER, Role.DPO}),
    Permission.ASK_TO_LIFT: frozenset({_A, Role.RIGHTS_OFFICER}),
    Permission.LIFT_RESTRICTION: frozenset({Role.DPO}),
    Permission.ASK_PURPOSE: frozenset({_O, Role.SHARING_OFFICER}),
    Permission.ANSWER_PURPOSE: frozenset({Role.DPO}),
    Permission.IMPORT: _OPERATIONAL,
    Permission.TAKE_REPORT: _OPERATIONAL,
    Permission.SETTLE_CHALLENGE: frozenset({_A}),
    Permission.WITHHOLD_TELLING: frozenset({Role.DPO}),
    Permission.READ_RIGHTS: frozenset({Role.RIGHTS_OFFICER, Role.DPO}),
    Permission.HANDLE_RIGHTS: frozenset({Role.RIGHTS_OFFICER}),
    Permission.APPROVE_RIGHTS: frozenset({Role.RIGHTS_OFFICER, Role.DPO}),
    Permission.READ_AGREEMENTS: _OF_SHARING | {Role.AGREEMENT_OWNER, Role.SENIOR_OWNER},
    Permission.PROPOSE_AGREEMENT: frozenset({Role.AGREEMENT_OWNER}),
    Permission.SIGN_AGREEMENT: frozenset({Role.DPO}),
    Permission.END_AGREEMENT: frozenset({Role.AGREEMENT_OWNER, Role.DPO}),
    Permission.SHARE: frozenset({Role.SHARING_OFFICER}),
    Permission.APPROVE_SHARE: frozenset({_A}),
    Permission.APPROVE_CHILD_SHARE: frozenset({Role.DPO}),
    Permission.READ_DISCLOSURES: _OF_SHARING,
    Permission.PROPOSE_OPENING: frozenset({Role.ADMINISTRATOR}),
    Permission.ATTEST_OPENING: frozenset({Role.DPO}),
    Permission.READ_FOI: frozenset({Role.RIGHTS_OFFICER, Role.DPO, Role.SENIOR_OWNER}),
    Permission.ANSWER_FOI: frozenset({Role.RIGHTS_OFFICER}),
    Permission.READ_REQUESTER: frozenset({Role.RIGHTS_OFFICER}),
    Permission.APPROVE_FOI: frozenset({Role.RIGHTS_OFFICER, Role.DPO}),
    Permission.REVIEW_FOI: frozenset({Role.RIGHTS_OFFICER, Role.DPO, Role.SENIOR_OWNER}),
    Permission.ASK_QUESTIONS: frozenset(
        {Role.RIGHTS_OFFICER, Role.DPO, Role.OVERSEER, Role.SENIOR_OWNER}
    ),
    Permission.PUBLISH_FIGURES: frozenset({Role.RIGHTS_OFFICER}),
    Permission.CONFIRM_CORRECTION: frozenset({Role.DPO, Role.SENIOR_OWNER}),
}

DECISIONS = frozenset(
    {
        Permission.DECIDE,
        Permission.REVIEW_ORDER,
        Permission.AUTHORISE_PERSON,
        Permission.LIFT_RESTRICTION,
        Permission.ANSWER_PURPOSE,
        Permission.SIGN_AGREEMENT,
        Permission.SHARE,
        Permission.APPROVE_SHARE,
        Permission.APPROVE_CHILD_SHARE,
        Permission.JOIN_PEOPLE,
        Permission.DECIDE_TELLING,
        Permission.CONFIRM_NOT_TELLING,
        Permission.APPROVE_DOCUMENT,
        Permission.PROPOSE_OPENING,
        Permission.ATTEST_OPENING,
        Permission.SETTLE_CHALLENGE,
        Permission.WITHHOLD_TELLING,
        Permission.KEEP_BREACHES,
        Permission.APPROVE_FOI,
        Permission.CONFIRM_CORRECTION,
        Permission.APPROVE_RIGHTS,
    }
)
"""What only a person does, and a token only with the scope “decide”."""
BY_HAND = DECISIONS | {Permission.ACCEPT_INSTRUCTIONS, Permission.RECORD_TRAINING}
"""What a token does not do without that scope: these open the way to decisions."""
INSTRUCTED = (DECISIONS - {Permission.PROPOSE_OPENING, Permission.ATTEST_OPENING}) | {
    Permission.CONFIRM_REVIEW,
    Permission.LIFT_HOLD,
    Permission.APPROVE_SCHEDULE,
    Permission.SIGN_OFF_PLATFORM,
    Permission.PUBLISH_FIGURES,
}
"""What nobody does who has not accepted the desk's instructions. A restored desk is opened first:
until then nobody can accept anything."""


@dataclass(frozen=True, slots=True)
class Officer:
    """A named person on the desk, as the rules see one.

    ``may_decide`` is the scope of a token; ``is_instructed`` says that they accepted the desk's
    instructions in force, within a year; ``accepts_by`` is there while they are asked to: the last
    day on which they decide without.
    """

    ref: OfficerRef
    roles: frozenset[Role]
    name: str = ""
    may_decide: bool = True
    is_instructed: bool = True
    accepts_by: date | None = None


WORKER = Officer(ref=OfficerRef(UUID(int=1)), roles=frozenset(), name="Evenhand")
"""The desk's own worker: it carries out what officers asked and keeps clocks, deciding nothing."""


PUBLIC = Officer(ref=OfficerRef(UUID(int=2)), roles=frozenset(), name="The public")
"""Whoever uses a public door: without a name, and without a role."""


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, when (by the door's clock), and in which request."""

    officer: Officer
    at: datetime
    request: UUID | None = None


class NotSignedIn(Refused):
    """Only a named officer who is signed in may see or do casework."""

    code = "E-WHO-01"
    clause = words("DPA 2018 s.66: security; s.62: who consulted")
    kind = Kind.NOT_SIGNED_IN


class RoleMissing(Refused):
    """An officer does only what one of their roles allows."""

    code = "E-WHO-02"
    clause = words("DPA 2018 s.57(4): access by default to no more people than needed")
    kind = Kind.FORBIDDEN

    @classmethod
    def lacking(cls, permission: Permission, sentence: str, *, do: str, at: str = "") -> Self:
        """Say no for want of a role that allows this, naming what was tried and who may."""
        roles = ", ".join(sorted(MATRIX[permission]))
        return cls(sentence, do=do, at=at, roles=roles, tried=permission)


class RolesExclude(Refused):
    """Nobody holds roles of two families, so that nobody checks their own work."""

    code = "E-ROLE-61"
    clause = words("DPA 2018 s.70(3): no conflict of interests; separation of duties")


class ApproverFirst(Refused):
    """Whoever approves as a senior officer or for children is an approver as well."""

    code = "E-ROLE-62"


class TokenMayNotDecide(Refused):
    """An API token approves only where the desk gave it that scope: a decision is a person's."""

    code = "E-WHO-03"
    clause = words("DPA 2018 ss.50A–50D: no decision by a machine alone")
    kind = Kind.FORBIDDEN


class OfficerRetired(Refused):
    """An officer who has left the desk does nothing in it."""

    code = "E-WHO-04"
    kind = Kind.FORBIDDEN


class TokenUnknown(Refused):
    """A token is revoked by the number that the list of tokens gives it, while it is in force."""

    code = "E-WHO-06"
    kind = Kind.NOT_FOUND


class NotInstructed(Refused):
    """Who has not accepted the desk's instructions within a year decides nothing."""

    code = "E-WHO-07"
    clause = words("DPA 2018 s.60: only on instructions; rule of this desk: accepted yearly")
    kind = Kind.FORBIDDEN


class TokenScopeNotAllowed(Refused):
    """A token that decides is made only where the desk's profile allows such tokens."""

    code = "E-WHO-05"
    clause = words("DPA 2018 ss.50A–50D; decision 9 of the catalogue")
    kind = Kind.FORBIDDEN


def may(officer: Officer, permission: Permission) -> bool:
    """Say whether the matrix allows it."""
    return not officer.roles.isdisjoint(MATRIX[permission])


def check_may(officer: Officer, permission: Permission) -> None:
    """Refuse what none of the officer's roles allows."""
    if not may(officer, permission):
        raise RoleMissing.lacking(
            permission,
            words("Your roles do not allow this."),
            do=words("Ask a colleague with the role {roles}."),
        )
    if permission in BY_HAND and not officer.may_decide:
        raise TokenMayNotDecide(
            words("This token does not carry the scope “decide”."),
            do=words("Sign in and decide on the page, or use a token with that scope."),
            tried=permission,
        )
    if permission in INSTRUCTED and not officer.is_instructed:
        raise NotInstructed(
            words("You have not accepted the instructions in force within a year."),
            do=words("Read them on your own page and accept them. Then decide."),
            tried=permission,
        )


def check_token_scope(may_decide: bool, desk: Profile) -> None:
    """Refuse the scope “decide” where the desk's profile keeps decisions with people."""
    if may_decide and not desk.token_may_decide:
        raise TokenScopeNotAllowed(
            words("The profile of this desk does not let a token decide."),
            do=words("Make the token without that scope; decisions are taken on the page."),
            at="decide",
        )


def check_roles(roles: frozenset[Role]) -> None:
    """Refuse roles that one person may not hold together, and no role at all."""
    if not roles:
        raise RolesExclude(
            words("An officer needs at least one role."), do=words("Name a role."), at="roles"
        )
    families = sorted({FAMILY[role] for role in roles})
    if len(families) > 1:
        raise RolesExclude(
            words("These roles belong to different families: {families}."),
            do=words("Give the roles of one family to one person."),
            at="roles",
            families=", ".join(families),
        )
    if roles & MORE_THAN_APPROVER and Role.APPROVER not in roles:
        raise ApproverFirst(
            words("This role adds to that of an approver and allows nothing by itself."),
            do=words("Give the role approver too."),
            at="roles",
        )

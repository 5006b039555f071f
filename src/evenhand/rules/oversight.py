"""What an overseer must see: which refusals were attempts, and for what the log may be read."""

from collections.abc import Mapping
from enum import StrEnum

from evenhand.rules.agreements import RecipientClosed
from evenhand.rules.assurance import (
    IcoNotHeard,
    NoAssessmentInForce,
    NoPolicyInForce,
    NotUnderPart3,
    OwnDocument,
)
from evenhand.rules.captures import CaptureLocked, CaptureReasonMissing
from evenhand.rules.challenges import HandsOnIt
from evenhand.rules.exports import TrainingNeededForExport
from evenhand.rules.figures import OwnCorrection
from evenhand.rules.foi import OwnReply
from evenhand.rules.foi_parts import OtherEyesNeeded
from evenhand.rules.holds import OtherOfficerNeeded
from evenhand.rules.looks import LookNeedsAuthority
from evenhand.rules.notices import NotSignedOff
from evenhand.rules.officers import (
    NotInstructed,
    Officer,
    Permission,
    RoleMissing,
    TokenMayNotDecide,
    TokenScopeNotAllowed,
    check_may,
)
from evenhand.rules.order_reviews import GaveItThemselves
from evenhand.rules.people import (
    LookReasonMissing,
    NotYourPerson,
    OwnRequest,
    TrainingNeededForPerson,
)
from evenhand.rules.people_finding import KeyNotExact
from evenhand.rules.purposes import OtherPurpose
from evenhand.rules.referrals import ChildTrainingNeeded, SameOfficer, SeniorNeeded
from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.retention import Restricted
from evenhand.rules.reviews import ReviewerInvolved
from evenhand.rules.training import OwnTraining
from evenhand.rules.words import words


class LogPurpose(StrEnum):
    """What the log may be read for. There is no other purpose. DPA 2018 s.62(4)."""

    LAWFULNESS = "lawfulness"
    SELF_MONITORING = "self_monitoring"
    SECURITY = "security"
    PROCEEDINGS = "proceedings"


class LogPurposeMissing(Refused):
    """Who did what is read from the log for one of the four purposes in law, and for no other."""

    code = "E-LOG-55"
    clause = words("DPA 2018 s.62(4): what logs may be used for")
    kind = Kind.FORBIDDEN


TRIED: Mapping[type[Refused], Permission] = {
    # The person is not the one who may: a second officer, a senior one, one trained for children.
    SameOfficer: Permission.DECIDE,
    SeniorNeeded: Permission.DECIDE,
    ChildTrainingNeeded: Permission.DECIDE,
    OwnTraining: Permission.RECORD_TRAINING,
    # Somebody wanted to let a program do what only a person does.
    TokenScopeNotAllowed: Permission.MANAGE_OFFICERS,
    # An authority that has to be there first is not there.
    LookNeedsAuthority: Permission.LOG,
    NotSignedOff: Permission.SEND,
    LogPurposeMissing: Permission.READ_WHO,
    # What is kept is closed, or somebody wanted to be their own second officer.
    Restricted: Permission.READ_RESTRICTED,
    OtherOfficerNeeded: Permission.CONFIRM_REVIEW,
    ReviewerInvolved: Permission.REVIEW,
    # A person's record is not theirs to open, or not theirs to authorise.
    NotYourPerson: Permission.READ_PERSON,
    OwnRequest: Permission.AUTHORISE_PERSON,
    TrainingNeededForPerson: Permission.AUTHORISE_PERSON,
    TrainingNeededForExport: Permission.APPROVE_SHARE,
    # Somebody wanted to look at a person, and did not say what for.
    LookReasonMissing: Permission.READ_PERSON,
    # Somebody looked for more than one person at once.
    KeyNotExact: Permission.FIND_PERSON,
    # A document that has to be in force first is not, or its author would put it in force.
    NoAssessmentInForce: Permission.READ_PERSON,
    NotUnderPart3: Permission.READ_PERSON,
    IcoNotHeard: Permission.PROPOSE_PERSON,
    NoPolicyInForce: Permission.PROPOSE_PERSON,
    OwnDocument: Permission.APPROVE_DOCUMENT,
    # What is held for one purpose was to serve another that nobody has allowed.
    OtherPurpose: Permission.READ_PERSON,
    # Somebody wanted to open a capture without saying what for, or one that was stopped.
    CaptureReasonMissing: Permission.OPEN_CAPTURE,
    CaptureLocked: Permission.OPEN_CAPTURE,
    # Data was to go to a kind of recipient that no law has opened.
    RecipientClosed: Permission.SHARE,
    # Somebody wanted to judge what they had a part in themselves.
    HandsOnIt: Permission.SETTLE_CHALLENGE,
    GaveItThemselves: Permission.REVIEW_ORDER,
    OwnReply: Permission.REVIEW_FOI,
    OtherEyesNeeded: Permission.APPROVE_FOI,
    OwnCorrection: Permission.CONFIRM_CORRECTION,
}
"""The rules that refuse a person or a lacking authority, and what is tried against them.

A role that is missing is one too, a token without its scope and instructions not accepted: each
says itself what was tried. Every other refusal says how to do the same act rightly (another answer
is missing, a date is wrong, a colleague was faster), or that nothing is there: who is told so, and
does it rightly, has tried nothing that they may not.
Content that is not public leaves an entry of its own, with nothing of the content.
"""


def tried(refused: Refused) -> Permission | None:
    """Say what this refusal kept an officer from; None where it was no attempt."""
    if isinstance(refused, RoleMissing | TokenMayNotDecide | NotInstructed):
        return Permission(refused.values["tried"])
    return TRIED.get(type(refused))


def check_may_read_who(officer: Officer, purpose: str) -> LogPurpose:
    """Refuse to tell who did what to any but those who oversee, for a purpose in law."""
    check_may(officer, Permission.READ_WHO)
    if purpose not in set(LogPurpose):
        raise LogPurposeMissing(
            words("The log says who did what only for a purpose in law."),
            do=words("Say which of the four it is. Your reading is an entry of the log, too."),
            at="purpose",
        )
    return LogPurpose(purpose)


NUMBERED = words(
    "Entries are numbered from 0, as in the log’s tree and by its verifier. # and a number: the"
    " entry has no index in the tree, and this is its number in the database."
)
"""How entries are named wherever an overseer reads of them."""
DIFFERENCES: Mapping[str, str] = {
    "row-differs": words(
        "Row {key} of {table} was changed behind the application’s back: it is not as the log last"
        " noted it."
    ),
    "row-without-log-entry": words(
        "Row {key} of {table} was added behind the application’s back: no entry of the log tells"
        " of it."
    ),
    "row-missing": words(
        "Row {key} of {table} was removed behind the application’s back: no entry of the log says"
        " that it was erased."
    ),
    "erasure-not-done": words(
        "Row {key} of {table} is there, although an entry of the log says that it was erased."
    ),
    "change-without-entry": words(
        "A change of row {key} of {table} was noted that no entry of the log tells of."
    ),
    "change-missing": words(
        "An entry of the log tells of a change of row {key} of {table} that is not noted any more."
    ),
    "changes-reordered": words(
        "The changes of entry {key} of the log were put into another order than it tells of them"
        " in."
    ),
    "leaf-altered": words("Entry {key} of the log was altered: its hash is not that of its leaf."),
    "entry-altered": words(
        "Entry {key} of the log was altered: it is kept under another record or version than it"
        " was made for."
    ),
    "opening-altered": words(
        "The fields of entry {key} of the log were altered: they do not give the digest in its"
        " leaf."
    ),
    "opening-missing": words("The fields of entry {key} of the log were removed."),
    "opening-without-entry": words(
        "Entry {key} of the log was removed; its fields are still there."
    ),
    "version-gap": words(
        "The entries about record {key} do not follow each other: one was removed, or put in."
    ),
    "entry-not-in-tree": words(
        "Entry {key} of the log was put in behind the application’s back: it has no index in the"
        " tree, and does not wait for one."
    ),
    "entry-differs-from-tree": words(
        "Entry {key} of the log is not the one that the tree has at its index: it was altered, or"
        " put in the place of another."
    ),
    "entry-removed": words(
        "Entry {key} of the log was removed from the database, or lost its index there: the tree"
        " has it."
    ),
    "tree-altered": words(
        "The published log was altered: its file {key} is not there, or does not fit the others."
    ),
    "counts-differ": words(
        "The number of records of kind {table} does not balance: the log says that {key} more were"
        " made than are there or have a certificate of disposal."
    ),
    "sums-differ": words(
        "The count “{key}” was altered behind the application’s back: the sums of its months are"
        " not what its days add up to."
    ),
    "function-altered": words(
        "The database’s function {key}, with which rows are guarded and compared, is not the one"
        " that this version brought: what it says of rows may be untrue."
    ),
    "guard-off": words(
        "The table {key} is not guarded as this version guards it, or answers by a rule of its"
        " own: it may have been changed without a trace."
    ),
}
"""What the words of a difference between casework, log and tree mean. They are a contract."""

"""Questions that a desk like this was asked, and which of the library’s numbers answer each.

Their ids are those of a published request and of what was asked further about the same unit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evenhand.rules.questions import By, QuestionWrong
from evenhand.rules.questions_library import LIBRARY
from evenhand.rules.words import words


class Told(StrEnum):
    """What is answered from a register of the desk and is no number."""

    DOCUMENTS = "documents"
    OPERATIONS = "operations"
    SCRUTINY = "scrutiny"
    CONTENTS = "contents_of_a_request"
    EXTREMES = "youngest_and_oldest"
    DISPOSALS = "first_and_last_disposal"
    FIELDS = "fields_held"
    EQUALITY = "equality"
    HARMS = "harms"
    TIMES = "times_to_decision"


@dataclass(frozen=True, slots=True)
class Asked:
    """A number of the library that answers a part of a question, and what it is divided by."""

    code: str
    by: tuple[By, ...] = ()


@dataclass(frozen=True, slots=True)
class Recurring:
    """How a question is answered: sentences that are true of the service, numbers, registers."""

    says: tuple[str, ...] = ()
    counts: tuple[Asked, ...] = ()
    told: tuple[Told, ...] = ()


_KIND_AND_SYSTEM = (By.KIND, By.SYSTEM)
_NOTHING_BY_ITSELF = words(
    "No decision, collection or assessment is automated. Every record was made, assessed, approved,"
    " passed on and disposed of by a named officer, with two exceptions. What somebody outside"
    " sends (a report by the form, a platform’s answer by the link of our notice) is counted as"
    " “public”: a person sent it, and no name is asked for. What the schedule destroys past its"
    " last day is counted as “worker”. What the software does by itself is listed, with its effect."
)
_NOT_IN_BULK = words(
    "There is no act by which records of several people leave at once, and no program that collects"
    " content. Everything is logged by a person, for one of the reasons that are listed."
)
RECURRING: Mapping[str, Recurring] = {
    "R1Q1": Recurring(told=(Told.DOCUMENTS,)),
    "R2Q1": Recurring(
        (_NOTHING_BY_ITSELF,),
        (Asked("created_by_machine"), Asked("steps_with_content", (By.ACTOR,))),
        (Told.OPERATIONS,),
    ),
    "R2Q2": Recurring(
        (_NOTHING_BY_ITSELF,),
        (
            Asked("steps_with_content", (By.ACT, By.ACTOR)),
            Asked("records_created", _KIND_AND_SYSTEM),
        ),
    ),
    "R2Q3": Recurring(told=(Told.SCRUTINY,)),
    "R3Q1": Recurring(
        (
            words(
                "A person’s record leaves only as a package for a named recipient under an"
                " agreement in force, which two officers released."
            ),
        ),
        (
            Asked("disclosures", (By.RECIPIENT, By.AGREEMENT)),
            Asked("disclosures", (By.PURPOSE,)),
            Asked("people_disclosed", (By.RECIPIENT,)),
            Asked("exports", (By.RECIPIENT,)),
        ),
    ),
    "R3Q2": Recurring(
        (),
        (
            Asked("requests"),
            Asked("other_purposes", (By.PURPOSE, By.ANSWER)),
            Asked("disclosures", (By.PURPOSE,)),
        ),
        (Told.CONTENTS,),
    ),
    "R3Q3": Recurring(
        (_NOT_IN_BULK,),
        (
            Asked("logged", (By.SOURCE,)),
            Asked("logged", (By.MONTH,)),
            Asked("referrals_sent"),
            Asked("with_person"),
            Asked("disclosures", (By.RECIPIENT,)),
            Asked("exports", (By.RECIPIENT, By.PURPOSE)),
        ),
    ),
    "R4Q1": Recurring(
        (),
        (
            Asked("people", (By.AGE,)),
            Asked("people", (By.KNOWN,)),
            Asked("people_under_18"),
            Asked("people_under_13"),
        ),
        (Told.EXTREMES,),
    ),
    "R4Q2": Recurring(
        (),
        (
            Asked("records_held", _KIND_AND_SYSTEM),
            Asked("old_records", (By.SYSTEM,)),
            Asked("old_left", (By.SYSTEM, By.WHAT)),
            Asked("old_people", (By.SYSTEM, By.WHAT)),
        ),
    ),
    "R4Q3": Recurring(
        (),
        (
            Asked("people"),
            Asked("people_by_role", (By.ROLE,)),
            Asked("people_under_18"),
            Asked("logged"),
            Asked("with_person"),
        ),
    ),
    "R4Q4": Recurring((), (Asked("records_disposed", (By.KIND,)),), (Told.DISPOSALS,)),
    "R4Q5": Recurring(
        (),
        (
            Asked("records_disposed", (By.SYSTEM, By.BECAUSE)),
            Asked("records_disposed", (By.KIND, By.SYSTEM)),
            Asked("records_disposed", (By.SYSTEM, By.MONTH)),
        ),
        (Told.DISPOSALS,),
    ),
    "X1": Recurring(told=(Told.FIELDS,)),
    "X2": Recurring(
        (words("There is no list of accounts that are watched: the service has no such thing."),),
        (
            Asked("accounts_recorded", (By.PLATFORM,)),
            Asked("accounts", (By.PLATFORM,)),
            Asked("accounts_again", (By.PLATFORM,)),
        ),
    ),
    "X3": Recurring(
        (
            words(
                "Nobody is on record without a role and a reason why it is necessary. A suspect"
                " needs an offence and grounds from a closed list; no genre, place or association"
                " is one."
            ),
        ),
        (
            Asked("people", (By.AGE,)),
            Asked("people_by_role", (By.ROLE, By.AGE)),
            Asked("people_by_grounds", (By.GROUND,)),
        ),
    ),
    "X4": Recurring(
        (
            words(
                "Yes. The role stands on the link between a person and a referral, has no default"
                " and no value “unknown”, and is dated; so nobody’s role is unknown for any time."
            ),
        ),
        (Asked("people_by_role", (By.ROLE,)), Asked("role_changes")),
    ),
    "X5": Recurring(
        (
            words(
                "No list of people can be printed or exported. Whoever was given a package is told"
                " when the record goes, and is asked to erase their copies."
            ),
        ),
        (
            Asked("disclosures", (By.RECIPIENT,)),
            Asked("exports", (By.RECIPIENT,)),
            Asked("recalls", (By.STEP,)),
            Asked("recalls_overdue", (By.RECIPIENT,)),
        ),
    ),
    "X6": Recurring(told=(Told.EQUALITY,)),
    "X7": Recurring(
        (
            words(
                "No. The service has no watch for words, no feed and no alert on content. A request"
                " needs a harm from a list in which no genre is, and a ground in law or in terms."
            ),
        ),
        (
            Asked("logged", (By.SOURCE,)),
            Asked("requests", (By.GROUND,)),
            Asked("requests", (By.HARM,)),
        ),
        (Told.HARMS,),
    ),
    "X8": Recurring(
        (),
        (
            Asked("requests", (By.PLATFORM, By.GROUND)),
            Asked("contents_sent", (By.PLATFORM,)),
            Asked("decisions", (By.PLATFORM, By.OUTCOME)),
            Asked("removals", (By.PLATFORM, By.OUTCOME)),
            Asked("put_back", (By.PLATFORM,)),
            Asked("no_answer", (By.PLATFORM,)),
            Asked("requests", (By.MONTH,)),
        ),
        (Told.TIMES,),
    ),
    "X9": Recurring(
        (),
        (
            Asked("people_told", (By.TELLING, By.GROUND)),
            Asked("people_told_overdue", (By.TELLING,)),
        ),
    ),
}


def how_to_answer(id_: str, codes: Sequence[str] = ()) -> Recurring:
    """Say how a question is answered, by its id or by the codes that its file names.

    Raises QuestionWrong.
    """
    if id_ in RECURRING:
        return RECURRING[id_]
    if codes and all(it in LIBRARY for it in codes):
        return Recurring(counts=tuple(Asked(it) for it in codes))
    raise QuestionWrong(
        words("Nobody has said which numbers of the library answer the question {id}."),
        do=words('Name their codes in the file, as answers = ["records_held"].'),
        at="answers",
        id=id_,
    )


def answered_by(id_: str) -> Sequence[str]:
    """Name the numbers and registers that answer a recurring question; none where it is another."""
    it = RECURRING.get(id_, Recurring())
    return sorted({*(asked.code for asked in it.counts), *it.told})

"""The library: every number that the desk gives on request, and exactly what each means.

Numbers of records are numbers of people too: those of one kind are people’s records.
"""

from collections.abc import Mapping

from evenhand.rules.people_ages import BANDS
from evenhand.rules.publishing_tables import About
from evenhand.rules.questions import By, Meaning, QuestionWrong
from evenhand.rules.questions_basis import HAPPENED, THERE
from evenhand.rules.questions_of_acts import OF_ACTS
from evenhand.rules.questions_of_old import OF_OLD_SYSTEMS
from evenhand.rules.questions_of_work import OF_WORK, YES
from evenhand.rules.words import words

_OF_A_RECORD = (By.KIND, By.SYSTEM)
_SHARED = (By.RECIPIENT, By.AGREEMENT, By.PURPOSE)
_TOLD = (By.TELLING, By.GROUND, By.UNTIL, By.CHILD)
UNDER_18 = frozenset(name for name, end in BANDS if end <= 18)
UNDER_13 = frozenset(name for name, end in BANDS if end <= 13)
OF_RECORDS = (
    Meaning(
        code="records_held",
        title=words("Records held"),
        definition=words(
            "A record is one referral (one content on one platform) or one person’s record,"
            " proposed and refused ones among them until they are disposed of; or one line of an"
            " old system that waits in quarantine. By the system that it came from: “evenhand” is"
            " what began here."
        ),
        counted="held",
        parts=_OF_A_RECORD,
        by=_OF_A_RECORD,
        basis=THERE,
        about=About.PEOPLE,
    ),
    Meaning(
        code="records_created",
        title=words("Records created or imported"),
        definition=words(
            "Records that came: logged here, or taken over from an old system, which its name says."
            " They stay counted when they are disposed of."
        ),
        counted="created",
        parts=_OF_A_RECORD,
        by=(*_OF_A_RECORD, By.MONTH),
        basis=HAPPENED,
        about=About.PEOPLE,
    ),
    Meaning(
        code="records_disposed",
        title=words("Records disposed of"),
        definition=words(
            "Whole records that were destroyed, each with a certificate, by the day of the"
            " certificate, the system that they came from, and why."
        ),
        counted="disposed",
        parts=(By.KIND, By.WHAT, By.SYSTEM, By.BECAUSE),
        by=(By.KIND, By.SYSTEM, By.BECAUSE, By.MONTH),
        basis=HAPPENED,
        about=About.PEOPLE,
        only={By.WHAT: frozenset({"record"})},
    ),
    *OF_OLD_SYSTEMS,
    Meaning(
        code="people",
        title=words("People on record"),
        definition=words(
            "Unique people on record, restricted ones among them. Records that two officers joined"
            " count once. Where nobody has decided yet whether two records of one name and birth"
            " date are one person’s, there are at least as many as if they were and at most as many"
            " as if they were not. By how old they were when first recorded."
        ),
        counted="people",
        parts=(By.AGE, By.KNOWN),
        by=(By.AGE, By.KNOWN),
        basis=THERE,
        about=About.GROUPS,
        less="people_undecided",
    ),
    Meaning(
        code="people_under_18",
        title=words("People known to have been under 18"),
        definition=words(
            "Unique people on record of whom the youngest age that they can have had when they were"
            " first recorded was under 18. Whose age is not known is not among them."
        ),
        counted="people",
        parts=(By.AGE, By.KNOWN),
        by=(By.AGE,),
        basis=THERE,
        about=About.GROUPS,
        only={By.AGE: UNDER_18},
        among=("people",),
    ),
    Meaning(
        code="people_under_13",
        title=words("People known to have been under 13"),
        definition=words("As people known to have been under 18, for 13."),
        counted="people",
        parts=(By.AGE, By.KNOWN),
        by=(By.AGE,),
        basis=THERE,
        about=About.GROUPS,
        only={By.AGE: UNDER_13},
        among=("people", "people_under_18"),
    ),
    Meaning(
        code="people_by_role",
        title=words("People in each role"),
        definition=words(
            "Unique people on record in each role that a second officer authorised and that is in"
            " force. Whoever has two roles counts in both, so these can be more than the people."
            " There is no role “unknown”: nobody is on record without a role."
        ),
        counted="people_by_role",
        parts=(By.ROLE, By.AGE),
        by=(By.ROLE, By.AGE),
        basis=THERE,
        about=About.PEOPLE,
    ),
    Meaning(
        code="people_by_grounds",
        title=words("Why people are suspected"),
        definition=words(
            "Unique people on record by each ground of suspicion that the list has, of roles in"
            " force. One person can have several."
        ),
        counted="people_by_grounds",
        parts=(By.GROUND,),
        by=(By.GROUND,),
        basis=THERE,
        about=About.PEOPLE,
    ),
    Meaning(
        code="people_told",
        title=words("Whether people are told"),
        definition=words(
            "Records of people by what is decided: they are told; they are not told, on a ground in"
            " law that a second officer confirmed; or it is not decided yet."
        ),
        counted="telling",
        parts=_TOLD,
        by=(By.TELLING, By.GROUND),
        basis=THERE,
        about=About.PEOPLE,
    ),
    Meaning(
        code="people_told_overdue",
        title=words("Decisions on telling that are overdue"),
        definition=words(
            "Of these, records of whom nobody decided within 28 days, or 14 under 18, and decisions"
            " not to tell whose day of review is past."
        ),
        counted="telling",
        parts=_TOLD,
        by=(By.TELLING,),
        basis=THERE,
        about=About.PEOPLE,
        late=True,
        among=("people_told",),
    ),
    Meaning(
        code="disclosures",
        title=words("Disclosures of a person’s record"),
        definition=words(
            "Packages about one person that were released to a recipient under an agreement, by the"
            " day of the release. Each is counted, also of the same person. There is no other way"
            " for a person’s record to leave but a referral’s export, which is counted by itself."
        ),
        counted="disclosed",
        parts=(*_SHARED, By.FIRST),
        by=(*_SHARED, By.MONTH),
        basis=HAPPENED,
        about=About.PEOPLE,
    ),
    Meaning(
        code="people_disclosed",
        title=words("People about whom something was disclosed for the first time"),
        definition=words(
            "Disclosures that were the first about this person: over all days, each person once."
        ),
        counted="disclosed",
        parts=(*_SHARED, By.FIRST),
        by=(*_SHARED, By.MONTH),
        basis=HAPPENED,
        about=About.PEOPLE,
        only={By.FIRST: YES},
        among=("disclosures",),
    ),
    Meaning(
        code="exports",
        title=words("Exports of a referral"),
        definition=words(
            "Exports of one referral for police or a court that two officers allowed and that were"
            " taken, by the day on which they were allowed. No export holds more than one referral."
        ),
        counted="exported",
        parts=_SHARED,
        by=(*_SHARED, By.MONTH),
        basis=HAPPENED,
    ),
    Meaning(
        code="other_purposes",
        title=words("Uses for another purpose"),
        definition=words(
            "Requests to use one person’s record for another purpose than having content removed,"
            " and what the data protection officer answered."
        ),
        counted="other_purpose",
        parts=(By.PURPOSE, By.ANSWER),
        by=(By.PURPOSE, By.ANSWER, By.MONTH),
        basis=HAPPENED,
        about=About.PEOPLE,
    ),
    Meaning(
        code="recalls",
        title=words("Recalls of what was disclosed"),
        definition=words(
            "Messages to recipients that what they hold is wrong, restricted or erased: begun,"
            " sent, and acknowledged by them."
        ),
        counted="recalled",
        parts=(By.RECIPIENT, By.BECAUSE, By.STEP),
        by=(By.RECIPIENT, By.BECAUSE, By.STEP, By.MONTH),
        basis=HAPPENED,
        about=About.PEOPLE,
    ),
    Meaning(
        code="recalls_overdue",
        title=words("Recalls that are overdue"),
        definition=words(
            "Recalls that were not sent by the end of the next working day, or not acknowledged in"
            " the working days that the agreement gives, counted from the first sending."
        ),
        counted="recall_open",
        parts=(By.RECIPIENT, By.BECAUSE, By.SENT, By.UNTIL, By.DAYS),
        by=(By.RECIPIENT, By.BECAUSE),
        basis=THERE,
        about=About.PEOPLE,
        late=True,
    ),
)
LIBRARY: Mapping[str, Meaning] = {it.code: it for it in (*OF_RECORDS, *OF_WORK, *OF_ACTS)}
"""Every question that can be asked, by its code."""


def meaning_of(code: str) -> Meaning:
    """Give what a question of the library means. Raises QuestionWrong."""
    if code not in LIBRARY:
        raise QuestionWrong(
            words("The library has no such question."),
            do=words("Choose one of those that it lists."),
            at="code",
        )
    return LIBRARY[code]

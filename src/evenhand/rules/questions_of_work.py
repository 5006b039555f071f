"""The library, its numbers of what the desk, platforms and recipients did with content."""

from evenhand.rules.publishing_tables import About
from evenhand.rules.questions import By, Meaning
from evenhand.rules.questions_basis import HAPPENED, THERE
from evenhand.rules.words import words

_OF_A_REQUEST = (By.PLATFORM, By.GROUND, By.HARM)
_BY_REQUEST = (*_OF_A_REQUEST, By.MONTH)
_SENT = (*_OF_A_REQUEST, By.FIRST, By.NEW)
_ANSWERED = (*_OF_A_REQUEST, By.OUTCOME)
YES = frozenset({"true"})

OF_WORK = (
    Meaning(
        code="logged",
        title=words("Referrals logged"),
        definition=words(
            "Referrals by how the desk came to know of the content. Each was logged by a person: no"
            " program searches, and there is no list of accounts that are watched."
        ),
        counted="logged",
        parts=(By.SOURCE, By.PLATFORM, By.SYSTEM),
        by=(By.SOURCE, By.PLATFORM, By.SYSTEM, By.MONTH),
        basis=HAPPENED,
    ),
    Meaning(
        code="requests",
        title=words("Requests sent"),
        definition=words(
            "Requests that a platform took, after a second officer approved them, by the day on"
            " which it took them. A reminder is not counted; a request that was reopened and sent"
            " again is."
        ),
        counted="referred",
        parts=_SENT,
        by=_BY_REQUEST,
        basis=HAPPENED,
    ),
    Meaning(
        code="referrals_sent",
        title=words("Referrals that led to a request"),
        definition=words("First requests of a referral: each referral once."),
        counted="referred",
        parts=_SENT,
        by=_BY_REQUEST,
        basis=HAPPENED,
        only={By.FIRST: YES},
    ),
    Meaning(
        code="contents_sent",
        title=words("Contents that a platform was asked about"),
        definition=words(
            "First requests about a content: each content once, also where it was logged twice, as"
            " long as an earlier referral of it is on record."
        ),
        counted="referred",
        parts=_SENT,
        by=_BY_REQUEST,
        basis=HAPPENED,
        only={By.NEW: YES},
    ),
    Meaning(
        code="decisions",
        title=words("Decisions of platforms"),
        definition=words(
            "Decisions that platforms gave, each new one counted, by the day on which the desk had"
            " it. “Already gone” and “gone, reason unknown” are no removals."
        ),
        counted="answered",
        parts=_ANSWERED,
        by=(*_ANSWERED, By.MONTH),
        basis=HAPPENED,
    ),
    Meaning(
        code="days_to_decision",
        title=words("Decisions of platforms by the days that they took"),
        definition=words(
            "Decisions that platforms gave, each new one counted, by the days from the last sending"
            " to it."
        ),
        counted="decided_after",
        parts=(By.PLATFORM, By.DAYS),
        by=(By.PLATFORM, By.DAYS, By.MONTH),
        basis=HAPPENED,
    ),
    Meaning(
        code="removals",
        title=words("Removals"),
        definition=words(
            "Referrals whose platform said that it restricted the content, in whole or part, and"
            " that a person then saw gone, by that day. What was put back or withdrawn since is"
            " taken out again, as the desk knew it at the end of the day as at which it is asked."
        ),
        counted="removed",
        parts=_ANSWERED,
        by=(*_ANSWERED, By.MONTH),
        basis=HAPPENED,
    ),
    Meaning(
        code="put_back",
        title=words("Contents put back"),
        definition=words(
            "Contents that were removed and that the platform said it put back, or a person saw"
            " again, by that day."
        ),
        counted="put_back",
        parts=_OF_A_REQUEST,
        by=_BY_REQUEST,
        basis=HAPPENED,
    ),
    Meaning(
        code="no_answer",
        title=words("Requests without an answer"),
        definition=words(
            "Referrals that stand as unanswered after every reminder, by the day on which that was"
            " recorded. An answer that comes later takes them out again."
        ),
        counted="no_answer",
        parts=_OF_A_REQUEST,
        by=_BY_REQUEST,
        basis=HAPPENED,
    ),
    Meaning(
        code="with_person",
        title=words("Referrals with a person"),
        definition=words(
            "Referrals for which a second officer authorised the first person, by that day and by"
            " how the desk came to know of the content. All others are about no person on record."
        ),
        counted="with_person",
        parts=(By.SOURCE,),
        by=(By.SOURCE, By.MONTH),
        basis=HAPPENED,
        about=About.PEOPLE,
    ),
    Meaning(
        code="accounts_recorded",
        title=words("Accounts recorded for the first time"),
        definition=words(
            "Distinct accounts that the addresses of referrals name, each on the day on which the"
            " first such referral was logged. An account of which nothing is on record any more is"
            " not known, and counts as new when it comes again."
        ),
        counted="account",
        parts=(By.PLATFORM,),
        by=(By.PLATFORM, By.MONTH),
        basis=HAPPENED,
    ),
    Meaning(
        code="accounts",
        title=words("Accounts on record"),
        definition=words(
            "Distinct accounts that addresses of referrals on record name. None is watched: the"
            " desk has no list of accounts."
        ),
        counted="accounts",
        parts=(By.PLATFORM,),
        by=(By.PLATFORM,),
        basis=THERE,
    ),
    Meaning(
        code="accounts_again",
        title=words("Accounts with more than one referral"),
        definition=words("Of the accounts on record, those that two referrals or more name."),
        counted="accounts_again",
        parts=(By.PLATFORM,),
        by=(By.PLATFORM,),
        basis=THERE,
    ),
)

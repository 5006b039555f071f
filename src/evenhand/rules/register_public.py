"""The register's lines about what comes in by the doors that anyone may use."""

from evenhand.rules.assessments import Kind
from evenhand.rules.officers import Permission
from evenhand.rules.register import Basis, Held, Keep, Table

REPORT = Table(
    "public_report",
    "learn of public content that worries somebody",
    Basis.TASK,
    Keep.REPORT,
    read_by=Permission.TAKE_REPORT,
    words_read_by=Permission.TAKE_REPORT,
)
CONTACT = Table(
    "reporter_contact",
    "tell a reporter once what became of the report, where they asked to be told",
    Basis.TASK,
    Keep.REPORTER,
    read_by=None,
    words_read_by=None,
)
COUNT = Table(
    "public_report_count",
    "answer how many reports came to what",
    Basis.LEGAL_DUTY,
    Keep.COUNTS,
    read_by=Permission.LIST_REFERRALS,
)
ASKING = Table(
    "asking",
    "tell whoever posted content whether the desk asked the platform, on one day for all",
    Basis.LEGAL_DUTY,
    Keep.ASKING,
    read_by=None,
)
CHALLENGE = Table(
    "challenge",
    "have an officer with no part in a referral look again, where its poster challenges it",
    Basis.LEGAL_DUTY,
    Keep.CASE,
    read_by=Permission.SETTLE_CHALLENGE,
    words_read_by=Permission.SETTLE_CHALLENGE,
)
CHALLENGER = Table(
    "challenger_contact",
    "tell a challenger once that it was settled, where they asked to be told",
    Basis.LEGAL_DUTY,
    Keep.REPORTER,
    read_by=None,
    words_read_by=None,
)
KNOCK = Table(
    "machinery.knock",
    "bound how often a public door is used, without knowing by whom",
    Basis.SECURITY,
    Keep.MACHINERY,
    read_by=None,
)

PUBLIC: tuple[Held, ...] = (
    *REPORT.hidden(
        id="The report's own random id",
        key_id="Which key seals its words, and them alone",
        receipt="A keyed hash of the receipt number, which only the reporter has",
    ),
    *REPORT.plain(
        day="The day on which it came",
        received_at="When it came",
        schedule="The row of the retention schedule",
        review_on="The day by which an officer should have opened it",
        max_on="The day on which it is erased if nobody has settled it",
        answers_until="Until when its receipt answers",
        standing="Whether it waits, was opened, or how it was settled",
        platform="The platform's code, if it is one of the law data's",
        worry="What the reporter is worried about, as a code",
        danger_now="That the reporter says somebody is in danger now",
        public_without_login="That anyone could see it; nothing else is ever stored",
        opened_at="When an officer opened it",
        settled_at="When it was settled, or erased unsettled",
        signpost="Who deals with it instead, as a code",
        became="The referral that it was taken up as, as a random id",
    ),
    *REPORT.personal(
        opened_by_id="Which officer opened it", settled_by_id="Which officer settled it"
    ),
    *REPORT.words(
        url="The address as the reporter entered it, until it is settled",
        why="Why it worries them, in their words, until it is settled",
    ),
    *REPORT.words(Kind.ASSESSMENT, reason="Why it was set aside, in the officer's own words"),
    *CONTACT.hidden(
        id="The row's own random id",
        key_id="Which key seals it, and it alone",
        report_id="About which report",
        schedule="The row of the retention schedule",
        day="The day on which it came",
        last_on="Its last day",
        language="In which language the reporter is written to",
    ),
    *CONTACT.words(email="Where the reporter wants to be told; no officer sees it"),
    *COUNT.hidden(id="The count's own random id"),
    *COUNT.plain(day="The day", what="What is counted, as a code", count="How many"),
    *ASKING.hidden(
        id="The question's own random id",
        receipt="A keyed hash of the receipt number, which only the asker has",
        content="A keyed hash of the content that was asked about; it shows no address",
        schedule="The row of the retention schedule",
        day="The day on which it was asked",
        answer_on="The day on which everybody who asked that day is answered",
        answers_until="Until when its receipt answers",
        told="What was told: that it was referred, or that nothing can be said",
        referral="The referral that was told of, as a random id",
        ground="The ground on which the platform was asked, as a code",
        harm="The kind of harm that the platform was told of, as a code",
    ),
    *CHALLENGE.hidden(id="The id of the question whose receipt it came by"),
    *CHALLENGE.plain(
        referral_id="The referral that is challenged",
        at="When it came",
        due_on="By when it is to be settled",
        standing="Whether it waits, and how it was settled",
        settled_at="When it was settled",
    ),
    *CHALLENGE.personal(settled_by_id="Which officer settled it, with no part in the referral"),
    *CHALLENGE.words(words="Why they challenge it, in their words"),
    *CHALLENGE.words(
        Kind.ASSESSMENT,
        reasons="Why it was settled so, in the officer's own words",
        told="What its challenger reads, in the officer's own words",
    ),
    *CHALLENGER.hidden(
        id="The row's own random id",
        key_id="Which key seals it, and it alone",
        challenge="About which challenge, as a random id",
        schedule="The row of the retention schedule",
        day="The day on which it came",
        last_on="Its last day",
        language="In which language the challenger is written to",
    ),
    *CHALLENGER.words(email="Where the challenger wants to be told; no officer sees it"),
    *KNOCK.hidden(
        id="The row's own random id",
        door="Which door",
        caller="A keyed hash of the place on the network that it came from",
        at="When",
    ),
)

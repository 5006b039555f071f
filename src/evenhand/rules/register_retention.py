"""The register's lines about keeping and disposing: reviews, holds, certificates, restores."""

from evenhand.rules.assessments import Kind
from evenhand.rules.officers import Permission
from evenhand.rules.register import Basis, Keep, Table
from evenhand.rules.reviews import QUESTIONS, Question

SCHEDULE = Table(
    "schedule_version",
    "say how long records are kept, and who approved it",
    Basis.LEGAL_DUTY,
    Keep.POLICY,
    read_by=Permission.LIST_KEPT,
    words_read_by=Permission.READ_REVIEWS,
)
REVIEW = Table(
    "review",
    "show why a record is still kept (DPA 2018 s.39(2))",
    Basis.LEGAL_DUTY,
    Keep.AS_RECORD,
    read_by=Permission.LIST_KEPT,
    words_read_by=Permission.READ_REVIEWS,
)
HOLD = Table(
    "hold",
    "keep what evidence or a request needs (DPA 2018 s.47(2), FOIA 2000)",
    Basis.LEGAL_DUTY,
    Keep.AS_RECORD,
    read_by=Permission.LIST_KEPT,
    words_read_by=Permission.READ_REVIEWS,
)
DISPOSAL = Table(
    "disposal",
    "prove what was destroyed, and count it",
    Basis.LEGAL_DUTY,
    Keep.COUNTS,
    read_by=Permission.READ_CERTIFICATES,
)
TRACE = Table(
    "disposed_trace",
    "notice when somebody who was disposed of is recorded anew (DPA 2018 s.39(1))",
    Basis.LEGAL_DUTY,
    Keep.TRACE,
    read_by=Permission.AUTHORISE_PERSON,
)
TALLY = Table(
    "tally",
    "keep published counts true after disposal",
    Basis.LEGAL_DUTY,
    Keep.COUNTS,
    read_by=Permission.LIST_REFERRALS,
)
MONTH_COUNT = Table(
    "machinery.month_count",
    "count what the desk did, as it happens",
    Basis.LEGAL_DUTY,
    Keep.COUNTS,
    read_by=Permission.LIST_REFERRALS,
)
SINCE = Table(
    "machinery.known_since",
    "say for which days a count can be given as it was then",
    Basis.LEGAL_DUTY,
    Keep.COUNTS,
    read_by=Permission.LIST_REFERRALS,
)
RESTORATION = Table(
    "restoration",
    "open a restored desk by two people who saw what the restore found (DPA 2018 s.66)",
    Basis.LEGAL_DUTY,
    Keep.LOG,
    read_by=Permission.ATTEST_OPENING,
    words_read_by=Permission.ATTEST_OPENING,
)
RUN = Table(
    "machinery.retention_run",
    "show that the worker looks what is due",
    Basis.LEGAL_DUTY,
    Keep.MACHINERY,
    read_by=Permission.LIST_KEPT,
)
RETENTION = (
    *SCHEDULE.hidden(id="The version's own random id", key_id="Which key seals its words"),
    *SCHEDULE.plain(
        schedule="The row of the retention schedule",
        review_months="Months until the review",
        max_months="Months until the last day",
        child_review_months="Months until the review where a child may be",
        child_max_months="Months until the last day where a child may be",
        proposed_at="When it was proposed",
        approved_at="When it was approved",
    ),
    *SCHEDULE.personal(
        proposed_by_id="Which officer proposed it", approved_by_id="Which officer approved it"
    ),
    *SCHEDULE.words(Kind.ASSESSMENT, reason="Why, in the officer's own words"),
    *REVIEW.hidden(id="The review's own random id"),
    *REVIEW.plain(
        referral_id="The referral that was reviewed",
        person_id="The person's record that was reviewed",
        schedule="The row of the retention schedule it was under",
        at="When it was reviewed",
        day="On which day",
        outcome="Dispose, retain or restrict",
        until="The next day of review that it asks for",
        last_day="The new last day that it asks for",
        seen_version="The version that was reviewed",
        standing="What became of it",
        settled_at="When a second officer answered it",
    ),
    *REVIEW.personal(by_id="Who reviewed it", settled_by_id="Which second officer answered it"),
    *REVIEW.words(
        Kind.ASSESSMENT,
        reason="Why, in the reviewer's own words",
        settled_because="Why it was declined",
    ),
    *(
        line
        for it in Question
        for line in REVIEW.words(Kind.ASSESSMENT, None, **{str(it): QUESTIONS[it]})
    ),
    *HOLD.hidden(id="The hold's own random id"),
    *HOLD.plain(
        referral_id="The referral that is held",
        person_id="The person's record that is held",
        kind="Evidence, a right, or a request for information",
        at="When it was placed",
        day="On which day",
        expires_on="Its last day; of evidence only",
        asked_at="When its end was asked for",
        ended_at="When it was ended",
    ),
    *HOLD.personal(
        by_id="Which officer placed it",
        asked_by_id="Which officer asked for its end",
        ended_by_id="Which second officer ended it",
    ),
    *HOLD.words(
        Kind.FACT,
        owner="Who answers for the evidence",
        their_reference="The reference of the court, the exhibit or the request",
    ),
    *HOLD.words(Kind.ASSESSMENT, reason="Why it is held", asked_because="Why it is to end"),
    *DISPOSAL.hidden(id="The certificate's own random id"),
    *DISPOSAL.plain(
        reference="The certificate's reference",
        record="The random id that the record had; nothing else has it any more",
        kind="Referral or person",
        what="Its content, or all of it",
        system="The system it came from",
        schedule="The row of the retention schedule it was under",
        because="Why",
        created_on="When it was recorded",
        max_on="Its last day",
        day="On which day it went",
        at="When it went",
    ),
    *DISPOSAL.personal(
        proposed_by_id="Which officer proposed it", released_by_id="Which officer released it"
    ),
    *TRACE.hidden(
        id="The row's own random id; the log names it beside the record that went",
        trace="A keyed hash of a whole name with the birth date; it shows neither",
    ),
    *TRACE.plain(day="On which day a record of them was disposed of"),
    *TALLY.hidden(id="The row's own random id"),
    *TALLY.plain(
        month="The month",
        counted="What was counted",
        role="In which role, of people",
        platform="The platform's code; “other” for every other site",
        harm="The harm, as a code",
        outcome="The outcome, as a code",
        known_on="On which day it was disposed of",
        number="How many",
    ),
    *SINCE.hidden(id="The one row there is"),
    *SINCE.plain(
        day="From which day on it is kept what was known when",
        added_up="Until which day counts are added up by months",
    ),
    *MONTH_COUNT.hidden(id="The row's own random id", slot="Which part of the number it is"),
    *MONTH_COUNT.plain(
        month="The month, by the desk's own calendar",
        counted="What was counted",
        parts="Of decisions: the platform's code, the ground, and what it decided",
        known_on="On which day the desk came to know it, or that it was otherwise",
        number="How often, of what was not disposed of",
    ),
    *RESTORATION.hidden(id="The restore's own random id", key_id="Which key seals its words"),
    *RESTORATION.plain(
        as_of="When the backup was made",
        restored_at="When it was restored",
        tree_size="How many entries the published log had",
        tree_root="The root of its tree",
        lost="How many entries the backup did not have, by act",
        erased_again="How many erasures were done again",
        beyond="How many the list names and the log has lost",
        clock_ran="Whether what is past its time was destroyed",
        proposed_at="When it was proposed to open the desk",
        opened_at="When the desk was opened",
    ),
    *RESTORATION.personal(
        proposed_by_id="Which administrator proposed it",
        opened_by_id="Which data protection officer attested it",
    ),
    *RESTORATION.words(Kind.ASSESSMENT, reason="What was looked at and done again"),
    *RUN.plain(
        id="Always 1",
        ran_at="When the worker last looked what is due",
        dated="How many records it dated",
        restricted="How many it closed",
        waiting="How many waited past their last day",
        destroyed="How many it destroyed",
    ),
)

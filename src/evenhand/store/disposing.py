"""Takes a record out of the tables with its words and its key; leaves its share of the counts."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

from evenhand.rules.challenges import UPHELD
from evenhand.rules.counting import Counted
from evenhand.rules.notices import ANY_OTHER_SITE, Delivery, NoticeKind
from evenhand.rules.referrals import Decision, State, TriageOutcome
from evenhand.store.captures import CaptureRow
from evenhand.store.casework import (
    AnswerRow,
    AssessmentRow,
    CheckRow,
    DecisionRow,
    EmergencyRow,
    HandoverRow,
    MoveRow,
    NoteRow,
    NoticeRow,
    SnoozeRow,
)
from evenhand.store.challenges import ChallengeRow, WithholdingRow
from evenhand.store.exports import ExportRow
from evenhand.store.lawbook import lawbook
from evenhand.store.looks import LookRow
from evenhand.store.machinery import UnreadRow
from evenhand.store.mail import MailRow
from evenhand.store.notification import NotifyDecisionRow
from evenhand.store.originators import UNTOLD, OriginatorNoticeRow
from evenhand.store.people import PersonLinkRow, PersonRow, PersonStepRow
from evenhand.store.people_statements import StatementRow
from evenhand.store.purposes import PurposeChangeRow
from evenhand.store.referrals import ReferralRow, WordsRow
from evenhand.store.retention import HoldRow, ReviewRow
from evenhand.store.rights_found import RightsFoundRow, RightsMarkRow, RightsReviewRow
from evenhand.store.rights_letters import RightsPackRow
from evenhand.store.rows import these
from evenhand.store.sharing import DisclosureRow
from evenhand.store.trips import send

COUNTED_MOVES: Mapping[str, Counted] = {
    f"triage_{TriageOutcome.PROCEED}": Counted.PROCEED,
    f"triage_{TriageOutcome.NOT_FOR_US}": Counted.NOT_FOR_US,
    f"triage_{TriageOutcome.DUPLICATE}": Counted.DUPLICATE,
    f"triage_{TriageOutcome.EMERGENCY}": Counted.EMERGENCY,
    State.WITHDRAWN: Counted.WITHDRAWN,
}
"""Which count each move is part of."""
# In this order: whatever points to another row goes before it.
PARTS: tuple[type[models.Model], ...] = (
    WordsRow,
    LookRow,
    CaptureRow,
    ExportRow,
    ChallengeRow,
    WithholdingRow,
    DecisionRow,
    AssessmentRow,
    MoveRow,
    EmergencyRow,
    AnswerRow,
    MailRow,
    NoticeRow,
    CheckRow,
    SnoozeRow,
    HandoverRow,
    NoteRow,
    ReviewRow,
    HoldRow,
)
CONTENT = ("url", "canonical_url", "content_id", "description")
"""What the register keeps under D02 of a referral itself; notes and tokens go with it."""
# What was decided of two records goes, in the database, with either of them.
OF_A_PERSON: tuple[type[models.Model], ...] = (
    RightsPackRow,
    RightsReviewRow,
    RightsMarkRow,
    RightsFoundRow,
    OriginatorNoticeRow,
    PurposeChangeRow,
    NotifyDecisionRow,
    PersonStepRow,
    StatementRow,
    PersonLinkRow,
    ReviewRow,
    HoldRow,
)
_GOING = [
    "looks AS (DELETE FROM machinery.consultation WHERE about = ANY(%(people)s))",
    "opened AS (DELETE FROM record_key WHERE id = ANY(%(people)s))",
    *(
        f"of_{it} AS (DELETE FROM {it} WHERE person_id = ANY(%(people)s))"  # noqa: S608 - own names
        for it in (part._meta.db_table for part in OF_A_PERSON)
    ),
]
REMOVE_PEOPLE = f"WITH {', '.join(_GOING)} DELETE FROM person WHERE id = ANY(%(people)s)"  # noqa: S608
"""All that goes, in one trip. The guard sees each row, and keys are asked as it ends."""
READ = (
    *("reference", "version", "schedule", "start_on", "review_on", "max_on", "child", "extended"),
    *("restricted_because", "erase_because", "origin", "proposed_at", "key__wrapped"),
    *("name", "birth_date", "age_value", "age_basis", "age_as_at"),
)
"""What is read of people who go together: nobody reads the rest."""
DECIDED = "decided"
LOCK_COUNT = "SELECT pg_advisory_xact_lock(hashtext('people_count'))"
TALLY = """
INSERT INTO tally (id, month, counted, role, platform, harm, outcome, number)
SELECT gen_random_uuid(), counted.* FROM unnest(
    %s::date[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::integer[]
) AS counted
ON CONFLICT (month, counted, role, platform, harm, outcome, known_on)
DO UPDATE SET number = tally.number + excluded.number
"""


TALLY_PEOPLE = """
INSERT INTO tally (id, month, counted, role, platform, harm, outcome, number)
SELECT gen_random_uuid(), machinery.month_of(at), counted, role, '', '', outcome, count(*) FROM (
    SELECT proposed_at AS at, 'person' AS counted, '' AS role, '' AS outcome
    FROM person WHERE id = ANY(%(people)s)
    UNION ALL SELECT at, 'person_role', role, '' FROM person_link
    WHERE person_id = ANY(%(people)s) AND authorised_at IS NOT NULL
    UNION ALL SELECT at, 'person_reviewed', '', outcome FROM review
    WHERE person_id = ANY(%(people)s)
) AS share GROUP BY 2, 3, 4, 7
ORDER BY 2, counted COLLATE "C", role COLLATE "C", outcome COLLATE "C"
ON CONFLICT (month, counted, role, platform, harm, outcome, known_on)
DO UPDATE SET number = tally.number + excluded.number
"""
"""What counts of people hold of these: when they were recorded, in which roles, their reviews."""


class Share(NamedTuple):
    """One thing that was counted: in which month, what, and the codes it is told apart by."""

    month: date
    counted: str
    role: str = ""
    platform: str = ""
    harm: str = ""
    outcome: str = ""


def never_packed(references: Sequence[str]) -> Sequence[PersonRow]:
    """Give those of these people about whom nobody is to be told, locked in one order.

    Nothing was packed of them, and no body that wrong data came from waits to be told. They come
    with their keys and no more than is read as they go. It is for the clock, and for no page.
    """
    packed = DisclosureRow.objects.filter(person=OuterRef("id"))
    rows = PersonRow.objects.select_related("key").select_for_update(of=("self",))
    untold = OriginatorNoticeRow.objects.filter(UNTOLD, person=OuterRef("id"))
    found = rows.filter(~Exists(packed), ~Exists(untold), reference__in=these(references, "text"))
    return list(found.order_by("id").only(*READ))


def remove(row: ReferralRow) -> None:
    """Delete a referral with everything of it, and its key; count its share first. Needs the pen.

    Another referral that named it as the earlier one of the same content names none afterwards.
    """
    _count(_shares(row))
    ReferralRow.objects.filter(duplicate_of=row.id).update(duplicate_of=None)
    remove_messages(row)
    for part in PARTS:
        _delete(part._meta.db_table, "referral_id", row.id)
    UnreadRow.objects.filter(referral=row.id).delete()
    _delete("referral", "id", row.id)
    _delete("record_key", "id", row.key_id)


def remove_messages(row: ReferralRow) -> None:
    """Delete the exact bytes of the mail of a referral. Needs the pen."""
    send(
        "DELETE FROM mail_message WHERE mail_id IN (SELECT id FROM mail WHERE referral_id = %s)",
        [row.id],
    )


def remove_challenges(row: ReferralRow) -> None:
    """Delete the challenges to a referral, also those that wait; count them. Needs the pen."""
    if shares := list(_shares_of_challenges(row, platform_counted(row), row.harm or "")):
        _count(shares)
    _delete(ChallengeRow._meta.db_table, "referral_id", row.id)


def remove_people(people: Sequence[UUID]) -> None:
    """Delete people with everything of them, and their keys; count their share first.

    Who looked at them stays in the log, without the reason. How many people are on record, and who
    stays one person without these records, the database works out as the rows go. Needs the pen.
    """
    # The database takes this lock as the rows go; whoever disposes takes it before the tallies.
    send(LOCK_COUNT)
    send(TALLY_PEOPLE, {"people": list(people)})
    send(REMOVE_PEOPLE, {"people": list(people)})


def remove_content(row: ReferralRow) -> None:
    """Erase what the content was, and how it is found; the decision trail stays. Needs the pen."""
    _delete("words", "referral_id", row.id)
    _delete("look", "referral_id", row.id)
    _delete("capture", "referral_id", row.id)
    row.noterows.update(text=None)
    for column in CONTENT:
        setattr(row, column, None)
    row.same_content = row.account = row.statutory_with = None
    row.withdrawal_owed = None


def _count(shares: Iterable[Share]) -> None:
    """Add to the tallies. All add to them in one order, so that nobody waits for each other."""
    lines = [(*share, number) for share, number in sorted(Counter(shares).items())]
    send(TALLY, [list(column) for column in zip(*lines, strict=True)])


def _delete(table: str, column: str, value: UUID) -> None:
    send(f'DELETE FROM "{table}" WHERE {column} = %s', [value])  # noqa: S608 - own names


def _shares(row: ReferralRow) -> Iterator[Share]:
    """Give everything about a referral that a published count holds."""
    codes = platform_counted(row), row.harm or ""

    def share(at: datetime, counted: str, outcome: str = "") -> Share:
        return Share(_month(at), counted, "", *codes, outcome)

    moves = row.moverows.filter(move__in=COUNTED_MOVES)
    refusals = row.decisionrows.filter(decision=Decision.REFUSE)
    taken = row.noticerows.filter(kind=NoticeKind.REFERRAL, delivery=Delivery.ACCEPTED)
    yield share(row.logged_at, Counted.LOGGED)
    if row.counted_look:
        yield share(row.logged_at, Counted.LOOKS)
    if row.removal_since:
        yield share(row.removal_since, Counted.REMOVALS)
    yield from (share(it.at, COUNTED_MOVES[it.move]) for it in moves)
    yield from (share(it.at, Counted.NOT_REFERRED) for it in refusals)
    emergencies = row.emergencyrows.found_later()
    yield from (share(it.at, Counted.LATER_EMERGENCY) for it in emergencies)
    yield from (share(it.settled_at, Counted.REFERRED) for it in taken if it.settled_at)
    yield from (share(it.at, "answered", it.outcome or "") for it in row.answerrows.all())
    decided = row.answerrows.filter(counted_as__isnull=False)
    platform = platform_counted(row)
    yield from (
        Share(_month(it.at), DECIDED, platform=platform, outcome=it.counted_as or "")
        for it in decided
    )
    yield from (share(it.at, "reviewed", it.outcome) for it in row.reviewrows.all())
    yield from _shares_of_challenges(row, *codes)


def _shares_of_challenges(row: ReferralRow, platform: str, harm: str) -> Iterator[Share]:
    for it in row.challenges.all():
        yield Share(_month(it.at), Counted.CHALLENGED, "", platform, harm)
        if it.settled_at and it.standing in UPHELD:
            yield Share(_month(it.settled_at), Counted.UPHELD, "", platform, harm)


def _month(at: datetime) -> date:
    return timezone.localdate(at).replace(day=1)


def platform_counted(row: ReferralRow) -> str:
    """Name a platform by its code. The host of any other site may say what it shows."""
    return row.platform if lawbook().platform(row.platform) else ANY_OTHER_SITE

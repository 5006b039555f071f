"""Every code that a page can show has its words, and times are told as people say them."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest

from evenhand.rules.answers import AnswerKind, Outcome, PlatformStatus, Seen
from evenhand.rules.assessments import Child, Expression, Ground, ReportedTo
from evenhand.rules.disposal import Reason
from evenhand.rules.gate import Proof
from evenhand.rules.holds import HoldKind
from evenhand.rules.intake import ContentType, Source
from evenhand.rules.notices import Delivery, NoticeKind, Transport
from evenhand.rules.officers import Role
from evenhand.rules.people import PersonStanding, RestrictedBecause
from evenhand.rules.people_changes import IdentityPart
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.people_statements import Standing
from evenhand.rules.referrals import Decision, State, TriageOutcome
from evenhand.rules.retention import Because, RecordKind, What
from evenhand.rules.reviews import ReviewOutcome, ReviewStanding
from evenhand.web import counted_labels, labels, times
from evenhand.web.disposal import labels as disposal
from evenhand.web.people import words as people


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (labels.STATES, State),
        (labels.PLATFORM_STATUSES, PlatformStatus),
        (labels.DELIVERIES, Delivery),
        (labels.TRIAGE_OUTCOMES, TriageOutcome),
        (labels.DECISIONS, Decision),
        (labels.ANSWER_KINDS, AnswerKind),
        (labels.OUTCOMES, Outcome),
        (labels.SEEN, Seen),
        (counted_labels.SOURCES, Source),
        (labels.CONTENT_TYPES, ContentType),
        (labels.GROUNDS, Ground),
        (labels.EXPRESSIONS, Expression),
        (labels.CHILDREN, Child),
        (labels.NOTICE_KINDS, NoticeKind),
        (labels.PROOFS, Proof),
        (labels.TRANSPORTS, Transport),
        (labels.REPORTED_TO, ReportedTo),
        (labels.ROLES, Role),
        (people.STANDINGS, PersonStanding),
        (people.STATEMENT_STANDINGS, Standing),
        (people.BECAUSE, RestrictedBecause),
        (people.PARTS, IdentityPart),
        (people.IN_A_SENTENCE, PersonRole),
        (disposal.HOLDS, HoldKind),
        (disposal.KINDS, RecordKind),
        (disposal.PARTS, What),
        (disposal.BECAUSE, Because),
        (disposal.OUTCOMES, ReviewOutcome),
        (disposal.STANDINGS, ReviewStanding),
        (disposal.REASONS, Reason),
    ],
)
def test_every_code_has_its_words(words: object, codes: type[StrEnum]) -> None:
    assert isinstance(words, dict)
    assert set(words) == set(codes)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2026, 11, 22, 17, 53, tzinfo=UTC), "22 November 2026 at 5:53pm GMT"),
        (datetime(2026, 7, 1, 8, 0, tzinfo=UTC), "1 July 2026 at 9am BST"),
        (datetime(2026, 1, 1, 12, 0, tzinfo=UTC), "1 January 2026 at midday GMT"),
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), "1 July 2026 at midnight BST"),
        (datetime(2026, 1, 1, 0, 5, tzinfo=UTC), "1 January 2026 at 12:05am GMT"),
    ],
)
def test_a_moment_is_told_in_the_time_of_the_desk(at: datetime, said: str) -> None:
    assert times.moment(at) == said


@pytest.mark.parametrize(
    ("lasted", "said"),
    [
        (timedelta(days=3, hours=5), "3 days"),
        (timedelta(days=1), "1 day"),
        (timedelta(hours=1, minutes=59), "1 hour"),
        (timedelta(minutes=59), "less than an hour"),
        (timedelta(seconds=-5), "less than an hour"),
    ],
)
def test_a_span_is_told_in_its_largest_unit(lasted: timedelta, said: str) -> None:
    since = datetime(2026, 11, 22, tzinfo=UTC)
    assert times.span(since, since + lasted) == said


def test_what_the_law_data_does_not_know_keeps_its_code() -> None:
    assert labels.harm_name("Z9") == "Z9"
    assert labels.harm_name(None) == "Not assessed yet"
    assert labels.failure("550") == "The mail server answered 550"

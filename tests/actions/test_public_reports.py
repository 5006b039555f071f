"""Reports from the public: kept once, sealed, settled one by one, or erased in time."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from evenhand.actions import drafts, public_reports
from evenhand.actions import public_reports_receiving as receiving
from evenhand.ledger.acts import Act
from evenhand.queries import history
from evenhand.queries import public_reports as known
from evenhand.rules.content import PrivatePlace
from evenhand.rules.intake import NotPublic, SameContent
from evenhand.rules.officers import RoleMissing
from evenhand.rules.public_reports import (
    ReachUnusable,
    ReportCount,
    ReportOver,
    ReportSettled,
    ReportStanding,
    ReportUnopened,
    Worry,
)
from evenhand.rules.referrals import NotFound
from evenhand.rules.retention import Restricted
from evenhand.rules.texts import ReasonMissing
from evenhand.rules.triage import SignpostUnknown
from evenhand.store.casework import RefusedIntakeRow
from evenhand.store.keys import RecordKeyRow
from evenhand.store.log import EntryRow
from evenhand.store.public_reports import PublicReportRow, ReporterContactRow
from evenhand.store.referrals import ReferralRow
from tests.actions.reporting import (
    anyone,
    contact_of,
    logged_from,
    opened,
    received,
    reported,
    the_report,
)
from tests.builders import ADA, BO, DEE, EVA, MAX, OLA, RIA
from tests.journeys import Desk, changing_nothing, refused, row

pytestmark = pytest.mark.django_db
WHY = "Somebody says they will burn the corner shop down."
ADDRESS = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


def counted() -> dict[ReportCount, int]:
    return dict(known.counts(officer=ADA))


def last_act() -> bytes:
    return bytes(EntryRow.objects.latest("number").leaf)


def test_a_report_is_kept_sealed_and_its_reporter_apart_under_another_key() -> None:
    desk = Desk()
    report = reported(desk, url=ADDRESS, email="quilla@mailbox.example")
    row, contact = the_report(report), contact_of(report)
    stored = bytes(row.url or b"") + bytes(row.why or b"") + bytes(contact.email or b"")
    assert not any(it in stored for it in (b"corner shop", b"youtube", b"quilla"))
    assert row.key_id != contact.key_id
    assert (row.platform, row.standing, row.worry) == ("youtube", "waiting", "violence")
    assert (row.max_on - row.day).days == 30
    assert (contact.last_on - contact.day).days in range(89, 93)
    assert Act.REPORT_RECEIVED.encode() in last_act()
    assert counted() == {ReportCount.RECEIVED: 1}


def test_who_does_not_ask_to_be_told_is_not_reached() -> None:
    reported(Desk(), email="")
    assert not ReporterContactRow.objects.exists()


def test_the_same_page_sent_again_is_one_report_with_one_number() -> None:
    desk = Desk()
    first, again, other = (received(desk, form=it, url=ADDRESS) for it in ("one", "one", "two"))
    assert first == again != other
    assert PublicReportRow.objects.count() == 2
    assert received(desk, form="one", url=ADDRESS, why="It got worse.") not in {first, other}
    assert PublicReportRow.objects.count() == 3
    assert len(first) == len("7KQ2-M9XA-4TRB-W8CE")


def test_of_child_sexual_abuse_imagery_only_time_platform_and_reference_are_kept() -> None:
    desk = Desk()
    for url, platform in (
        (ADDRESS, "youtube"),
        ("nonsense", "other"),
        ("https://a.example/b", "other"),
    ):
        report = reported(desk, worry=Worry.CHILD_ABUSE_IMAGERY, url=url)
        row = the_report(report)
        assert (row.key_id, row.url, row.why, row.platform) == (None, None, None, platform)
        assert row.standing == ReportStanding.SIGNPOSTED
    assert not RecordKeyRow.objects.exists()
    assert not ReporterContactRow.objects.exists()
    assert counted() == {ReportCount.SIGNPOSTED: 3}
    assert not known.waiting(officer=ADA).items


def test_of_what_is_not_public_a_count_stays_and_nothing_else() -> None:
    desk = Desk()
    for _ in range(2):
        with pytest.raises(NotPublic):
            receiving.refuse_not_public(form="one", acting=anyone(desk))
        with pytest.raises(PrivatePlace):
            received(desk, form="two", url="https://t.me/+AbCdEfGhIjKlMnOp")
    assert not PublicReportRow.objects.exists()
    assert {it.rule: it.count for it in RefusedIntakeRow.objects.all()} == {
        NotPublic.code: 1,
        PrivatePlace.code: 1,
    }


def test_a_report_that_cannot_be_taken_leaves_nothing() -> None:
    desk = Desk()
    with refused(ReachUnusable), changing_nothing():
        received(desk, email="nobody")


def test_an_officer_reads_a_report_once_it_is_opened_and_the_look_is_in_the_log() -> None:
    desk = Desk()
    report = reported(desk, url=ADDRESS)
    unread = known.one(report, acting=desk.by(ADA))
    assert (unread.url, unread.why, unread.line.opened_by) == ("", "", "")
    opened(desk, report)
    opened(desk, report, by=BO)
    read = known.one(report, acting=desk.by(BO))
    assert (read.url, read.why, read.line.opened_by) == (ADDRESS, WHY, "Ada")
    assert Act.REPORT_CONSULTED.encode() in last_act()


def test_those_who_are_in_danger_come_first_and_a_page_is_bounded() -> None:
    desk = Desk()
    calm, urgent = reported(desk), reported(desk, danger_now=True)
    found = known.waiting(officer=ADA)
    assert ([it.id for it in found.items], found.more) == ([urgent, calm], False)
    first = known.waiting(most=1, officer=ADA)
    assert ([it.id for it in first.items], first.more) == ([urgent], True)


def test_a_referral_is_logged_from_a_report_and_what_it_said_is_destroyed() -> None:
    desk = Desk()
    report = opened(desk, reported(desk))
    drafts.save("page x", {"url": [ADDRESS]}, about=(str(report),), officer=ADA.ref, now=desk.now)
    reference = logged_from(desk, report)
    row_ = the_report(report)
    assert (row_.standing, row_.url, row_.why, row_.key_id) == ("logged", None, None, None)
    assert row_.became == row(reference).id
    assert not RecordKeyRow.objects.filter(id=report).exists()
    assert drafts.load("page x", officer=ADA.ref) == {}
    settled = known.one(report, acting=desk.by(BO))
    assert (settled.became, settled.settled_by, settled.url) == (reference, "Ada", "")
    assert contact_of(report).email


def test_what_logging_refuses_settles_no_report() -> None:
    desk = Desk()
    first = logged_from(desk, opened(desk, reported(desk)), address=ADDRESS)
    other = opened(desk, reported(desk))
    with refused(SameContent), changing_nothing():
        logged_from(desk, other, address=ADDRESS)
    assert the_report(other).standing == ReportStanding.OPENED
    public_reports.join(other, f" {first} ", acting=desk.by(BO))
    assert the_report(other).became == row(first).id
    assert ReferralRow.objects.count() == 1


def test_a_report_is_joined_only_to_a_referral_of_this_desk() -> None:
    desk = Desk()
    report = opened(desk, reported(desk))
    with refused(NotFound), changing_nothing():
        public_reports.join(report, "2026-999999", acting=desk.by(ADA))


def test_no_report_is_joined_to_what_is_closed_to_casework() -> None:
    desk = Desk()
    ended = desk.do(desk.log(), "withdraw")
    desk.now += timedelta(days=400)
    report = opened(desk, reported(desk))
    with refused(Restricted), changing_nothing():
        public_reports.join(report, ended, acting=desk.by(ADA))


def test_a_referral_says_in_its_history_that_it_was_reported() -> None:
    desk = Desk()
    reference = logged_from(desk, opened(desk, reported(desk)))
    public_reports.join(opened(desk, reported(desk)), reference, acting=desk.by(BO))
    acts = [it.act for it in history.of(reference, officer=ADA).lines]
    assert acts == [Act.REFERRAL_LOGGED, Act.REPORT_TAKEN_UP, Act.REPORT_TAKEN_UP]
    assert row(reference).version == 3


def test_a_report_is_set_aside_for_a_reason_that_stays_sealed_under_a_fresh_key() -> None:
    desk = Desk()
    report = opened(desk, reported(desk))
    old = bytes(RecordKeyRow.objects.get(id=report).wrapped)
    with refused(ReasonMissing), changing_nothing():
        public_reports.set_aside(report, " ", acting=desk.by(ADA))
    with refused(SignpostUnknown), changing_nothing():
        public_reports.set_aside(report, "Private.", signpost="nobody", acting=desk.by(ADA))
    public_reports.set_aside(report, "A private dispute.", signpost="ofcom", acting=desk.by(ADA))
    row_ = the_report(report)
    assert (row_.standing, row_.url, row_.why) == ("set_aside", None, None)
    assert bytes(RecordKeyRow.objects.get(id=report).wrapped) != old
    settled = known.one(report, acting=desk.by(BO))
    assert (settled.reason, settled.signpost) == ("A private dispute.", "ofcom")


SETTLING: dict[str, Callable[[Desk, UUID], object]] = {
    "open": opened,
    "log": logged_from,
    "join": lambda desk, report: public_reports.join(report, desk.log(), acting=desk.by(ADA)),
    "set aside": lambda desk, report: public_reports.set_aside(
        report, "Private.", acting=desk.by(ADA)
    ),
}


@pytest.mark.parametrize("settling", SETTLING)
def test_a_report_is_settled_once_opened_first_and_in_time(settling: str) -> None:
    desk = Desk()
    desk.by(ADA)
    report = reported(desk)
    act = SETTLING[settling]
    if settling != "open":
        with refused(ReportUnopened):
            act(desk, report)
    over = opened(desk, reported(desk))
    public_reports.set_aside(over, "Private.", acting=desk.by(ADA))
    with refused(ReportSettled):
        act(desk, over)
    with refused(NotFound):
        act(desk, uuid4())
    opened(desk, report)
    desk.now += timedelta(days=30)
    with refused(ReportOver):
        act(desk, report)
    assert known.one(report, acting=desk.by(ADA)).why == ""


@pytest.mark.parametrize("officer", [DEE, OLA, MAX, RIA, EVA])
def test_nobody_but_who_works_on_referrals_takes_a_report(officer: object) -> None:
    desk = Desk()
    report = reported(desk)
    acting = desk.by(officer)  # type: ignore[arg-type]
    for ask in (
        lambda: public_reports.open_report(report, acting=acting),
        lambda: public_reports.join(report, "2026-000001", acting=acting),
        lambda: public_reports.set_aside(report, "Private.", acting=acting),
        lambda: known.one(report, acting=acting),
        lambda: known.waiting(officer=acting.officer),
        lambda: known.counts(officer=acting.officer),
    ):
        with refused(RoleMissing):
            ask()


def test_what_nobody_settles_within_30_days_is_erased_and_counted_and_later_forgotten() -> None:
    desk = Desk()
    unread, read, settled = reported(desk), reported(desk), reported(desk, email="")
    opened(desk, read)
    public_reports.set_aside(opened(desk, settled), "Private.", acting=desk.by(ADA))
    assert public_reports.lapse_old(acting=anyone(desk)) == 0
    desk.now += timedelta(days=30)
    assert public_reports.lapse_old(acting=anyone(desk)) == 2
    for report in (unread, read):
        row_ = the_report(report)
        assert (row_.standing, row_.url, row_.key_id) == ("lapsed", None, None)
        assert known.one(report, acting=desk.by(ADA)).settled_at is not None
    assert not public_reports.lapse(unread, acting=anyone(desk))
    received_ = counted().pop(ReportCount.RECEIVED)
    others = {it: count for it, count in counted().items() if it is not ReportCount.RECEIVED}
    assert others == {
        ReportCount.LAPSED_UNREAD: 1,
        ReportCount.LAPSED_OPENED: 1,
        ReportCount.SET_ASIDE: 1,
    }
    assert received_ == sum(others.values())
    desk.now += timedelta(days=160)
    assert public_reports.forget_old(acting=anyone(desk)) == 1  # the others wait to be told
    assert not RecordKeyRow.objects.filter(id=settled).exists()
    assert PublicReportRow.objects.count() == 2


def test_a_receipt_tells_how_a_report_stands_and_nothing_else() -> None:
    desk = Desk()
    receipt = received(desk)
    [report] = PublicReportRow.objects.values_list("id", flat=True)
    assert known.by_receipt(receipt).standing is ReportStanding.WAITING
    opened(desk, report)
    assert known.by_receipt(receipt.lower().replace("-", " ")).standing is ReportStanding.OPENED
    public_reports.set_aside(report, "Private.", signpost="ofcom", acting=desk.by(ADA))
    found = known.by_receipt(f" {receipt} ")
    assert (found.standing, "Ofcom" in found.signpost) == (ReportStanding.SET_ASIDE, True)
    assert {it for it in vars(type(found)) if not it.startswith("_")} == {
        "reported_on", "standing", "signpost", "is_in_the_signed_log",
    }  # fmt: skip


@pytest.mark.parametrize("number", ["", "x", "7KQ2-M9XA-4TRB-W8CE", "\0", "ß" * 99, "2" * 10_000])
def test_a_receipt_that_is_none_is_not_found(number: str) -> None:
    reported(Desk())
    with pytest.raises(NotFound, match="No report that we still have"):
        known.by_receipt(number)


def test_receipts_are_not_to_be_read_out_of_the_tables() -> None:
    desk = Desk()
    receipt = received(desk).replace("-", "")
    [row_] = PublicReportRow.objects.all()
    assert receipt.encode() not in bytes(row_.receipt)
    assert len(row_.receipt) == 12


def test_a_report_is_no_case_and_no_referral_by_itself() -> None:
    desk = Desk()
    opened(desk, reported(desk, url=ADDRESS))
    assert not ReferralRow.objects.exists()

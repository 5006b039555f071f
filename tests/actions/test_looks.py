"""Counting looks at accounts: one a day, two in 28 days, and then only with an authorisation."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from threading import Barrier

import pytest
from django.db import IntegrityError, connections, transaction

from evenhand.actions import looks, referrals
from evenhand.actions.referrals import Admitted
from evenhand.ledger.acts import Act
from evenhand.queries import looks as asked
from evenhand.queries import referral as one_referral
from evenhand.rules.content import identify
from evenhand.rules.intake import Source
from evenhand.rules.looks import LookNeedsAuthority
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.referrals import State, TriageOutcome
from evenhand.rules.texts import TextTooLong
from evenhand.rules.triage import Detail
from evenhand.store.log import EntryRow
from evenhand.store.looks import LookRow
from evenhand.store.referrals import ReferralRow
from tests.builders import ADA, BO, CY, OLA, as_reader, intake
from tests.journeys import Desk, changing_nothing, earlier, everything, refused, row

NUMBERS = count(7_000_000_000_000_000_001)
ACCOUNT = "tiktok:made.up"
DAY = timedelta(days=1)


def a_video(name: str = "made.up") -> str:
    return f"https://www.tiktok.com/@{name}/video/{next(NUMBERS)}"


def look(desk: Desk, *, authorisation: str = "", name: str = "made.up") -> str:
    """Have Ada log something she found at an account."""
    address = a_video(name)
    return referrals.log(
        identify(address),
        address,
        intake(observed_at=desk.now),
        authorisation=authorisation,
        acting=desk.by(ADA),
    )


def looked_twice() -> Desk:
    desk = Desk()
    look(desk)
    desk.now += DAY
    look(desk)
    desk.now += DAY
    return desk


@pytest.mark.django_db
def test_a_look_is_counted_once_a_day_whoever_logs() -> None:
    desk = Desk()
    first = look(desk)
    address = a_video()
    second = referrals.log(
        identify(address), address, intake(observed_at=desk.now), acting=desk.by(BO)
    )
    [counted] = LookRow.objects.all()
    assert counted.day == desk.now.date()
    assert (counted.by_id, counted.referral.reference) == (ADA.ref, first)
    assert one_referral.one(first, acting=as_reader(ADA)).first_look.counted_look
    assert not one_referral.one(second, acting=as_reader(ADA)).first_look.counted_look


@pytest.mark.django_db
def test_the_account_is_kept_as_a_keyed_hash_only() -> None:
    desk = Desk()
    look(desk)
    [counted] = LookRow.objects.all()
    assert len(counted.account) == 12
    other = Desk(now=desk.now + DAY, here=desk.here)
    look(other, name="somebody.else")
    assert len({bytes(it.account) for it in LookRow.objects.all()}) == 2
    assert not any(b"made" in bytes(it.account) for it in LookRow.objects.all())


@pytest.mark.django_db
@pytest.mark.parametrize("source", [it for it in Source if it is not Source.OFFICER_FOUND])
def test_what_was_reported_is_never_a_look(source: Source) -> None:
    desk = Desk()
    for _ in range(4):
        desk.log(a_video(), said=intake(source=source, observed_at=desk.now))
        desk.now += DAY
    assert not LookRow.objects.exists()
    assert not ReferralRow.objects.filter(counted_look=True).exists()


@pytest.mark.django_db
def test_an_address_that_names_no_account_is_never_a_look() -> None:
    desk = Desk()
    desk.log("https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    desk.log("https://site.example/@made.up")
    assert not LookRow.objects.exists()


@pytest.mark.django_db
def test_neither_deciding_nor_looking_again_is_a_look() -> None:
    desk = Desk()
    desk.brought_to(State.CLOSED, address=a_video())
    assert LookRow.objects.count() == 1


@pytest.mark.django_db
def test_the_third_look_is_refused_and_changes_nothing() -> None:
    desk = looked_twice()
    with changing_nothing(), refused(LookNeedsAuthority):
        look(desk)
    look(desk, name="somebody.else")


@pytest.mark.django_db
def test_the_third_look_goes_on_with_an_authorisation_that_only_readers_of_words_see() -> None:
    desk = looked_twice()
    reference = look(desk, authorisation="URN 12/2026")
    assert (
        one_referral.one(reference, acting=as_reader(CY)).first_look.authorisation == "URN 12/2026"
    )
    desk.by(OLA)
    assert one_referral.one(reference, acting=as_reader(OLA)).first_look.authorisation is None
    assert b"URN" not in bytes(row(reference).authorisation or b"")
    assert LookRow.objects.count() == 3
    entry = EntryRow.objects.get(obj=row(reference).id, ver__isnull=False)
    assert b"URN" not in bytes(entry.leaf)
    assert "authorised" in str(looks_of_log(entry.number))


def looks_of_log(number: int) -> object:
    from evenhand.queries.history import disclosed
    from evenhand.store.log import OpeningRow

    return disclosed(OpeningRow.objects.get(entry=number).fields)


@pytest.mark.django_db
def test_after_28_days_an_account_may_be_looked_at_again() -> None:
    desk = looked_twice()
    desk.now += 25 * DAY
    with refused(LookNeedsAuthority):
        look(desk)
    desk.now += 2 * DAY
    look(desk)


@pytest.mark.django_db
def test_a_reference_is_not_endless() -> None:
    desk = Desk()
    desk.by(ADA)
    with changing_nothing(), refused(TextTooLong):
        look(desk, authorisation="x" * 501)


@pytest.mark.django_db
def test_several_addresses_of_one_account_are_one_look() -> None:
    desk = Desk()
    several = [Admitted(identify(it), it) for it in (a_video(), a_video(), a_video())]
    references = referrals.log_several(several, intake(), acting=desk.by(ADA))
    assert LookRow.objects.count() == 1
    assert [bool(row(it).counted_look) for it in references] == [True, False, False]


@pytest.mark.django_db
def test_several_addresses_are_logged_all_or_none_at_the_limit() -> None:
    desk = looked_twice()
    several = [Admitted(identify(it), it) for it in ("https://a.example/1", a_video())]
    with changing_nothing(), refused(LookNeedsAuthority):
        referrals.log_several(several, intake(), acting=desk.by(ADA))
    several[1] = Admitted(several[1].content, several[1].address, authorisation="URN 1")
    assert len(referrals.log_several(several, intake(), acting=desk.by(ADA))) == 2


@pytest.mark.django_db
def test_the_database_counts_a_day_once_whatever_the_program_does() -> None:
    desk = Desk()
    look(desk)
    [counted] = LookRow.objects.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        from evenhand.ledger.entries import Entry
        from evenhand.store.writing import writing

        with writing() as pen:
            LookRow.objects.create(
                account=bytes(counted.account),
                day=counted.day,
                referral=counted.referral,
                by_id=ADA.ref,
            )
            pen.enter(Entry(act=Act.REFERRAL_LOGGED, at=desk.now, who=ADA.ref))


@pytest.mark.usefixtures("fresh_desk")
@pytest.mark.parametrize(("before", "logged"), [(0, 4), (1, 4), (2, 0)])
def test_officers_who_look_at_one_account_at_once_stay_within_the_limit(
    before: int, logged: int
) -> None:
    desk = Desk()
    desk.by(ADA)
    for _ in range(before):
        look(desk)
        desk.now += DAY
    start = Barrier(4)

    def log(_number: int) -> str:
        try:
            start.wait()
            return look(Desk(now=desk.now, here=desk.here))
        except LookNeedsAuthority:
            return "refused"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        told = list(pool.map(log, range(4)))
    assert told.count("refused") == 4 - logged
    assert ReferralRow.objects.count() == before + logged
    assert LookRow.objects.count() == before + bool(logged)


@pytest.mark.django_db
def test_a_look_that_can_count_no_more_is_forgotten_with_an_entry() -> None:
    desk = looked_twice()
    today = desk.by(WORKER)
    assert looks.forget_old(acting=today) == 0
    before = everything()
    assert looks.forget_old(acting=today) == 0
    assert everything() == before
    later = earlier(desk.by(WORKER), days=-28)
    assert looks.forget_old(acting=later) == 1
    last = EntryRow.objects.latest("number")
    assert b'"act":"look.forget"' in bytes(last.leaf)
    assert b'"s62":"erasure"' in bytes(last.leaf)
    assert LookRow.objects.count() == 1
    # The number of looks stays with the referrals.
    assert ReferralRow.objects.filter(counted_look=True).count() == 2


@pytest.mark.django_db
def test_an_officer_is_told_which_account_needs_an_authorisation_in_one_query() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    desk = looked_twice()
    today = desk.now.date()
    with CaptureQueriesContext(connection) as captured:
        found = asked.needing_authority([ACCOUNT, "x:jack"], today=today, officer=ADA)
    assert found == {ACCOUNT}
    assert len(captured) == 1
    with refused(RoleMissing):
        asked.needing_authority([ACCOUNT], today=today, officer=OLA)


@pytest.mark.django_db
def test_the_words_of_a_statutory_case_go_and_so_does_its_authorisation() -> None:
    desk = Desk()
    reference = look(desk, authorisation="URN 12/2026")
    desk.do(reference, "statutory")
    assert row(reference).authorisation is None
    assert not LookRow.objects.exists()


@pytest.mark.django_db
def test_a_duplicate_that_an_officer_linked_goes_by_the_statutory_route_too() -> None:
    desk = Desk()
    first, second = desk.log(), desk.log()
    detail = Detail(duplicate_of=first)
    referrals.triage(
        second, TriageOutcome.DUPLICATE, "The same.", detail=detail, acting=desk.by(ADA)
    )
    desk.do(first, "statutory")
    assert row(second).state == State.STATUTORY_ROUTE

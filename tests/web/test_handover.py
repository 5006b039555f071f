"""Handing over on the pages: one referral, several, absences and who stands in."""

from datetime import timedelta

import pytest
from django.test import Client

from evenhand.actions import absences, referrals
from evenhand.rules.officers import Officer, Role
from evenhand.store.referrals import ReferralRow
from tests.web.filling import check_valid, fill
from tests.web.people import acting, logged, now, queries_of, signed_in, stored, text_of

pytestmark = pytest.mark.django_db
WHY = {"reason": "Ada is away."}


@pytest.fixture
def ada() -> Officer:
    return stored("Ada", Role.OFFICER)


@pytest.fixture
def bo() -> Officer:
    return stored("Bo", Role.OFFICER)


@pytest.fixture
def client(bo: Officer) -> Client:
    return signed_in(bo)


def owner_of(reference: str) -> str:
    return ReferralRow.objects.get(reference=reference).owner.name


def days(first: int, last: int) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, ahead in (("first_day", first), ("last_day", last)):
        on = now().date() + timedelta(days=ahead)
        found |= {
            f"{name}_day": str(on.day),
            f"{name}_month": str(on.month),
            f"{name}_year": str(on.year),
        }
    return found


def test_a_referral_is_taken_over_and_is_on_the_other_worklist(
    ada: Officer, client: Client
) -> None:
    reference = logged(ada)
    done = fill(client, f"/referrals/{reference}/hand-over/", officer="bo", **WHY)
    assert done.status_code == 302
    page = text_of(client.get(done["Location"]))
    assert "Handed over, by Bo" in page
    assert "Ada is away." in page
    assert reference in text_of(client.get("/"))
    assert reference not in text_of(signed_in(ada).get("/"))


def test_what_was_typed_is_kept_when_something_is_missing(ada: Officer, client: Client) -> None:
    reference = logged(ada)
    answered = fill(client, f"/referrals/{reference}/hand-over/", officer="", **WHY)
    assert answered.status_code == 422
    assert "Ada is away." in text_of(answered)
    assert '<a href="#id_officer">Choose a colleague</a>' in text_of(answered)
    again = fill(client, f"/referrals/{reference}/hand-over/", officer="ada", **WHY)
    assert (again.status_code, "E-HAND-02" in text_of(again)) == (409, True)


def test_what_has_ended_is_not_handed_over(ada: Officer, client: Client) -> None:
    reference = logged(ada)
    referrals.withdraw(reference, "A mistake.", acting=acting(ada))
    answered = client.get(f"/referrals/{reference}/hand-over/")
    assert (answered.status_code, "E-HAND-01" in text_of(answered)) == (409, True)


def test_several_are_handed_over_together(ada: Officer, client: Client) -> None:
    several = [logged(ada) for _ in range(3)]
    address = "/colleagues/ada/work/"
    page = text_of(client.get(address))
    assert all(it in page for it in several)
    answered = fill(client, address, officer="bo", references=several[:2], reason="")
    assert answered.status_code == 422
    done = fill(client, address, officer="bo", references=several[:2], **WHY)
    assert done["Location"] == "/colleagues/"
    assert "2 referrals are handed over." in text_of(client.get(done["Location"]))
    assert [owner_of(it) for it in several] == ["Bo", "Bo", "Ada"]


def test_work_that_changed_hands_meanwhile_is_named_and_the_rest_can_be_sent_again(
    ada: Officer, client: Client
) -> None:
    stays, goes = logged(ada), logged(ada)
    address = "/colleagues/ada/work/"
    fill(client, f"/referrals/{goes}/hand-over/", officer="bo", **WHY)
    answered = fill(client, address, officer="bo", references=[stays, goes], **WHY)
    assert answered.status_code == 422
    page = text_of(answered)
    assert f"{goes} is not their work any more: it changed hands or came to an end." in page
    assert f'value="{stays}" checked' in page
    assert "Ada is away." in page


def test_a_list_of_work_is_bounded_and_may_be_empty(ada: Officer, client: Client) -> None:
    client.get("/")
    assert "No open referral waits for Ada." in text_of(client.get("/colleagues/ada/work/"))
    logged(ada)
    few = queries_of(lambda: client.get("/colleagues/ada/work/"))
    for _ in range(50):
        logged(ada)
    assert queries_of(lambda: client.get("/colleagues/ada/work/")) == few
    assert "There are more." in text_of(client.get("/colleagues/ada/work/"))


def test_an_absence_is_shown_beside_the_name_and_the_work_waits_for_who_stands_in(
    ada: Officer, client: Client
) -> None:
    reference = logged(ada)
    mine = signed_in(ada)
    done = fill(mine, "/colleagues/ada/absence/", stand_in="bo", **days(0, 3))
    assert done.status_code == 302, text_of(done)
    assert "Bo stands in" in text_of(client.get("/colleagues/"))
    assert "Ada (away until" in text_of(client.get(f"/referrals/{reference}/hand-over/"))
    page = text_of(client.get("/"))
    assert "You stand in for Ada until" in page
    assert reference in page
    assert "work of Ada" in page
    ended = mine.post("/colleagues/ada/absence/", {"back": "yes"}, follow=True)
    assert "The absence is ended." in text_of(ended)
    assert reference not in text_of(client.get("/"))


def test_days_that_make_no_absence_are_shown_again_with_the_rule(ada: Officer) -> None:
    mine = signed_in(ada)
    wrong = fill(mine, "/colleagues/ada/absence/", **days(3, 1))
    assert (wrong.status_code, "E-AWAY-01" in text_of(wrong)) == (422, True)
    assert 'href="#id_last_day_day">The last day away is before the first.' in text_of(wrong)
    assert "The last day away is past." in text_of(
        fill(mine, "/colleagues/ada/absence/", **days(-3, -1))
    )
    empty = fill(mine, "/colleagues/ada/absence/")
    assert "Enter the first day away" in text_of(empty)


def test_an_absence_of_others_is_for_approvers_and_the_administrator(
    ada: Officer, client: Client
) -> None:
    assert client.get("/colleagues/ada/absence/").status_code == 403
    for name, role in (("Cy", Role.APPROVER), ("Max", Role.ADMINISTRATOR)):
        other = signed_in(stored(name, role))
        assert other.get("/colleagues/").status_code == 200
        assert fill(other, "/colleagues/ada/absence/", **days(0, 1)).status_code == 302
    assert signed_in(stored("Ola", Role.OVERSEER)).get("/colleagues/").status_code == 403
    assert client.get("/colleagues/nobody/absence/").status_code == 404
    assert client.get("/colleagues/nobody/work/").status_code == 404


def test_who_may_enter_absences_sees_no_way_to_the_work(ada: Officer) -> None:
    page = text_of(signed_in(stored("Max", Role.ADMINISTRATOR)).get("/colleagues/"))
    assert "Enter an absence" in page
    assert "Hand over work" not in page


def test_a_desk_without_officers_says_so() -> None:
    response = signed_in(stored("Max", Role.ADMINISTRATOR)).get("/colleagues/")
    check_valid(response)
    assert "Nobody here works on referrals yet." in text_of(response)


def test_a_longer_desk_takes_no_more_queries(ada: Officer, client: Client) -> None:
    client.get("/")
    few = queries_of(lambda: client.get("/colleagues/"))
    for number in range(5):
        other = stored(f"Eve{number}", Role.OFFICER)
        absences.set_absence(
            other.name.lower(),
            first_day=now().date(),
            last_day=now().date(),
            stand_in="bo",
            acting=acting(other),
        )
    assert queries_of(lambda: client.get("/colleagues/")) == few
    assert queries_of(lambda: client.get("/")) <= 26


def test_whoever_stands_in_and_goes_away_is_told_for_whom_nobody_does_now(ada: Officer) -> None:
    bo = stored("Bo", Role.OFFICER)
    fill(signed_in(ada), "/colleagues/ada/absence/", stand_in="bo", **days(0, 3))
    client = signed_in(bo)
    fill(client, "/colleagues/bo/absence/", **days(2, 4))
    assert "Bo stands in for Ada on some of these days: choose somebody else." in text_of(
        client.get("/colleagues/")
    )


def test_ending_an_absence_that_a_colleague_ended_says_so(ada: Officer) -> None:
    ended = signed_in(ada).post("/colleagues/ada/absence/", {"back": "yes"})
    assert ended.status_code == 404
    assert "No absence is entered for this officer." in text_of(ended)


@pytest.mark.parametrize("stand_in", ["bo", ""])
def test_an_absence_that_is_yet_to_begin_is_shown(ada: Officer, stand_in: str) -> None:
    stored("Bo", Role.OFFICER)
    mine = signed_in(ada)
    fill(mine, "/colleagues/ada/absence/", stand_in=stand_in, **days(2, 5))
    page = text_of(mine.get("/colleagues/"))
    assert "At work; away from" in page
    assert ("; Bo stands in" in page) is bool(stand_in)

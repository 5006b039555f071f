"""The history of a referral is told from the log, a sentence for each entry."""

import pytest

from evenhand.actions import referrals
from evenhand.ledger.acts import Act
from evenhand.queries import history as log
from evenhand.rules.officers import Officer, Role
from evenhand.rules.referrals import TriageOutcome
from evenhand.web.referrals.story import SENTENCES
from tests.web.people import acting, logged, queries_of, signed_in, stored, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada() -> Officer:
    return stored("Ada", Role.OFFICER)


def test_each_entry_is_a_sentence_with_who_and_when(ada: Officer) -> None:
    reference = logged(ada)
    referrals.triage(reference, TriageOutcome.NOT_FOR_US, "Satire.", acting=acting(ada))
    page = text_of(signed_in(ada).get(f"/referrals/{reference}/history/"))
    assert "Ada, officer, logged this content" in page
    assert "Ada, officer, triaged it: it is not for this desk" in page
    assert page.index("logged this content") < page.index("triaged it")
    assert "rows changed" in page
    assert "with a reason in their own words" in page
    assert "Satire." not in page
    assert " GMT" in page or " BST" in page


def test_every_act_of_the_log_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Act)


def test_a_long_history_comes_in_pages_and_takes_no_more_queries(
    ada: Officer,
) -> None:
    reference = logged(ada)
    client, page = signed_in(ada), f"/referrals/{reference}/history/"
    client.get(page)
    few = queries_of(lambda: client.get(page))
    cy = stored("Cy", Role.APPROVER)
    for number in range(60):
        referrals.withdraw(reference, f"Reason {number}.", acting=acting(ada))
        referrals.reopen(reference, f"Reason {number}.", acting=acting(cy))
    assert queries_of(lambda: client.get(page)) == few
    following = log.of(reference, officer=ada).next
    assert f'href="?after={following}"' in text_of(client.get(page))
    assert following is not None
    second = text_of(client.get(page, {"after": following}))
    assert "logged this content" not in second
    assert "Back to the first page" in second


@pytest.mark.parametrize("after", ["x", "-1", "9" * 40, "\0", "\N{SUPERSCRIPT TWO}"])
def test_a_place_that_is_none_is_the_beginning(ada: Officer, after: str) -> None:
    reference = logged(ada)
    page = text_of(signed_in(ada).get(f"/referrals/{reference}/history/", {"after": after}))
    assert "logged this content" in page


def test_an_overseer_reads_it_and_an_administrator_does_not(ada: Officer) -> None:
    page = f"/referrals/{logged(ada)}/history/"
    assert signed_in(stored("Ola", Role.OVERSEER)).get(page).status_code == 200
    assert signed_in(stored("Max", Role.ADMINISTRATOR)).get(page).status_code == 403

"""Notes to colleagues on the pages."""

import re
from typing import get_args

import pytest
from django.test import Client

from evenhand.actions import assessments, notes
from evenhand.api.steps import STEPS
from evenhand.queries.all_steps import Made
from evenhand.rules.assessments import ReportedTo
from evenhand.rules.officers import Officer, Role
from evenhand.web.referrals.happened import DRAWN
from tests.web.filling import check_valid, fill
from tests.web.people import acting, logged, queries_of, signed_in, stored, text_of

pytestmark = pytest.mark.django_db
WORDS = "The second clip <b>is</b> the same voice."
SHOWN = "The second clip &lt;b&gt;is&lt;/b&gt; the same voice."


@pytest.fixture
def ada() -> Officer:
    return stored("Ada", Role.OFFICER)


@pytest.fixture
def bo() -> Officer:
    return stored("Bo", Role.OFFICER)


def test_a_mention_is_on_the_worklist_until_it_is_read(ada: Officer, bo: Officer) -> None:
    reference = logged(ada)
    address = f"/referrals/{reference}/notes/"
    done = fill(signed_in(ada), address, text=WORDS, mentions=["bo"])
    assert done["Location"] == address
    reader = signed_in(bo)
    page = text_of(reader.get("/"))
    assert "You are mentioned" in page
    assert "Ada mentioned you in a note" in page
    assert f'href="{address}"' in page
    assert "voice" not in page
    reader.head(address)
    assert "You are mentioned" in text_of(reader.get("/"))
    assert SHOWN in text_of(reader.get(address))
    assert "You are mentioned" not in text_of(reader.get("/"))
    assert "Nothing waits for you." in text_of(reader.get("/"))


def test_whoever_writes_a_note_is_offered_the_others(ada: Officer) -> None:
    address = f"/referrals/{logged(ada)}/notes/"
    client = signed_in(ada)
    assert 'name="mentions"' not in text_of(client.get(address))
    stored("Cy", Role.APPROVER)
    page = client.get(address)
    check_valid(page)
    assert 'value="cy"' in text_of(page)
    assert 'value="ada"' not in text_of(page)


def test_a_note_stands_on_the_page_of_the_referral_and_cannot_be_changed(
    ada: Officer, bo: Officer
) -> None:
    reference = logged(ada)
    notes.write(reference, WORDS, acting=acting(ada))
    page = signed_in(bo).get(f"/referrals/{reference}/")
    check_valid(page)
    assert SHOWN in text_of(page)
    assert "Note, by Ada on" in text_of(page)


def test_a_note_says_whom_it_told_and_that_it_told_nobody(ada: Officer, bo: Officer) -> None:
    reference = logged(ada)
    address = f"/referrals/{reference}/notes/"
    client = signed_in(ada)
    fill(client, address, text="Please look, @bob and @Robert.")
    assert "Nobody was told of it: it mentions no colleague" in text_of(client.get(address))
    fill(client, address, text="Please look, @bo.")
    assert re.search(r"For\s*</dt>\s*<dd[^>]*>\s*Bo\s*<", text_of(client.get(address)))


@pytest.mark.parametrize("role", [Role.DPO, Role.OVERSEER])
def test_who_reads_no_words_reads_no_notes(ada: Officer, role: Role) -> None:
    reference = logged(ada)
    notes.write(reference, WORDS, acting=acting(ada))
    reader = signed_in(stored("Ola", role))
    assert reader.get(f"/referrals/{reference}/notes/").status_code == 403
    page = text_of(reader.get(f"/referrals/{reference}/"))
    assert "voice" not in page
    assert "your role does not need it" in page


def test_an_empty_note_is_asked_for_again(ada: Officer) -> None:
    answered = fill(signed_in(ada), f"/referrals/{logged(ada)}/notes/", text=" ", mentions=["ada"])
    assert answered.status_code == 422
    assert "Write the note" in text_of(answered)


def test_the_page_says_why_nothing_may_be_written_any_more(ada: Officer) -> None:
    reference = logged(ada)
    assessments.take_statutory_route(
        reference, reported_to=ReportedTo.IWF, reported_reference="IWF-1", acting=acting(ada)
    )
    answered = signed_in(ada).get(f"/referrals/{reference}/notes/")
    assert (answered.status_code, "E-NOTE-01" in text_of(answered)) == (409, True)


def test_many_notes_take_no_more_queries(ada: Officer, bo: Officer) -> None:
    reference, client = logged(ada), signed_in(ada)
    address = f"/referrals/{reference}/notes/"
    notes.write(reference, WORDS, ["bo"], acting=acting(ada))
    client.get(address)
    few = queries_of(lambda: client.get(address))
    worklist = queries_of(lambda: signed_in(bo).get("/"))
    for _ in range(20):
        notes.write(reference, WORDS, ["bo"], acting=acting(ada))
    assert queries_of(lambda: client.get(address)) == few
    assert queries_of(lambda: signed_in(bo).get("/")) == worklist


def test_the_platform_gets_no_notes(ada: Officer, client: Client) -> None:
    from evenhand.store.notices import facts_of
    from evenhand.store.referrals import ReferralRow
    from evenhand.store.sealing import open_record_key
    from tests.builders import assessment

    reference = logged(ada)
    assessments.submit(reference, assessment(), acting=acting(ada))
    notes.write(reference, WORDS, acting=acting(ada))
    row = ReferralRow.objects.select_related("key").get(reference=reference)
    assert "voice" not in str(facts_of(row, open_record_key(row.key)))


def test_of_many_notes_a_page_shows_the_latest_and_leads_to_all_steps(ada: Officer) -> None:
    reference = logged(ada)
    for number in range(30):
        notes.write(reference, f"Note {number:02}.", acting=acting(ada))
    client = signed_in(ada)
    for place in ("", "notes/"):
        page = text_of(client.get(f"/referrals/{reference}/{place}"))
        assert ("Note 04." in page, "Note 05." in page, "Note 29." in page) == (False, True, True)
        assert f'href="/referrals/{reference}/steps/"' in page
    first = client.get(f"/referrals/{reference}/steps/")
    check_valid(first)
    [following] = re.findall(r'href="(\?cursor=[^"]+)"', text_of(first))
    last = client.get(f"/referrals/{reference}/steps/{following}")
    check_valid(last)
    shown = re.findall(r"Note \d\d\.", text_of(first) + text_of(last))
    assert shown == [f"Note {number:02}." for number in reversed(range(30))]
    assert "Back to the first page" in text_of(last)
    assert client.get(f"/referrals/{reference}/steps/?cursor=x").status_code == 400


def test_a_referral_with_few_steps_leads_nowhere_else(ada: Officer) -> None:
    page = text_of(signed_in(ada).get(f"/referrals/{logged(ada)}/"))
    assert "/steps/" not in page


def test_every_kind_of_step_is_drawn_and_given_by_the_api() -> None:
    assert set(DRAWN) == set(STEPS) == set(get_args(Made))


def test_who_was_meant_and_is_nobody_is_named(ada: Officer, bo: Officer) -> None:
    address = f"/referrals/{logged(ada)}/notes/"
    page = signed_in(ada)
    fill(page, address, text="@bo and @nobdy: look.")
    assert "Nobody was told of @nobdy: no colleague" in text_of(page.get(address))
    fill(page, address, text="@bo: look again.")
    assert "Nobody was told of" not in text_of(page.get(address))

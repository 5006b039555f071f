"""The rights desk on its pages: from the public form to a letter that two officers agreed on."""

import re
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from evenhand.actions import rights, rights_pack_drawing, rights_sending
from evenhand.ledger.acts import Act
from evenhand.queries import rights as known
from evenhand.rules.officers import WORKER
from evenhand.rules.people_ages import Age, AgeBasis
from evenhand.rules.people_finding import Key
from evenhand.rules.public_doors import LIMITS, Door
from evenhand.rules.public_rights import RightsKind
from evenhand.rules.referrals import State
from evenhand.rules.rights import RightsStanding
from evenhand.rules.rights_replies import Route
from evenhand.store.log import EntryRow
from evenhand.store.rights import RightsContactRow, RightsRequestRow
from evenhand.store.rights_letters import RightsLetterRow
from evenhand.web import times
from evenhand.web.public.rights_forms import AskAboutDataForm
from evenhand.web.rights.forms import LogForm
from tests.actions.asking_rights import (
    BORN,
    NAME,
    NOTHING,
    on_paper,
    piece_of,
    replied,
    requested,
    row_of,
    searched,
    wholly_restricted,
)
from tests.actions.people import known_person
from tests.actions.reviewing_rights import agreed, mailed_in_vain, posted, reviewed
from tests.actions.reviewing_rights import held_back as held_back_by_law
from tests.builders import ADA, CY, DEE, RIA, adult, proposal
from tests.journeys import Desk, challenged
from tests.mail import mail_server
from tests.web.filling import fill, invalid_html
from tests.web.people import signed_in, text_of
from tests.web.test_reporting import receipt_in, sign_of

pytestmark = pytest.mark.django_db
PAGE, RECEIPT = "/public/rights", "/public/rights/receipt"
SAID = {
    "kind": "access",
    "name": NAME,
    "birth_date_day": "1",
    "birth_date_month": "4",
    "birth_date_year": "1990",
    "wish": "",
    "email": "ode@mailbox.example",
    "postal": "",
}


KEY = ("name", "birth_date_day", "birth_date_month", "birth_date_year")


def ask(client: Client, **changes: str) -> Any:
    return client.post(PAGE, {**SAID, **changes, "submission": sign_of(client)})


def staffed(days: int = 5) -> Desk:
    """A desk of some days ago with its rights officer and data protection officer."""
    desk = Desk(now=timezone.now() - timedelta(days=days))
    for officer in (RIA, DEE, ADA, CY):
        desk.by(officer)
    return desk


def somebody(desk: Desk) -> str:
    age = adult(birth_date=BORN, as_at=desk.now.date())
    return known_person(desk, said=proposal(name=NAME, age=age))


def test_anyone_asks_without_an_account_and_sees_how_it_stands(client: Client) -> None:
    assert invalid_html(client.get(PAGE)) == []
    done = ask(client)
    assert (done.status_code, invalid_html(done)) == (200, [])
    number = receipt_in(done)
    row = RightsRequestRow.objects.get()
    assert (row.kind, row.came_by, row.logged_by) == ("access", "form", None)
    page = client.post(RECEIPT, {"receipt": number})
    assert (page.status_code, invalid_html(page)) == (200, [])
    assert row.reference in text_of(page)
    assert NAME not in text_of(page)
    brief = known.brief(row.reference, officer=RIA)
    assert brief.answer_by is not None
    assert brief.latest is not None
    assert brief.answer_by < brief.latest
    assert times.day(brief.answer_by) in text_of(page)
    assert times.day(brief.latest) not in text_of(page)
    assert client.post(RECEIPT, {"receipt": "2222-2222-2222-2222"}).status_code == 404
    assert client.post(f"{RECEIPT}/log", {"receipt": number}).status_code == 409
    assert client.get(f"{RECEIPT}/log").status_code == 302
    assert client.get(RECEIPT).status_code == 200


def test_what_cannot_be_answered_is_asked_again_with_what_is_missing(client: Client) -> None:
    wrong = ask(client, email="")
    assert (wrong.status_code, invalid_html(wrong)) == (422, [])
    assert "Enter an e-mail address or a postal address" in text_of(wrong)
    empty = text_of(ask(client, kind="", name="", email=""))
    for missing in ("Select what you want us to do", "Enter your whole name", "Enter an e-mail"):
        assert missing in empty
    assert ask(client, name="").status_code == 422
    assert ask(client, kind="erasure").status_code == 422
    assert not RightsRequestRow.objects.exists()
    assert not RightsContactRow.objects.exists()


def test_the_door_bears_floods(client: Client) -> None:
    for _ in range(LIMITS[Door.RIGHTS].from_one_place):
        assert ask(client).status_code == 200
    assert ask(client).status_code == 429


def test_the_schema_of_a_pack_is_public(client: Client) -> None:
    found = client.get("/public/rights/pack-1.schema.json")
    assert found.json()["$id"] == f"{settings.PUBLIC_URL}/public/rights/pack-1.schema.json"


def held_back(ria: Client, one: str, person: str) -> None:
    """Have Ria hold the role of a record back on its page."""
    record = ria.get(f"{one}record/{person}/")
    assert invalid_html(record) == []
    places = re.findall(rf"{one}record/{person}/hold-back/person_link/[0-9a-f-]+/", text_of(record))
    held = fill(ria, places[0], withheld="third_party", reasons="It names a neighbour.")
    assert held.status_code == 302
    again = ria.get(f"{one}record/{person}/")
    assert invalid_html(again) == []
    assert "Give it after all" in text_of(again)


def test_records_without_a_birth_date_are_said_and_searched_by_the_name_alone(
    client: Client,
) -> None:
    desk = staffed()
    age, why = Age(basis=AgeBasis.UNKNOWN, as_at=desk.now.date()), "It may be a child’s."
    said = proposal(name=NAME, age=age, welfare_reason=why, best_interests="It is safer.")
    known_person(desk, said=said)
    ask(client)
    one, ria = f"/rights/{RightsRequestRow.objects.get().reference}/", signed_in(RIA)
    page = ria.get(one)
    assert invalid_html(page) == []
    assert "1 record of a person has no birth date" in text_of(page)
    alone = fill(ria, f"{one}search/", name=NAME, **dict.fromkeys(KEY[1:], ""))
    assert "1 record has this key." in text_of(ria.get(alone.url))
    assert f"{NAME}, on records without a birth date: 1 record" in text_of(ria.get(one))


def test_from_the_list_to_a_letter_that_has_left(client: Client) -> None:
    desk = staffed()
    person = somebody(desk)
    ask(client)
    request = RightsRequestRow.objects.get().reference
    ria, dee = signed_in(RIA), signed_in(DEE)
    overview = ria.get("/rights/")
    assert (overview.status_code, invalid_html(overview)) == (200, [])
    assert request in text_of(overview)
    assert NAME not in text_of(overview)
    one = f"/rights/{request}/"
    assert invalid_html(ria.get(one)) == []
    found = fill(ria, f"{one}search/", **{it: SAID[it] for it in SAID if it in KEY})
    assert "1 record has this key." in text_of(ria.get(found.url))
    whose = fill(ria, f"{one}record/{person}/whose/", whose="theirs", reason="The same.")
    assert whose.status_code == 302
    held_back(ria, one, person)
    wrong = fill(ria, f"{one}reply/", outcome="given", reasons="", because="So.")
    assert wrong.status_code == 409
    said = {"outcome": "given_in_part", "reasons": "It names others.", "because": "So."}
    written = fill(ria, f"{one}reply/", **said)
    letter = written.url
    shown = ria.get(letter)
    assert invalid_html(shown) == []
    assert "You wrote this reply" in text_of(shown)
    own = fill(ria, f"{letter}answer/", answer="approve", reason="Mine.")
    assert own.status_code == 403
    assert Act.ATTEMPT_REFUSED.encode() in bytes(EntryRow.objects.latest("number").leaf)
    assert fill(dee, f"{letter}answer/", answer="approve", reason="Yes.").status_code == 302
    send = ria.get(f"{letter}send/")
    assert (invalid_html(send), "ode@mailbox.example" in text_of(send)) == ([], True)
    assert fill(ria, f"{letter}send/", route="mail").status_code == 302
    assert invalid_html(ria.get(letter)) == []
    with mail_server() as server, patch.object(settings, "SMTP_URL", server.address):
        made = RightsLetterRow.objects.get()
        rights_sending.deliver(made.id, last_attempt=False, acting=desk.by(WORKER))
        assert len(server.taken) == 1
    assert row_of(request).standing == RightsStanding.REPLIED
    before = EntryRow.objects.count()
    page = dee.get(f"{letter}pack/{person}/")
    data = dee.get(f"{letter}pack/{person}.json").json()
    assert data["record"] == person
    assert "This is held back" in text_of(page)
    assert EntryRow.objects.count() == before + 2
    for it in (one, letter, "/rights/"):
        assert invalid_html(ria.get(it)) == []
    number = ria.get(f"{letter}pack/{person}.pdf")
    assert number.status_code == 200
    assert number.content.startswith(b"%PDF-")


def test_a_letter_to_be_sent_is_named_and_once_it_has_left_nothing_is_held_back_any_more() -> None:
    desk = staffed()
    person = somebody(desk)
    request = requested(desk)
    searched(desk, request, person)
    letter = replied(desk, request)
    ria = signed_in(RIA)
    assert "Letter to be sent" in text_of(ria.get("/rights/"))
    record = f"/rights/{request}/record/{person}/"
    whole = text_of(ria.get(record))
    assert "Hold the whole record back" in whole
    assert "Hold back: The record" not in whole
    assert "Hold back" in text_of(ria.get(record))
    rights_sending.send(request, letter, Route.POST, acting=desk.by(RIA))
    assert "Letter to be sent" not in text_of(ria.get("/rights/"))
    shown = text_of(ria.get(record))
    assert "This is all that the desk holds" in shown
    assert "Hold back" not in shown


def test_it_says_in_which_language_somebody_is_written_to() -> None:
    desk = staffed()
    request = requested(desk, language="cy")
    page = text_of(signed_in(RIA).get(f"/rights/{request}/"))
    assert re.search(r"Written to in\s*</dt>\s*<dd[^>]*>\s*Welsh", page)


def test_who_asks_in_welsh_is_answered_in_welsh_and_the_page_says_so() -> None:
    desk = staffed()
    person = somebody(desk)
    request = requested(desk, language="cy")
    searched(desk, request, person)
    ria = signed_in(RIA)
    one = f"/rights/{request}/"
    for form in ("reply/", "happened/"):
        assert "They are written to in Welsh" in text_of(ria.get(f"{one}{form}"))
    said = {"outcome": "given", "reasons": "", "because": "So."}
    letter = fill(ria, f"{one}reply/", **said).url
    page = ria.get(letter)
    assert invalid_html(page) == []
    assert re.search(r'lang="cy">\s*<p[^>]*>Ode Marsh', text_of(page))
    pack = ria.get(f"{letter}pack/{person}/")
    assert invalid_html(pack) == []
    assert '<html lang="cy">' in text_of(pack)
    english = requested(desk)
    assert "They are written to in" not in text_of(ria.get(f"/rights/{english}/reply/"))


def test_who_asks_stands_beside_whom_the_record_names() -> None:
    desk = staffed()
    person = somebody(desk)
    request = requested(desk, birth_date=None)
    searched(desk, request)
    ria = signed_in(RIA)
    page = text_of(ria.get(f"/rights/{request}/record/{person}/whose/"))
    assert f"Who asks: {NAME}" in page
    assert f"The record: {NAME}, born on {BORN:%-d %B %Y}" in page
    assert f"{NAME}, {BORN:%-d %B %Y}: 1 record" in text_of(ria.get(f"/rights/{request}/"))


def test_a_desk_that_cannot_draw_pdf_says_what_to_install() -> None:
    desk = staffed()
    person = somebody(desk)
    request = requested(desk)
    searched(desk, request, person)
    ria = signed_in(RIA)
    said = {"outcome": "given", "reasons": "", "because": "So."}
    letter = fill(ria, f"/rights/{request}/reply/", **said).url
    with patch.object(rights_pack_drawing, "can_draw_pdf", lambda: False):
        told = ria.get(f"{letter}pack/{person}.pdf", follow=True)
        assert "evenhand[pdf]" in text_of(told)
        assert invalid_html(told) == []


def test_what_gives_nothing_says_when_it_leaves_and_looks_alike() -> None:
    desk = staffed()
    person = somebody(desk)
    first, second = requested(desk, name="Alba Quince"), requested(desk)
    rights.search(first, Key(name="Alba Quince", birth_date=BORN), acting=desk.by(RIA))
    searched(desk, second, person)
    wholly_restricted(desk, second, person)
    ria, dee = signed_in(RIA), signed_in(DEE)
    assert "The whole record is held back" in text_of(ria.get(f"/rights/{second}/record/{person}/"))
    for request in (first, second):
        said = {"outcome": NOTHING.outcome, "reasons": "", "because": "So."}
        letter = fill(ria, f"/rights/{request}/reply/", **said).url
        assert fill(dee, f"{letter}answer/", answer="approve", reason="Yes.").status_code == 302
        page = ria.get(letter)
        assert "whatever the reason for it is" in text_of(page)
        assert invalid_html(page) == []
        assert fill(ria, f"{letter}send/", route="post").status_code == 409
    listed = text_of(ria.get("/rights/"))
    assert person not in listed


def test_a_request_on_paper_is_logged_its_clock_moved_and_a_complaint_acknowledged() -> None:
    desk = staffed()
    ria = signed_in(RIA)
    assert invalid_html(ria.get("/rights/new/")) == []
    day = timezone.localdate()
    received = {"received_on_day": day.day, "received_on_month": day.month}
    paper = {**SAID, **received, "received_on_year": day.year, "language": "cy"}
    paper |= {"came_by": "paper", "kind": "complaint", "wish": "You were rude."}
    made = fill(ria, "/rights/new/", **{it: str(text) for it, text in paper.items()})
    assert made.status_code == 302
    row = RightsRequestRow.objects.get()
    assert (row.came_by, row.language, row.kind) == ("paper", "cy", RightsKind.COMPLAINT)
    page = ria.get(made.url)
    assert "Acknowledge by" in text_of(page)
    sign = re.findall(r'name="submission" value="([^"]+)"', text_of(page))[0]
    done: Any = ria.post(f"{made.url}acknowledge/", {"submission": sign})
    letter = ria.get(done.url)
    assert "Cwynasoch" in text_of(letter)
    request = requested(desk)
    today = {"on_day": day.day, "on_month": day.month, "on_year": day.year}
    moved = {"what": "identity_asked", "reasons": "Two of them.", **today}
    place = f"/rights/{request}/happened/"
    done = fill(ria, place, **{it: str(text) for it, text in moved.items()})
    assert done.status_code == 302
    assert "They showed who they are" in text_of(ria.get(done.url))
    assert "the time to answer stands still" in text_of(ria.get("/rights/"))


def test_whoever_logs_a_request_is_asked_the_same_as_who_makes_one_in_other_words() -> None:
    theirs: Any = AskAboutDataForm()
    ours: Any = LogForm()
    assert set(ours.fields) - set(theirs.fields) == {"came_by", "received_on", "language"}
    for name, asked in theirs.fields.items():
        logged = ours.fields[name]
        assert logged.label != asked.label
        assert (type(logged), logged.required) == (type(asked), asked.required)
        for rule in ("longest", "validators", "strip"):
            assert getattr(logged, rule, None) == getattr(asked, rule, None)
    assert {it.look.get("autocomplete") for it in (ours.fields["name"], ours.fields["email"])} == {
        "off"
    }
    assert theirs.fields["name"].look["autocomplete"] == "name"
    kinds = [it for it, _text in theirs.fields["kind"].choices]
    assert [it for it, _text in ours.fields["kind"].choices] == kinds


def test_that_challenges_wait_is_shown_without_the_case() -> None:
    desk = Desk(now=timezone.now() - timedelta(days=60))
    desk.by(RIA)
    reference = desk.brought_to(State.CHECKED)
    challenged(desk, reference)
    page = text_of(signed_in(RIA).get("/rights/"))
    assert "to be settled by" in page
    assert reference not in page


def test_nobody_else_opens_the_desk_and_what_is_not_there_is_not_found() -> None:
    desk = staffed()
    request = requested(desk)
    for officer in (ADA, CY):
        client = signed_in(officer)
        for place in ("/rights/", "/rights/new/", f"/rights/{request}/"):
            assert client.get(place).status_code == 403
    ria = signed_in(RIA)
    assert ria.get("/rights/R-22222222/").status_code == 404
    nothing = "00000000-0000-4000-8000-000000000000"
    assert ria.get(f"/rights/{request}/letters/{nothing}/").status_code == 409
    assert ria.get(f"/rights/{request}/record/P-22222222/").status_code == 404


def test_a_request_is_withdrawn_and_its_receipt_says_so(client: Client) -> None:
    receipt = receipt_in(ask(client))
    staffed()
    ria = signed_in(RIA)
    one = f"/rights/{RightsRequestRow.objects.get().reference}/"
    assert "They withdraw it" in text_of(ria.get(one))
    assert invalid_html(ria.get(f"{one}withdraw/")) == []
    assert fill(ria, f"{one}withdraw/", told=" ").status_code == 422
    done: Any = fill(ria, f"{one}withdraw/", told="By telephone, today.")
    assert "do no more for it" in text_of(ria.get(done.url))
    shown = ria.get(one)
    assert invalid_html(shown) == []
    assert "By telephone, today." in text_of(shown)
    assert "They withdraw it" not in text_of(shown)
    assert "withdrawn on" in text_of(ria.get("/rights/"))
    page = client.post(RECEIPT, {"receipt": receipt})
    assert "You have withdrawn it" in text_of(page)


def test_what_is_held_back_is_looked_at_again_on_its_pages_and_given_further() -> None:
    desk = staffed()
    person = somebody(desk)
    soon = desk.now.date() + timedelta(days=2)
    request, piece = held_back_by_law(desk, person, review_on=soon)
    ria, dee = signed_in(RIA), signed_in(DEE)
    overview = ria.get("/rights/")
    assert (invalid_html(overview), "Overdue" in text_of(overview)) == ([], True)
    assert "it was to be reviewed on" in text_of(ria.get("/"))
    one = f"/rights/{request}/"
    shown = ria.get(one)
    assert (invalid_html(shown), "Look again at number 1" in text_of(shown)) == ([], True)
    place = f"{one}record/{person}/held-back/{piece}/"
    page = ria.get(f"{place}review/")
    assert (invalid_html(page), "It would warn them." in text_of(page)) == ([], True)
    wrong = fill(ria, f"{place}review/", outcome="kept", reasons="It goes on.")
    assert wrong.status_code == 422
    found = fill(ria, f"{place}review/", outcome="lifted", reasons="The inquiry has ended.")
    assert found.status_code == 302
    assert "Look again at number 1" not in text_of(ria.get(one))
    assert "waits for a second officer since" in text_of(dee.get("/"))
    assert "Confirm the review of number 1" in text_of(dee.get(one))
    confirm = dee.get(f"{place}confirm/")
    assert (invalid_html(confirm), "The inquiry has ended." in text_of(confirm)) == ([], True)
    said = {"answer": "approve", "reason": "It is so.", "as_seen": "another"}
    other = dee.post(f"{place}confirm/", said)
    assert (other.status_code, invalid_html(other)) == (409, [])
    assert ("E-MOVE-02" in text_of(other), "It is so." in text_of(other)) == (True, True)
    assert fill(dee, f"{place}confirm/", answer="approve", reason="Yes.").status_code == 302
    owed = ria.get(one)
    assert (invalid_html(owed), "More to be given" in text_of(owed)) == ([], True)
    letter = fill(ria, f"{one}further/", because="It has ended.").url
    assert invalid_html(ria.get(letter)) == []
    assert fill(dee, f"{letter}answer/", answer="approve", reason="Yes.").status_code == 302
    assert fill(ria, f"{letter}send/", route="post").status_code == 302
    given = ria.get(one)
    assert (invalid_html(given), "More to be given" in text_of(given)) == ([], False)
    assert "Confirmed" in text_of(ria.get(f"{place}review/"))


def test_who_cannot_be_reached_is_given_nothing_more_and_it_says_what_was_tried() -> None:
    desk = staffed()
    request, piece = held_back_by_law(desk, somebody(desk))
    reviewed(desk, request, piece)
    letter = agreed(desk, request)
    ria, dee = signed_in(RIA), signed_in(DEE)
    one = f"/rights/{request}/"
    shown = ria.get(f"{one}letters/{letter}/")
    assert (invalid_html(shown), "They cannot be reached" in text_of(shown)) == ([], True)
    assert "It was lifted." in text_of(shown)
    page = ria.get(f"{one}unreached/")
    assert (invalid_html(page), page.status_code) == ([], 200)
    assert dee.get(f"{one}unreached/").status_code == 403
    assert fill(ria, f"{one}unreached/", tried=" ").status_code == 422
    early = fill(ria, f"{one}unreached/", tried="It came back.")
    assert early.status_code == 409
    assert "was not sent to it yet" in text_of(early)
    mailed_in_vain(desk, request, letter)
    assert fill(ria, f"{one}unreached/", tried="It came back.").status_code == 302
    ended = ria.get(one)
    assert (invalid_html(ended), "It came back." in text_of(ended)) == ([], True)
    assert "Cannot be reached" in text_of(ria.get("/rights/"))
    gone = ria.get(f"{one}letters/{letter}/")
    assert "Not delivered" in text_of(gone)
    assert "Send it" not in text_of(gone)


def test_what_stays_held_back_shows_its_new_day_and_a_whole_record_is_named_so() -> None:
    desk = staffed(days=26)
    person = somebody(desk)
    request, piece = requested(desk), piece_of(person)
    searched(desk, request, person)
    wholly_restricted(desk, request, person)
    desk.now += timedelta(days=21)
    posted(desk, request, NOTHING)
    ria, dee = signed_in(RIA), signed_in(DEE)
    place = f"/rights/{request}/record/{person}/held-back/{piece}/"
    assert "The whole record is held back." in text_of(ria.get(f"{place}review/"))
    day = timezone.localdate() + timedelta(days=30)
    until = {f"review_on_{it}": str(getattr(day, it)) for it in ("day", "month", "year")}
    said = {"outcome": "kept", "reasons": "It goes on.", **until}
    assert fill(ria, f"{place}review/", **said).status_code == 302
    assert fill(dee, f"{place}confirm/", answer="return", reason="No.").status_code == 302
    page = ria.get(f"{place}review/")
    assert (invalid_html(page), "Looked at once more" in text_of(page)) == ([], True)


def test_a_complaint_is_answered_with_reasons_and_by_no_search() -> None:
    staffed()
    ria = signed_in(RIA)
    request = requested(Desk(), RightsKind.COMPLAINT, wish="You were late.")
    one = f"/rights/{request}/"
    assert "Answer by, as this desk aims to" in text_of(ria.get(one))
    said = {"outcome": "granted", "because": "The log shows it."}
    bare = fill(ria, f"{one}reply/", **said)
    assert bare.status_code == 422
    assert "Say why it is answered so, for the person to read" in text_of(bare)
    letter = fill(ria, f"{one}reply/", **said, reasons="We were two days late.").url
    page = text_of(ria.get(letter))
    assert "no key finds" not in page
    assert "Upheld" in page
    assert "Granted" not in page


def test_without_an_e_mail_address_a_letter_and_its_packs_are_posted() -> None:
    desk = staffed()
    person = somebody(desk)
    request = on_paper(desk, email="", postal="1 High Street")
    searched(desk, request, person)
    letter = replied(desk, request)
    ria = signed_in(RIA)
    page = ria.get(f"/rights/{request}/letters/{letter}/send/")
    assert invalid_html(page) == []
    assert "print the letter and its packs, and post them" in text_of(page)
    assert 'value="post"' in text_of(page)
    assert 'value="mail"' not in text_of(page)
    assert f"/rights/{request}/record/{person}/" in text_of(page)

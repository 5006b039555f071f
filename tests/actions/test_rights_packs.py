"""What a pack about oneself holds: what is held back, in which words, in which language."""

import json
import re
from datetime import date, timedelta
from email import message_from_bytes

import jsonschema_rs
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import dateformat, translation
from django.utils.translation import gettext

from evenhand.actions import people_corrections, rights, rights_letters, rights_pack_drawing
from evenhand.queries import rights as known
from evenhand.queries import rights_pack
from evenhand.rules.agreements import PACKED
from evenhand.rules.assessments import Kind
from evenhand.rules.notification import RestrictionNotAllowed
from evenhand.rules.people_finding import Key
from evenhand.rules.people_roles import PersonRole
from evenhand.rules.rights import Mark, NotAPiece, Withheld
from evenhand.rules.rights_pack import SECTIONS
from evenhand.rules.rights_pack_about import ABOUT
from evenhand.rules.rights_pack_json import PURPOSES, PackJson, SectionJson, as_json, schema
from evenhand.rules.rights_pack_words import GROUNDS, IN_A_PACKAGE, STEPS
from evenhand.rules.rights_replies import LetterNotReady, Reply, ReplyDoesNotFit, RightsOutcome
from evenhand.rules.sharing import Carrier
from evenhand.seal.age import lock_of, new_identity
from evenhand.store.lawbook import lawbook
from tests.actions.asking_rights import (
    BORN,
    GIVEN,
    NAME,
    known_row,
    piece_of,
    read_of,
    replied,
    requested,
    restriction,
    searched,
    sent,
    somebody,
    wholly_restricted,
)
from tests.actions.people import known_person
from tests.actions.sharing import built, in_force, released
from tests.actions.sharing import staffed as sharing_staffed
from tests.builders import CY, DEE, RIA, adult, proposal, terms
from tests.journeys import Desk, refused
from tests.mail import MailServer

pytestmark = pytest.mark.django_db


def test_what_is_held_back_is_in_no_pack_and_the_person_reads_it_only_where_that_may_be() -> None:
    desk = Desk()
    person = somebody(desk)
    request = requested(desk)
    searched(desk, request, person)
    found = rights_pack.preview(request, person, acting=desk.by(RIA))
    statement, link = found.pack.of(Kind.FACT)[0], found.pack.in_section("person_link")[0]
    told = Mark(withheld=Withheld.THIRD_PARTY, reasons="It names a neighbour.")
    rights.hold_back(request, person, statement.name, told, acting=desk.by(RIA))
    rights.hold_back(request, person, link.name, restriction(desk), acting=desk.by(RIA))
    with refused(NotAPiece):
        rights.hold_back(request, person, link.name, restriction(desk), acting=desk.by(RIA))
    with refused(NotAPiece):
        rights.hold_back(request, person, "hold/nothing", told, acting=desk.by(RIA))
    with refused(NotAPiece):
        rights.hold_back(request, "P-22222222", link.name, told, acting=desk.by(RIA))
    with refused(RestrictionNotAllowed):
        far = restriction(desk, review_on=desk.now.date() + timedelta(days=91))
        rights.hold_back(request, person, f"person/{person}", far, acting=desk.by(RIA))
    with refused(NotAPiece) as whole:
        rights.hold_back(request, person, piece_of(person), told, acting=desk.by(RIA))
    assert "as if there were none" in str(whole.value)
    with refused(ReplyDoesNotFit):
        rights_letters.propose(request, GIVEN, acting=desk.by(RIA))
    said = Reply(outcome=RightsOutcome.GIVEN_IN_PART, reasons="It names others.", because="So.")
    letter = replied(desk, request, said)
    pack = rights_pack.drawn(request, letter, person, acting=desk.by(DEE))
    assert pack["facts"] == [{"piece": "facts/1", "withheld": True, "fields": []}]
    [links] = [it for it in pack["sections"] if it["table"] == "person_link"]
    assert links["pieces"] == []
    assert pack["roles"] == []
    assert ABOUT["person_statement.link_id"] not in json.dumps(pack)
    marks = rights_pack.preview(request, person, acting=desk.by(DEE)).marks
    assert [it.withheld for it in marks] == [Withheld.THIRD_PARTY, Withheld.RESTRICTED_UNTOLD]
    [shown] = known.one(request, acting=desk.by(DEE)).found
    assert (shown.held_back, shown.is_theirs) == (2, True)


def test_one_record_is_given_beside_another_that_is_held_back_as_if_there_were_none() -> None:
    desk = Desk()
    given, held = somebody(desk), known_person(desk, said=proposal(name="Alba Quince"))
    request = requested(desk)
    rights.search(request, Key(reference=held), acting=desk.by(RIA))
    searched(desk, request, given, held)
    wholly_restricted(desk, request, held)
    letter = replied(desk, request)
    assert rights_pack.drawn(request, letter, given, acting=desk.by(DEE))
    with refused(LetterNotReady):
        rights_pack.drawn(request, letter, held, acting=desk.by(DEE))


def test_a_mark_is_taken_back_and_the_piece_is_given() -> None:
    desk = Desk()
    person = somebody(desk)
    request = requested(desk)
    searched(desk, request, person)
    wholly_restricted(desk, request, person)
    rights.give_after_all(request, piece_of(person), acting=desk.by(RIA))
    with refused(NotAPiece):
        rights.give_after_all(request, piece_of(person), acting=desk.by(RIA))
    replied(desk, request)


def test_a_pack_says_days_in_words_and_shows_no_id_that_means_nothing() -> None:
    desk = sharing_staffed()
    person = somebody(desk)
    package = built(desk, person, in_force(desk))
    request = requested(desk)
    searched(desk, request, person)
    letter = replied(desk, request)
    pack = rights_pack.drawn(request, letter, person, acting=desk.by(RIA))
    text = json.dumps(pack)
    ids = re.findall(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f-]{17}|[0-9a-f]{64}", text)
    assert not ids
    given, record = fields_of(pack, "disclosure"), fields_of(pack, "person")
    assert given["reference"] == package
    assert record["birth_date"] == f"{BORN:%-d %B %Y}"
    assert record["max_on"] == f"{known_row(person).max_on:%-d %B %Y}"
    assert record["child"] == "No"
    assert ":" in record["proposed_at"]
    assert "T" not in record["proposed_at"]


def test_what_left_sealed_for_another_is_told_in_words_without_who_took_it() -> None:
    desk = sharing_staffed()
    lock = lock_of(new_identity())
    said = proposal(PersonRole.SUSPECT, name=NAME, age=adult(birth_date=BORN))
    for officer in (RIA, DEE):
        desk.by(officer)
    person = known_person(desk, said=said)
    agreed = terms(lock=lock, roles=frozenset({PersonRole.SUSPECT}), fields=PACKED | terms().fields)
    package = released(desk, person, in_force(desk, agreed), carrier=Carrier.SEALED)
    request = requested(desk)
    searched(desk, request, person)
    pack = rights_pack.drawn(request, replied(desk, request), person, acting=desk.by(RIA))
    [told] = section(pack, "disclosure")["pieces"]
    parts = {it["about"]: it["value"] for it in told["fields"] if it["column"] == "document"}
    assert parts[IN_A_PACKAGE["organisation"]] == terms().organisation
    assert parts[ABOUT["person.name"]] == NAME
    assert parts[ABOUT["person_link.grounds"]] in GROUNDS.values()
    assert parts[IN_A_PACKAGE["gaps"]] == "Where she lives now is not known."
    assert fields_of(pack, "disclosure")["reference"] == package
    assert all(it.name not in json.dumps(pack) for it in terms().people)


def test_what_is_held_back_is_not_given_as_what_others_were_given() -> None:
    desk = sharing_staffed()
    person = somebody(desk)
    built(desk, person, in_force(desk))
    request = requested(desk)
    searched(desk, request, person)
    found = rights_pack.preview(request, person, acting=desk.by(RIA)).pack
    fact, [link] = found.of(Kind.FACT)[0], found.in_section("person_link")
    said = fact.fields[0].value
    for piece, withheld in ((fact, Withheld.THIRD_PARTY), (link, Withheld.RESTRICTED_UNTOLD)):
        mark = Mark(withheld=withheld, reasons="It names another.")
        if withheld is Withheld.RESTRICTED_UNTOLD:
            mark = restriction(desk)
        rights.hold_back(request, person, piece.name, mark, acting=desk.by(RIA))
    part = Reply(outcome=RightsOutcome.GIVEN_IN_PART, reasons="It names another.", because="So.")
    pack = rights_pack.drawn(request, replied(desk, request, part), person, acting=desk.by(RIA))
    told = fields_of(pack, "disclosure")
    assert told["reference"]
    assert said not in json.dumps(pack, ensure_ascii=False)
    about = {it["about"] for it in section(pack, "disclosure")["pieces"][0]["fields"]}
    assert ABOUT["person.name"] in about
    assert not {ABOUT["person_link.role"], ABOUT["person_link.referral_id"]} & about


def test_a_pack_is_in_welsh_where_its_reader_asked_in_welsh(server: MailServer) -> None:
    desk = Desk()
    person = somebody(desk)
    request = requested(desk, language="cy")
    searched(desk, request, person)
    letter = sent(desk, request)
    pack = rights_pack.drawn(request, letter, person, acting=desk.by(RIA))
    jsonschema_rs.validate(schema("https://desk.example/pack"), pack)
    assert (pack["language"], pack["roles"]) == ("cy", ["Dioddefwr"])
    with translation.override("cy"):
        assert section(pack, "person")["title"] == gettext(SECTIONS["person"])
        assert pack["information"]["purposes"] == gettext(PURPOSES)
        day = dateformat.format(date.fromisoformat(pack["made_on"]), "j F Y")
    fact = {it["column"]: it for it in pack["facts"][0]["fields"]}
    assert fact["text"]["language"] == "en"
    assert fact["standing"]["value"] == "Mae’n sefyll"
    [(_sender, _recipients, data)] = server.taken
    [page] = [it for it in message_from_bytes(data).walk() if it.get_content_type() == "text/html"]
    html = read_of(page).decode()
    assert '<html lang="cy">' in html
    assert f"<dd>{day}</dd>" in html
    assert f'<dd lang="en">{fact["text"]["value"]}</dd>' in html
    assert html == rights_pack_drawing.page(pack)


def test_what_a_pack_tells_is_in_the_order_of_time() -> None:
    desk = Desk()
    person = somebody(desk)
    for _again in range(3):
        people_corrections.contest(person, "name", "It is Otto.", acting=desk.by(RIA))
        people_corrections.confirm(person, "name", "It is not.", acting=desk.by(CY))
    request = requested(desk)
    searched(desk, request, person)
    pack = rights_pack.preview(request, person, acting=desk.by(RIA)).pack
    steps = [it.fields[0].value for it in pack.in_section("person_step")]
    assert steps == [STEPS["authorise"], *3 * [STEPS["contest"], STEPS["confirm"]]]


def section(pack: PackJson, table: str) -> SectionJson:
    [found] = (it for it in pack["sections"] if it["table"] == table)
    return found


def fields_of(pack: PackJson, table: str) -> dict[str, str]:
    [piece] = section(pack, table)["pieces"]
    return {it["column"]: it["value"] for it in piece["fields"]}


def test_a_pack_says_in_words_what_the_record_holds_as_codes() -> None:
    desk = sharing_staffed()
    said = proposal(PersonRole.SUSPECT, name=NAME, age=adult(birth_date=BORN))
    person = known_person(desk, said=said)
    request = requested(desk)
    searched(desk, request, person)
    found = rights_pack.preview(request, person, acting=desk.by(RIA)).pack
    [link] = found.in_section("person_link")
    told = {it.column: it.value for it in link.fields}
    assert told["offence"] == lawbook().provisions[said.grounds.offence].title
    assert told["grounds"] in GROUNDS.values()
    [step] = found.in_section("person_step")
    assert step.fields[0].value == STEPS["authorise"]
    drawn = rights_pack_drawing.page(as_json(found, said=str))
    assert f"{found.made_on}" not in drawn
    assert f"{desk.now.date():%-d %B %Y}" in drawn


@pytest.mark.skipif(
    not rights_pack_drawing.can_draw_pdf(), reason="NO PDF WAS DRAWN: evenhand[pdf]"
)
def test_a_pack_is_drawn_as_pdf_from_what_was_approved() -> None:
    desk = Desk()
    person = somebody(desk)
    request = requested(desk)
    searched(desk, request, person)
    letter = replied(desk, request)
    found = rights_pack.drawn(request, letter, person, acting=desk.by(RIA))
    assert rights_pack_drawing.as_pdf(found).startswith(b"%PDF-")


def test_what_is_not_listed_is_said_and_a_longer_list_asks_no_more_often(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk()
    person = somebody(desk)
    searched(desk, requested(desk), person)

    def asked_often() -> int:
        with CaptureQueriesContext(connection) as caught:
            known.waiting(officer=RIA)
            known.briefly(officer=RIA)
        return len(caught)

    few = asked_often()
    for _one in range(3):
        request = requested(desk)
        searched(desk, request, person)
        rights_letters.propose(request, GIVEN, acting=desk.by(RIA))
    more = asked_often()
    assert few < more <= few + 2  # packs, and whose they are
    for _one in range(3):
        searched(desk, requested(desk), person)
    assert asked_often() == more
    assert not known.is_more(officer=RIA)
    monkeypatch.setattr(known, "MOST_OPEN", 4)
    assert known.is_more(officer=RIA)
    assert len(known.waiting(officer=RIA)) == len(known.briefly(officer=RIA)) == 4

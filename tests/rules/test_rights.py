"""The rights desk: clocks computed by hand, what a reply may say, letters alike to the byte."""

import json
from dataclasses import replace
from datetime import date, timedelta
from html import escape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.clocks_events import Event, Happened
from evenhand.rules.clocks_rights import NotExtended, NotPaused
from evenhand.rules.notification import RestrictionGround, RestrictionNotAllowed
from evenhand.rules.people import OwnRequest
from evenhand.rules.public_reports import ReachUnusable
from evenhand.rules.public_rights import (
    BornLater,
    NoWayToAnswer,
    RightsAsked,
    RightsKind,
    check_asked,
    no_such_request,
)
from evenhand.rules.public_rights_letters import (
    CHECK,
    COMPLAIN,
    COURT,
    NOTICES,
    REASONS,
    RECIPIENTS,
    Addressed,
    notice,
    reply,
)
from evenhand.rules.refusals import Refused
from evenhand.rules.register import KEPT, Keep, kept_to
from evenhand.rules.register_desk import REGISTER
from evenhand.rules.rights import (
    ACKNOWLEDGED,
    CLOCKS,
    Answered,
    Mark,
    NotAPiece,
    NotReceivedYet,
    RightsStanding,
    Withheld,
    acknowledge_by,
    check_event,
    check_mark,
    check_of_whole,
    check_open,
    check_received,
    due_of,
    no_such_rights_request,
)
from evenhand.rules.rights_pack import (
    ELSEWHERE,
    SECTIONS,
    Pack,
    Piece,
    Told,
    left_out,
    told_of,
)
from evenhand.rules.rights_pack_html import (
    AS_WRITTEN,
    FACTS,
    NO_ROLE,
    NOTHING,
    Speaking,
    as_html,
)
from evenhand.rules.rights_pack_json import PURPOSES, as_json, from_json
from evenhand.rules.rights_replies import (
    NEEDS_REASONS,
    OUTCOMES,
    Basis,
    HeldBackUnsaid,
    LetterKind,
    LetterNotReady,
    LetterStanding,
    LettersTellApart,
    NotDone,
    NotSearched,
    Reply,
    ReplyDoesNotFit,
    RightsOutcome,
    UnfoundedWithoutGrounds,
    check_may_leave,
    check_nothing_waits,
    check_reply,
    check_second,
    erased_by,
    last_day_of_granted,
    leaves_on,
)
from evenhand.rules.texts import TextMissing
from tests.builders import ADA, DEE, TODAY
from tests.legal_clocks import CLOCKS as LAW
from tests.legal_clocks import ENGLAND
from tests.legal_clocks import asked as with_events

_K, _O = RightsKind, RightsOutcome
ASKED = RightsAsked(kind=_K.ACCESS, name="Ode Marsh", email="ode@mailbox.example")
BASIS = Basis(searches=1, by_name=1, unsettled=0, theirs=1, whole=0, told=0, done=1)
TO = Addressed(
    name="Ode Marsh",
    reference="R-7K3M9XQA",
    kind=_K.ACCESS,
    received_on="1 November 2026",
    written_on="20 November 2026",
    desk="Testshire desk",
    contact="desk@testshire.example",
    by="19 January 2027",
)


def said(text: str) -> str:
    return text


@pytest.mark.parametrize(
    ("kind", "received", "target", "outer"),
    [
        (_K.ACCESS, date(2026, 6, 30), date(2026, 7, 29), date(2026, 7, 30)),
        (_K.ACCESS, date(2026, 1, 31), date(2026, 2, 27), date(2026, 3, 2)),
        (_K.ERASURE, date(2026, 6, 30), date(2026, 7, 29), date(2026, 7, 30)),
        (_K.COMPLAINT, date(2026, 7, 1), date(2026, 8, 30), None),
    ],
)
def test_each_kind_is_answered_by_its_clock(
    kind: RightsKind, received: date, target: date, outer: date | None
) -> None:
    found = due_of(kind, LAW[CLOCKS[kind]], with_events(received), ENGLAND)
    assert (found.target, found.outer) == (target, outer)


def test_the_day_of_receipt_is_the_first_of_the_thirty() -> None:
    assert acknowledge_by(LAW[ACKNOWLEDGED], date(2026, 7, 1)) == date(2026, 7, 30)


def test_only_access_is_paused_and_more_time_is_taken_in_the_month() -> None:
    on, request = date(2026, 6, 30), with_events(date(2026, 6, 30))
    asks, more = Event(Happened.CLARIFICATION_ASKED, on), Event(Happened.EXTENDED, on)
    check_event(_K.ACCESS, LAW["E01"], request, asks, "Which account?")
    with pytest.raises(NotPaused):
        check_event(_K.ERASURE, LAW["E03"], request, asks, "Which account?")
    check_event(_K.ACCESS, LAW["E01"], request, more, "Many records.")
    late = replace(more, on=date(2026, 7, 31))
    with pytest.raises(NotExtended):
        check_event(_K.ACCESS, LAW["E01"], request, late, "Many records.")
    with pytest.raises(TextMissing):
        check_event(_K.ACCESS, LAW["E01"], request, asks, "")


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"name": " "}, TextMissing),
        ({"kind": _K.ERASURE}, TextMissing),
        ({"birth_date": TODAY + timedelta(days=1)}, BornLater),
        ({"email": ""}, NoWayToAnswer),
        ({"email": "nowhere"}, ReachUnusable),
    ],
)
def test_a_request_that_cannot_be_answered_is_refused(
    changes: dict[str, object], rule: type[Refused]
) -> None:
    with pytest.raises(rule):
        check_asked(replace(ASKED, **changes), today=TODAY)  # type: ignore[arg-type]


def test_whoever_asks_is_reached_by_mail_or_by_post() -> None:
    check_asked(ASKED, today=TODAY)
    check_asked(replace(ASKED, email="", postal="1 Long Street"), today=TODAY)
    check_asked(replace(ASKED, kind=_K.COMPLAINT, wish="You were rude."), today=TODAY)


def reply_of(outcome: RightsOutcome, **changes: str) -> Reply:
    reasons = "It names others." if outcome in NEEDS_REASONS else ""
    return Reply(outcome=outcome, **{"reasons": reasons, "because": "So.", **changes})


@given(
    theirs=st.integers(0, 3),
    whole=st.integers(0, 3),
    told=st.integers(0, 2),
    done=st.integers(0, 3),
    kind=st.sampled_from([it for it in _K if it is not _K.COMPLAINT]),
)
def test_nothing_is_given_exactly_where_nothing_is_held_or_all_is_restricted(
    theirs: int, whole: int, told: int, done: int, kind: RightsKind
) -> None:
    whole = min(theirs, whole)
    basis = replace(BASIS, theirs=theirs, whole=whole, told=told, done=done)
    fits = set()
    for outcome in OUTCOMES[kind] - {_O.UNFOUNDED}:
        try:
            check_reply(kind, reply_of(outcome), basis)
        except ReplyDoesNotFit:
            continue
        fits.add(outcome)
    assert (_O.NOTHING_TO_GIVE in fits) == (theirs == whole)
    assert fits == {_O.NOTHING_TO_GIVE} or _O.NOTHING_TO_GIVE not in fits
    if kind is _K.ACCESS and theirs > whole:
        assert fits == {_O.GIVEN_IN_PART if told else _O.GIVEN}


def test_a_reply_rests_on_a_search_and_on_each_record_found() -> None:
    for changed in (
        {"searches": 0},
        {"unsettled": 1},
        {"more": True},
        {"in_quarantine": 1},
        {"joined": 1},
    ):
        basis = replace(BASIS, **changed)
        with pytest.raises(NotSearched):
            check_reply(_K.ACCESS, reply_of(_O.GIVEN), basis)
    nothing = replace(BASIS, searches=0)
    check_reply(_K.COMPLAINT, reply_of(_O.REFUSED), nothing)
    check_reply(_K.ACCESS, reply_of(_O.UNFOUNDED), nothing)


def test_a_reply_says_that_the_name_was_looked_for_only_where_it_was() -> None:
    nothing = replace(BASIS, theirs=0, by_name=0)
    with pytest.raises(NotSearched, match="by their name"):
        check_reply(_K.ACCESS, reply_of(_O.NOTHING_TO_GIVE), nothing)
    check_reply(_K.ACCESS, reply_of(_O.NOTHING_TO_GIVE), replace(nothing, by_name=1))
    check_reply(_K.ACCESS, reply_of(_O.GIVEN), replace(BASIS, by_name=0))


def test_a_reply_says_what_it_must_and_nothing_where_words_would_tell() -> None:
    with pytest.raises(ReplyDoesNotFit):
        check_reply(_K.ACCESS, reply_of(_O.GRANTED), BASIS)
    with pytest.raises(TextMissing):
        check_reply(_K.ERASURE, reply_of(_O.REFUSED, reasons=""), BASIS)
    with pytest.raises(TextMissing):
        check_reply(_K.COMPLAINT, reply_of(_O.GRANTED), BASIS)
    with pytest.raises(TextMissing):
        check_reply(_K.ACCESS, reply_of(_O.GIVEN, because=""), BASIS)
    with pytest.raises(UnfoundedWithoutGrounds):
        check_reply(_K.ACCESS, reply_of(_O.UNFOUNDED, because=""), BASIS)
    with pytest.raises(LettersTellApart):
        check_reply(_K.ACCESS, reply_of(_O.NOTHING_TO_GIVE, reasons="We looked."), BASIS)


def test_a_reply_that_is_not_so_breaks_the_rule_of_what_it_says() -> None:
    never = (
        (_K.ACCESS, _O.GIVEN, replace(BASIS, told=1), HeldBackUnsaid),
        (_K.ACCESS, _O.GIVEN, replace(BASIS, theirs=0), ReplyDoesNotFit),
        (_K.ACCESS, _O.GIVEN_IN_PART, BASIS, ReplyDoesNotFit),
        (_K.ERASURE, _O.GRANTED, replace(BASIS, done=0), NotDone),
        (_K.RESTRICTION, _O.GRANTED_IN_PART, replace(BASIS, done=0), NotDone),
    )
    for kind, outcome, basis, rule in never:
        with pytest.raises(ReplyDoesNotFit) as told:
            check_reply(kind, reply_of(outcome), basis)
        assert (type(told.value), told.value.at) == (rule, "outcome")


def test_what_is_restricted_has_its_ground_and_its_review() -> None:
    plain = Mark(
        withheld=Withheld.RESTRICTED_TOLD,
        reasons="It would warn them.",
        ground=RestrictionGround.CRIME,
        review_on=TODAY + timedelta(days=90),
    )
    check_mark(plain, today=TODAY)
    for wrong in (
        replace(plain, ground=None),
        replace(plain, review_on=None),
        replace(plain, review_on=TODAY + timedelta(days=91)),
    ):
        with pytest.raises(RestrictionNotAllowed):
            check_mark(wrong, today=TODAY)
    with pytest.raises(TextMissing):
        check_mark(replace(plain, reasons=""), today=TODAY)
    check_mark(Mark(withheld=Withheld.THIRD_PARTY, reasons="A neighbour."), today=TODAY)


def test_two_officers_and_its_day_let_a_letter_leave() -> None:
    with pytest.raises(OwnRequest):
        check_second(LetterStanding.PROPOSED, ADA.ref, ADA.ref)
    check_second(LetterStanding.PROPOSED, ADA.ref, DEE.ref)
    with pytest.raises(LetterNotReady):
        check_second(LetterStanding.SENT, ADA.ref, DEE.ref)
    with pytest.raises(LetterNotReady):
        check_may_leave(LetterStanding.PROPOSED, _O.GIVEN, began_on=TODAY, today=TODAY)
    check_may_leave(LetterStanding.APPROVED, _O.GIVEN, began_on=TODAY, today=TODAY)
    with pytest.raises(LettersTellApart):
        before = leaves_on(TODAY) - timedelta(days=1)
        check_may_leave(LetterStanding.APPROVED, _O.NOTHING_TO_GIVE, began_on=TODAY, today=before)
    check_may_leave(
        LetterStanding.APPROVED, _O.NOTHING_TO_GIVE, began_on=TODAY, today=leaves_on(TODAY)
    )
    with pytest.raises(LetterNotReady):
        check_nothing_waits(True)
    with pytest.raises(Answered):
        check_open(RightsStanding.REPLIED)
    with pytest.raises(NotReceivedYet):
        check_received(TODAY + timedelta(days=1), today=TODAY)
    check_received(TODAY - timedelta(days=365), today=TODAY)
    with pytest.raises(NotReceivedYet) as caught:
        check_received(TODAY.replace(year=1926), today=TODAY)
    assert caught.value.values["day"] == (TODAY - timedelta(days=365)).isoformat()
    assert no_such_request().at == "receipt"
    assert "R-7K3M9XQA" in no_such_rights_request().do


def test_what_was_granted_is_gone_by_its_day() -> None:
    assert last_day_of_granted(TODAY, today=TODAY) < erased_by(TODAY)
    assert last_day_of_granted(TODAY, today=erased_by(TODAY)) == erased_by(TODAY)


@pytest.mark.parametrize(
    ("kind", "outcome"), [(kind, it) for kind in _K for it in sorted(OUTCOMES[kind])]
)
def test_a_letter_holds_what_the_law_wants_told(kind: RightsKind, outcome: RightsOutcome) -> None:
    reasons = "Because it names others." if outcome in NEEDS_REASONS else ""
    body = reply(outcome, reasons, replace(TO, kind=kind), said=said).body
    for route in (COMPLAIN, COURT, *(() if kind is _K.COMPLAINT else (CHECK,))):
        assert route in body
    assert (REASONS in body) == bool(reasons)
    assert reasons in body
    grants = outcome in (_O.GRANTED, _O.GRANTED_IN_PART)
    assert (RECIPIENTS in body) == (grants and kind is not _K.COMPLAINT)
    assert (TO.by in body) == (grants and kind is _K.ERASURE)
    for it in (TO.name, TO.reference, TO.received_on, TO.written_on, TO.contact):
        assert it in body


@pytest.mark.parametrize("kind", [it for it in _K if it is not _K.COMPLAINT])
def test_letters_that_give_nothing_differ_in_name_and_days_alone(kind: RightsKind) -> None:
    first = reply(_O.NOTHING_TO_GIVE, "", replace(TO, kind=kind), said=said).body
    other = replace(TO, kind=kind, name="Alba", written_on="1 May 2027", by="2 May 2027")
    second = reply(_O.NOTHING_TO_GIVE, "", other, said=said).body
    assert second.replace("Alba", TO.name).replace("1 May 2027", TO.written_on) == first


@pytest.mark.parametrize("kind", sorted(NOTICES))
def test_what_is_asked_says_why_and_where_to_complain(kind: LetterKind) -> None:
    reasons = "" if kind is LetterKind.ACKNOWLEDGEMENT else "Two people have this name."
    body = notice(kind, reasons, TO, said=said).body
    assert reasons in body
    assert (TO.by in body) == (kind in (LetterKind.ACKNOWLEDGEMENT, LetterKind.EXTENSION))
    assert (COMPLAIN in body) == (kind is not LetterKind.IDENTITY)


def test_each_column_about_a_person_is_in_a_pack_or_left_out_for_a_reason() -> None:
    for table in SECTIONS:
        lines = [it for it in REGISTER if it.table == table]
        assert lines, table
        given = told_of(table, REGISTER)
        assert all(it in given or left_out(it) for it in lines)
        sealed = {it.column for it in lines if it.sealed and it.read_by}
        # What was sealed for its recipient alone is given as it was before that.
        assert sealed - {"package"} <= {it.column for it in given}, table
    assert not ELSEWHERE.keys() & SECTIONS.keys()


PACK = Pack(
    language="en",
    request="R-7K3M9XQA",
    made_on="2026-11-20",
    desk="Testshire <desk>",
    contact="desk@testshire.example",
    reference="P-7K3M9XQA",
    roles={"person_link/4": "Victim"},
    recipients={},
    kept_until="2028-11-20",
    reviewed_on="2027-11-20",
    origin="From you.",
    pieces=[
        Piece("person", "1", [Told("name", "The name", "Ode <b>Marsh</b>")]),
        Piece("hold", "2", [Told("kind", "Why", "rights")]),
    ],
)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.add(tag)
        if tag not in {"meta", "!doctype"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


PLAIN = Speaking(said=str, day=lambda it: f"{it:%-d %B %Y}")
MARKED = Speaking(said="[{}]".format, day=lambda it: f"{it:%-d/%-m/%Y}")


def test_a_pack_is_drawn_whole_and_nothing_in_it_is_taken_for_html() -> None:
    marks = {"hold/2": Withheld.THIRD_PARTY}
    page = as_html(as_json(PACK.without(marks), said=str), PLAIN)
    tags = Tags()
    tags.feed(page)
    assert not tags.open
    assert "b" not in tags.seen
    assert "This is held back" in page
    assert "Nobody" in page
    assert "lang=" not in page.split("<body>")[1]
    untold = {"hold/2": Withheld.RESTRICTED_UNTOLD}
    given = as_json(PACK.without(untold), said=str)
    assert "held back. The letter" not in as_html(given, PLAIN)


def test_what_is_held_back_is_held_back_where_others_were_given_it_too() -> None:
    package = [Told("document", "A fact", "She ran.", repeats="hold/2"), Told("reason", "Why", "x")]
    pack = replace(PACK, pieces=[*PACK.pieces, Piece("disclosure", "3", package)])
    for withheld in Withheld:
        [given] = pack.without({"hold/2": withheld}).in_section("disclosure")
        assert [it.column for it in given.fields] == ["reason"]


@pytest.mark.parametrize("withheld", Withheld)
def test_what_is_held_back_is_not_told_at_the_head_of_a_pack_either(withheld: Withheld) -> None:
    assert list(PACK.without({"person_link/4": withheld}).roles) == []
    given = {"disclosure/5": "A shelter", "disclosure/6": "A shelter"}
    pack = replace(PACK, recipients=given)
    some = as_json(pack.without({"disclosure/5": withheld}), said=str)
    assert some["information"]["recipients"] == ["A shelter"]
    none = pack.without(dict.fromkeys(given, withheld))
    assert as_json(none, said=str)["information"]["recipients"] == []


def test_a_whole_record_is_held_back_as_if_there_were_none_or_not_at_all() -> None:
    check_of_whole(Mark(withheld=Withheld.RESTRICTED_UNTOLD, reasons="It would warn them."))
    for withheld in (Withheld.THIRD_PARTY, Withheld.RESTRICTED_TOLD):
        with pytest.raises(NotAPiece):
            check_of_whole(Mark(withheld=withheld, reasons="It would warn them."))


def test_a_pack_is_in_the_language_of_who_asked_but_for_what_officers_wrote() -> None:
    told = [Told("name", "YR ENW", "Ode"), Told("reason", "PAM", "She asked.", is_written=True)]
    pack = replace(PACK, language="cy", pieces=[Piece("person_step", "1", told)], roles={})
    found = as_json(pack, said=MARKED.said)
    page = as_html(found, MARKED)
    assert '<html lang="cy">' in page
    assert "<dd>Ode</dd>" in page
    assert '<dd lang="en">She asked.</dd>' in page
    assert "20/11/2028" in page
    ours = (NO_ROLE, AS_WRITTEN, FACTS, NOTHING, SECTIONS["person_step"], PURPOSES)
    assert all(escape(f"[{it}]") in page for it in ours)
    [step] = next(it["pieces"] for it in found["sections"] if it["table"] == "person_step")
    assert step["piece"] == "person_step/1"
    assert [it.get("language") for it in step["fields"]] == [None, "en"]


def test_a_pack_that_was_made_before_there_were_languages_is_in_english() -> None:
    before = {it: told for it, told in as_json(PACK, said=str).items() if it != "language"}
    assert from_json(json.dumps(before)) == as_json(PACK, said=str)


def test_the_schedule_says_how_requests_are_kept() -> None:
    assert kept_to("D12") == kept_to("D13") == KEPT[Keep.RIGHTS]
    assert kept_to("D30") == KEPT[Keep.RIGHTS_CONTACT]

"""Answers kept between pages."""

from datetime import timedelta
from uuid import uuid4

import pytest

from evenhand.actions import drafts
from evenhand.store.machinery import DraftRow
from tests.builders import ADA, BO, NOW

pytestmark = pytest.mark.django_db
ANSWERS = {"description": ["Rosebud \u202e👩"], "also_harms": ["V2", "H1"], "empty": []}


def test_half_typed_answers_come_back_exactly() -> None:
    drafts.save("log", ANSWERS, officer=ADA.ref, now=NOW)
    assert drafts.load("log", officer=ADA.ref) == ANSWERS


def test_a_draft_is_its_officers_own_and_its_forms_own() -> None:
    drafts.save("log", ANSWERS, officer=ADA.ref, now=NOW)
    assert drafts.load("log", officer=BO.ref) == {}
    assert drafts.load("assess", officer=ADA.ref) == {}


def test_a_later_draft_takes_the_place_of_the_earlier() -> None:
    drafts.save("log", ANSWERS, officer=ADA.ref, now=NOW)
    drafts.save("log", {"url": ["x"]}, officer=ADA.ref, now=NOW + timedelta(seconds=1))
    assert drafts.load("log", officer=ADA.ref) == {"url": ["x"]}
    assert DraftRow.objects.count() == 1


def test_a_draft_holds_no_word_that_was_typed() -> None:
    drafts.save("log", ANSWERS, officer=ADA.ref, now=NOW)
    assert b"osebud" not in bytes(DraftRow.objects.get().answers)


def test_a_draft_is_forgotten_when_it_is_done_with() -> None:
    drafts.save("log", ANSWERS, officer=ADA.ref, now=NOW)
    drafts.drop("log", officer=BO.ref)
    assert drafts.load("log", officer=ADA.ref) == ANSWERS
    drafts.drop("log", officer=ADA.ref)
    assert drafts.load("log", officer=ADA.ref) == {}


def test_what_must_not_be_written_down_is_forgotten_for_everyone() -> None:
    for officer in (ADA, BO):
        drafts.save("assess-1", ANSWERS, about="2026-000001", officer=officer.ref, now=NOW)
    drafts.save("assess-2", ANSWERS, about="2026-000002", officer=ADA.ref, now=NOW)
    ref = drafts.save("page", ANSWERS, about="2026-000001", officer=None, now=NOW)
    drafts.drop_everyones("2026-000001")
    assert drafts.claim(ref, "page") == {}
    assert drafts.load("assess-1", officer=ADA.ref) == drafts.load("assess-1", officer=BO.ref) == {}
    assert drafts.load("assess-2", officer=ADA.ref) == ANSWERS


def test_a_draft_about_several_referrals_is_forgotten_with_any_of_them() -> None:
    both = ("2026-000001", "2026-000002")
    drafts.save("group 1", ANSWERS, about=both, officer=ADA.ref, now=NOW)
    drafts.save("group 1 2026-000002", ANSWERS, about=both[1], officer=ADA.ref, now=NOW)
    drafts.drop_everyones(both[0])
    assert drafts.names("group 1", officer=ADA.ref) == ["group 1 2026-000002"]


def test_drafts_whose_names_begin_alike_are_given_and_forgotten_together() -> None:
    for form, about in (("group 1", ()), ("group 1 a", "a"), ("group 1 b", "b"), ("group 2", "c")):
        drafts.save(form, {"form": [form]}, about=about, officer=ADA.ref, now=NOW)
    drafts.save("group 1 b", ANSWERS, about="b", officer=BO.ref, now=NOW)
    found = drafts.load_all("group 1", officer=ADA.ref)
    assert found == {it: {"form": [it]} for it in ("group 1", "group 1 a", "group 1 b")}
    assert drafts.concerned("group 1") == ("a", "b")
    drafts.drop_all("group 1", officer=ADA.ref)
    assert drafts.names("group", officer=ADA.ref) == ["group 2"]
    assert drafts.names("group", officer=BO.ref) == ["group 1 b"]


def test_answers_of_a_session_that_ended_are_given_once() -> None:
    ref = drafts.save("log", ANSWERS, officer=None, now=NOW)
    assert drafts.claim(ref, "assess") == {}
    assert drafts.claim(uuid4(), "log") == {}
    assert drafts.claim(ref, "log") == ANSWERS
    assert drafts.claim(ref, "log") == {}


def test_an_officers_draft_cannot_be_claimed_by_its_id() -> None:
    ref = drafts.save("log", ANSWERS, officer=ADA.ref, now=NOW)
    assert drafts.claim(ref, "log") == {}
    assert drafts.load("log", officer=ADA.ref) == ANSWERS


def test_old_drafts_are_tidied_away() -> None:
    drafts.save("old", ANSWERS, officer=ADA.ref, now=NOW)
    drafts.save("new", ANSWERS, officer=ADA.ref, now=NOW + timedelta(days=1))
    drafts.tidy(now=NOW + timedelta(days=30, seconds=1))
    assert [it.form for it in DraftRow.objects.all()] == ["new"]

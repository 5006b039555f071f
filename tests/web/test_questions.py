"""Questions on pages: chosen, asked, published, corrected by two people, and read by everybody."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone, translation

from evenhand.actions import figures
from evenhand.ledger.acts import Act
from evenhand.ledger.entries import Entry
from evenhand.rules.questions import By, Question
from evenhand.store.figures import FigureRow
from evenhand.store.writing import writing
from evenhand.web.questions.told import said
from tests.actions.people import known_person
from tests.actions.test_figures import given, wrong_and_right
from tests.builders import ADA, CY, DEE, LIA, OLA, RIA, child, proposal
from tests.journeys import Desk
from tests.store.test_publishing import OLD
from tests.web.filling import carried, check_valid, fill
from tests.web.people import now, signed_in, text_of

pytestmark = pytest.mark.django_db
PUBLIC, FIGURES = "/public/corrections/", "/public/figures/"
CHILD = proposal(
    name="Orla Tangent",
    age=child(16),
    welfare_reason="She is threatened, and her school does not know.",
    best_interests="She is safer once the content is gone.",
)


@pytest.fixture
def desk() -> Desk:
    desk = Desk(now=now() - timedelta(days=2))
    for officer in (ADA, CY, DEE, LIA, OLA, RIA):
        desk.by(officer)
    return desk


def on(day: date, name: str) -> dict[str, str]:
    parts = {"day": day.day, "month": day.month, "year": day.year}
    return {f"{name}_{part}": str(value) for part, value in parts.items()}


def asked(code: str, **answers: Any) -> Any:
    """Have Ria ask a question; give the page of its figure."""
    ria = signed_in(RIA)
    done = fill(ria, f"/questions/ask/{code}/", **answers)
    assert done.status_code == 302, text_of(done)
    page = ria.get(done.url)
    check_valid(page)
    return page


@pytest.mark.parametrize(
    ("by", "code", "words"),
    [
        (By.KIND, "old_record", "Line of an old system"),
        (By.SYSTEM, "evenhand", "This desk"),
        (By.SYSTEM, "Flags 2016", "Flags 2016"),
        (By.PLATFORM, "tiktok", "TikTok"),
        (By.PLATFORM, "clips.example", "clips.example"),
        (By.HARM, "T1", "T1 Terrorism content"),
        (By.HARM, "Z9", "Z9"),
        (By.GROUND, "both", "The law and the platform’s terms"),
        (By.BECAUSE, "not_released", "Nobody released it within 14 days of its last day"),
        (By.MONTH, "2026-10", "October 2026"),
        (By.ROLE, "", "Not said"),
        (By.WHAT, "rejected", "Rejected"),
        (By.ACT, "referral.log", "referral.log"),
    ],
)
def test_what_a_number_is_divided_by_is_said_in_words(by: By, code: str, words: str) -> None:
    assert said(by, code) == words


def test_the_title_of_a_harm_is_told_in_the_language_of_the_reader() -> None:
    with translation.override("cy"):
        assert said(By.HARM, "T1") == "T1 Cynnwys terfysgol"
        assert said(By.MONTH, "2026-10") == "Hydref 2026"


def test_a_question_is_chosen_asked_and_its_figure_says_what_it_means(desk: Desk) -> None:
    ria = signed_in(RIA)
    empty = ria.get("/questions/")
    check_valid(empty)
    assert "Nobody has asked a question yet" in text_of(empty)
    desk.log()
    today = timezone.localdate()
    days = on(today - timedelta(days=5), "start") | on(today + timedelta(days=1), "end")
    page = text_of(asked("logged", by=["source", "month"], **days))
    assert "An officer" in page or "officer" in page
    for words in ("Referrals logged", "As at the end of", "the log commits", "Created"):
        assert words.lower() in page.lower()
    assert ": 1, as at" in text_of(ria.get("/questions/"))
    nothing = text_of(asked("requests", by=["platform"]))
    assert "the number is 0" in nothing


def test_a_question_that_has_no_exact_answer_is_refused_beside_its_day(desk: Desk) -> None:
    ria = signed_in(RIA)
    backwards = on(date(2026, 1, 1), "end") | on(date(2026, 2, 1), "start")
    for days in (on(date(2001, 1, 1), "as_at"), backwards):
        page = fill(ria, "/questions/ask/logged/", **days)
        assert page.status_code == 422
        assert "E-COUNT-03" in page.content.decode()
    assert "From the start of" not in text_of(ria.get("/questions/ask/people/"))
    assert ria.get("/questions/ask/watched/").status_code == 422


def test_exact_ages_are_for_who_may_read_identities_and_for_today(desk: Desk) -> None:
    assert "Youngest" not in text_of(asked("people"))
    known_person(desk)
    known_person(desk, said=CHILD)
    page = asked("people", by=["age"])
    there = page.request["PATH_INFO"]
    for words in ("Youngest", "16 when recorded, 16 now", "those of one person each"):
        assert words in text_of(page)
    assert "Youngest" in text_of(signed_in(DEE).get(there))
    assert "Youngest" not in text_of(signed_in(OLA).get(there))
    assert "Youngest" not in text_of(asked("records_held"))


def test_a_figure_is_published_and_its_file_is_what_the_log_commits_to(desk: Desk) -> None:
    page = asked("records_held", by=["kind"])
    desk.log()
    page = asked("records_held", by=["kind"])
    there = page.request["PATH_INFO"]
    ria = signed_in(RIA)
    early = ria.post(f"{there}publish/", carried(ria.get(there)))
    assert (early.status_code, "E-COR-93" in early.content.decode()) == (409, True)
    there = f"/questions/figures/{given(desk, 'records_held', By.KIND)}/"
    done = ria.post(f"{there}publish/", carried(ria.get(there)))
    assert done.status_code == 302, text_of(done)
    read = text_of(ria.get(there))
    assert "What readers have" in read
    assert "Publish this figure" not in read
    file = ria.get(f"{there}file/")
    assert json.loads(file.content)["exact"] == 1
    assert ria.get(f"{there}receipt/").status_code == 409


def test_what_was_published_wrong_is_corrected_by_two_and_read_by_everybody(desk: Desk) -> None:
    assert "No figure has been corrected" in text_of(Client().get(PUBLIC))
    desk.now = now()
    wrong, right = wrong_and_right(desk)
    ria, lia = signed_in(RIA), signed_in(LIA)
    there = f"/questions/figures/{right}/"
    page = text_of(ria.get(there))
    assert "Another value is published" in page
    refused = fill(ria, f"{there}correct/", why="")
    assert "Say what was wrong" in text_of(refused)
    done = fill(ria, f"{there}correct/", why="One referral was counted twice.")
    assert done.status_code == 302, text_of(done)
    assert "It waits for a second person" in text_of(ria.get(there))
    first = lia.get("/")
    check_valid(first)
    assert "Corrections of published figures to confirm or decline" in text_of(first)
    assert "Corrections of published figures" not in text_of(ria.get("/"))
    waiting = lia.get("/questions/corrections/")
    check_valid(waiting)
    assert "7 was published, 0 is right" in text_of(waiting)
    action = waiting.content.decode().partition("/questions/corrections/")[2]
    erratum = UUID(waiting.content.decode().partition('/confirm/"')[0][-36:])
    assert action
    confirmed = lia.post(f"/questions/corrections/{erratum}/confirm/", carried(waiting))
    assert confirmed.status_code == 302, text_of(confirmed)
    assert "No correction waits" in text_of(lia.get("/questions/corrections/"))
    public = Client().get(PUBLIC)
    check_valid(public)
    assert "One referral was counted twice." in text_of(public)
    assert "Ria" not in text_of(public)
    assert "Each was logged by a person" in text_of(public)
    welsh = text_of(Client(headers={"Accept-Language": "cy"}).get(PUBLIC))
    for words in ("Atgyfeiriadau a gofnodwyd", "Cofnodwyd pob un gan berson", "Y cyfan"):
        assert words in welsh
    assert "Referrals logged" not in welsh
    assert "Published on" in text_of(ria.get(f"/questions/figures/{wrong}/"))


def test_what_is_published_is_read_by_everybody_with_what_it_means(desk: Desk) -> None:
    anybody = Client()
    assert "No figure was published yet" in text_of(anybody.get(FIGURES))
    assert "no figures on this page" in text_of(anybody.get(f"{FIGURES}page/2/"))
    desk.now = now()
    wrong, right = wrong_and_right(desk)
    assert anybody.get(f"{FIGURES}{right}/").status_code == 404
    listed, one = anybody.get(FIGURES), anybody.get(f"{FIGURES}{wrong}/")
    for page in (listed, one):
        check_valid(page)
    assert f'href="{FIGURES}{wrong}/"' in listed.content.decode()
    for words in ("Referrals logged", "Each was logged by a person", "All together: 7"):
        assert words in text_of(one)
    assert "Ria" not in text_of(one)
    erratum = figures.correct(wrong, right, "One was counted twice.", acting=desk.by(RIA))
    figures.confirm(erratum, acting=desk.by(LIA))
    assert "corrected since" in text_of(anybody.get(FIGURES))
    was, is_now = (anybody.get(f"{FIGURES}{it}/") for it in (wrong, right))
    for page, there in ((was, right), (is_now, wrong)):
        check_valid(page)
        assert f'href="{FIGURES}{there}/"' in page.content.decode()
    assert "One was counted twice." in text_of(was)
    welsh = text_of(Client(headers={"Accept-Language": "cy"}).get(f"{FIGURES}{wrong}/"))
    assert "Roedd y ffigur hwn yn anghywir" in welsh


@pytest.mark.parametrize(("code", "told"), [("acts", 404), ("with_person", 200)])
def test_few_people_in_what_was_published_once_are_told_to_nobody_now(
    desk: Desk, code: str, told: int
) -> None:
    desk.now = now()
    ref = given(desk, code)
    once = {"subject": code, "about": "work", "numbers": [[[], 3], [[["all", "all"]], 3]]}
    row = FigureRow.objects.get(id=ref)
    row.published = json.dumps({**OLD, **once, "start": ""})
    row.published_by_id, row.published_at = RIA.ref, desk.now
    with writing() as pen:
        row.save()
        pen.enter(Entry(act=Act.FIGURE_PUBLISHED, at=desk.now, who=RIA.ref))
    page = Client().get(f"{FIGURES}{ref}/")
    assert page.status_code == told
    assert ": 3" not in text_of(page)
    assert ("too small by the rule of today" in text_of(page)) == (told == 200)


def test_a_correction_is_declined_with_a_reason_and_the_public_never_reads_it(desk: Desk) -> None:
    desk.now = now()
    wrong, right = wrong_and_right(desk)
    erratum = figures.correct(wrong, right, "One was counted twice.", acting=desk.by(RIA))
    lia, there = signed_in(LIA), f"/questions/corrections/{erratum}/decline/"
    waiting = lia.get("/questions/corrections/")
    assert f'href="{there}"' in waiting.content.decode()
    check_valid(lia.get(there))
    assert "Say why you decline it" in text_of(fill(lia, there, why=""))
    done = fill(lia, there, why="It was sent twice.")
    assert done.status_code == 302, text_of(done)
    listed = lia.get("/questions/corrections/")
    check_valid(listed)
    for words in ("No correction waits", "7 is published, 0 was proposed", "It was sent twice."):
        assert words in text_of(listed)
    again = fill(lia, there, why="Once more.")
    assert (again.status_code, "E-COR-90" in again.content.decode()) == (409, True)
    page = signed_in(RIA).get(f"/questions/figures/{right}/")
    check_valid(page)
    assert "It was sent twice." in text_of(page)
    assert "Correct what is published" in text_of(page)
    assert "No figure has been corrected" in text_of(Client().get(PUBLIC))
    assert signed_in(RIA).get(there).status_code == 403


def test_a_correction_is_withdrawn_by_who_wrote_it_on_the_page_of_the_figure(desk: Desk) -> None:
    desk.by(LIA)
    desk.now = now()
    wrong, right = wrong_and_right(desk)
    erratum = figures.correct(wrong, right, "One was counted twice.", acting=desk.by(RIA))
    ria, there = signed_in(RIA), f"/questions/figures/{right}/"
    assert "Withdraw this correction" not in text_of(signed_in(LIA).get(there))
    page = ria.get(there)
    check_valid(page)
    assert "Withdraw this correction" in text_of(page)
    address = f"/questions/corrections/{erratum}/withdraw/"
    assert signed_in(LIA).post(address).status_code == 403
    done = ria.post(address, carried(page))
    assert (done.status_code, done["Location"]) == (302, there)
    page = ria.get(there)
    check_valid(page)
    for words in ("Withdrawn on", "by Ria", "Correct what is published"):
        assert words in text_of(page)


def test_who_may_not_ask_is_refused(desk: Desk) -> None:
    ada = signed_in(ADA)
    given = figures.give(Question(code="people", as_at=timezone.localdate()), acting=desk_now())
    for address in ("", "ask/people/", f"figures/{given}/", "corrections/"):
        assert ada.get(f"/questions/{address}").status_code == 403


def desk_now() -> Any:
    return Desk(now=now(), here={RIA.ref}).by(RIA)

"""Requests for information on the pages: asked by anyone, answered by two, and published."""

import html
import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from evenhand.actions import foi_counting, foi_ending, foi_sending
from evenhand.queries import foi as known
from evenhand.queries.foi_statements import statement
from evenhand.rules.assurance import DocumentKind
from evenhand.rules.foi import FoiStep
from evenhand.rules.foi_registers import Register
from evenhand.rules.officers import WORKER, Acting, Role
from evenhand.rules.public_doors import LIMITS, Door
from evenhand.store.foi import FoiRequesterRow, FoiRequestRow
from evenhand.store.foi_replies import FoiDisclosureRow, FoiLetterRow
from evenhand.store.retention import HoldRow
from evenhand.web import times
from evenhand.web.foi.forms import LogForm
from evenhand.web.foi.present import as_at_of
from evenhand.web.public.foi_forms import FoiForm
from tests.actions.foi import bounced, on_paper
from tests.builders import DEE
from tests.journeys import Desk
from tests.web.filling import invalid_html
from tests.web.people import logged, now, signed_in, stored, text_of
from tests.web.test_reporting import NUMBER, SIGN

pytestmark = pytest.mark.django_db
PAGE, RECEIPT = "/public/foi", "/public/foi/receipt"
TOLD = {
    "asked": "How is a referral checked?",
    "name": "Quilla Marsh",
    "email": "quilla@mailbox.example",
    "postal": "",
}


def sign_of(client: Client) -> str:
    import time
    from unittest.mock import patch

    then = time.time() - timedelta(minutes=1).total_seconds()
    with patch("django.core.signing.time.time", return_value=then):
        found = SIGN.search(text_of(client.get(PAGE)))
    assert found
    return found[1]


def sent(client: Client, **changes: str) -> Any:
    return client.post(PAGE, {**TOLD, "submission": sign_of(client), **changes})


def asked(client: Client, **changes: str) -> str:
    """Have somebody ask by the form; give the number."""
    assert sent(client, **changes).status_code == 200
    number: str = FoiRequestRow.objects.latest("logged_at").number
    return number


def day(at: Any = None) -> dict[str, str]:
    on = at or now().date()
    return {"on_day": str(on.day), "on_month": str(on.month), "on_year": str(on.year)}


@pytest.fixture
def una() -> Client:
    """A client of an officer who answers requests."""
    return signed_in(stored("Una", Role.RIGHTS_OFFICER))


@pytest.fixture
def dee() -> Client:
    """A client of the data protection officer, who looks at what is refused."""
    return signed_in(stored("Dee", Role.DPO))


BUTTON = re.compile(r"(?:parts/\d+/confirm|reply/approve)/$")


def shown_as(client: Client, path: str) -> dict[str, str]:
    """Say what a form carries along of what it was shown about."""
    page = client.get(BUTTON.sub("", path)).content.decode()
    form = page.partition(f'action="{path}"')[2] if BUTTON.search(path) else page
    found = re.search(r'name="as_seen" value="([^"]+)"', form)
    return {"as_seen": found[1]} if found else {}


def done(client: Client, path: str, **said: str) -> Any:
    response = client.post(path, {**shown_as(client, path), **said})
    assert response.status_code == 302, text_of(response)
    return client.get(response["Location"])


def test_anyone_asks_and_sees_how_it_stands(client: Client) -> None:
    page = client.get(PAGE)
    assert (page.status_code, invalid_html(page)) == (200, [])
    response = sent(client)
    assert (response.status_code, invalid_html(response)) == (200, [])
    assert "We are to reply by" in text_of(response)
    [number] = set(NUMBER.findall(text_of(response)))
    looked_up = client.post(RECEIPT, {"receipt": number.lower()})
    assert (looked_up.status_code, invalid_html(looked_up)) == (200, [])
    assert "Open: we are dealing with it" in text_of(looked_up)
    assert client.post(RECEIPT, {"receipt": "AAAA-AAAA-AAAA-AAAA"}).status_code == 404
    assert client.post(RECEIPT, {"receipt": ""}).status_code == 422
    assert client.get(RECEIPT).status_code == 200
    assert client.get(f"{RECEIPT}/log").status_code == 302
    assert client.post(f"{RECEIPT}/log", {"receipt": number}).status_code in {404, 409}
    assert set(client.cookies) <= {"evenhand_form"}


def test_what_is_no_valid_request_says_what_lacks(client: Client) -> None:
    response = sent(client, name="", asked="", email="")
    assert (response.status_code, invalid_html(response)) == (422, [])
    assert "Enter your name" in text_of(response)
    assert "Say what you want to know" in text_of(response)
    assert "Enter an e-mail address or a postal address" in text_of(response)
    response = sent(client, email="nowhere")
    assert response.status_code == 422
    assert "Enter an e-mail address or a postal" not in text_of(response)
    assert not FoiRequestRow.objects.exists()


def test_a_flood_is_stopped_at_the_door(client: Client) -> None:
    for turn in range(LIMITS[Door.FOI].from_one_place):
        assert sent(client, asked=f"Question {turn}?").status_code == 200
    assert sent(client, asked="One more?").status_code == 429


def test_a_request_goes_from_the_form_to_the_disclosure_log(
    client: Client, una: Client, dee: Client
) -> None:
    number = asked(client)
    there = f"/foi/{number}/"
    listed = una.get("/foi/")
    assert (listed.status_code, invalid_html(listed)) == (200, [])
    assert number in text_of(listed)
    assert "Quilla" not in text_of(una.get(there))
    done(
        una,
        f"{there}parts/add/",
        asked="How is a referral checked?",
        wants="statement",
        held_in="none",
    )
    done(una, f"{there}parts/1/give/", answer="By a second officer.")
    done(una, f"{there}parts/add/", asked="What was the advice?", wants="document", held_in="none")
    page = done(
        una,
        f"{there}parts/2/withhold/",
        exemption="s42",
        why="It is advice of a lawyer.",
        prejudice="",
        how="",
        public_interest="Candour weighs more.",
    )
    assert "A second officer has yet to look at this." in text_of(page)
    assert invalid_html(page) == []
    own = shown_as(una, f"{there}parts/2/give/")
    assert una.post(f"{there}parts/2/confirm/", own).status_code == 403
    assert "What was the advice?" in text_of(una.get(f"{there}parts/2/give/"))
    assert "A part waits for a second officer: look at it" in text_of(dee.get(there))
    page = done(dee, f"{there}parts/2/confirm/")
    assert "Confirmed by" in text_of(page)
    done(una, f"{there}reply/", title="How referrals are checked", help_text="See the counts.")
    page = dee.get(there)
    assert "A reply waits for a second officer: look at it" in text_of(page)
    assert "Approve the reply" in text_of(page)
    assert invalid_html(page) == []
    assert "It was withdrawn" in text_of(una.get(there))
    done(dee, f"{there}reply/approve/")
    letter = FoiLetterRow.objects.get(kind="reply")
    foi_sending.give_up(letter.id, acting=Acting(officer=WORKER, at=now()))
    page = una.get(there)
    assert "Could not be sent: print it" in text_of(page)
    assert "It was withdrawn" not in text_of(page)
    for step in ("clarification_asked", "fee_asked", "extended"):
        assert f"steps/{step}/" not in text_of(page)
    refused = una.post(
        f"{there}steps/clarification_asked/", {"text": "?", "narrower": "May?", **day()}
    )
    assert refused.status_code == 409
    assert "has not left yet" in text_of(refused)
    printed = una.post(f"{there}letters/{letter.number}/")
    assert (printed.status_code, invalid_html(printed)) == (200, [])
    assert "Quilla Marsh" in text_of(printed)
    page = done(una, f"{there}letters/{letter.number}/sent/")
    assert "Replied" in text_of(page)
    for path in ("/public/disclosures/", f"/public/disclosures/{number}/"):
        public = client.get(path)
        assert (public.status_code, invalid_html(public)) == (200, [])
        assert "How referrals are checked" in text_of(public)
        assert "Quilla" not in text_of(public)
    assert "By a second officer." in text_of(client.get(f"/public/disclosures/{number}/"))
    assert client.get("/public/disclosures/FOI-2026-9999/").status_code == 404
    assert "no replies on this page" in text_of(client.get("/public/disclosures/page/9/"))


def test_a_part_is_answered_with_a_number_of_the_desk(
    client: Client, una: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = asked(client)
    done(una, f"/foi/{number}/parts/add/", asked="How many records?", wants="total", held_in="")
    in_words = done(una, f"/foi/{number}/parts/1/give/", answer="None.")
    assert "no small number was hidden" in text_of(in_words)
    choosing = f"/foi/{number}/parts/1/count/"
    form = una.get(choosing)
    assert (form.status_code, invalid_html(form)) == (200, [])
    empty = una.post(choosing, {"code": ""})
    assert (empty.status_code, "Select a number" in text_of(empty)) == (422, True)
    there = f"{choosing}records_held/"
    assert una.post(choosing, {"code": "records_held"})["Location"] == there
    form = una.get(there)
    assert (form.status_code, invalid_html(form)) == (200, [])
    began = timezone.localdate()
    says = (
        f"This desk began to count on {times.day(began)}. No day of it is over yet, and a reply"
        " tells what was known at the end of a day. Answer this part from"
        f" {times.day(began + timedelta(days=1))} on."
    )
    assert says in text_of(form)
    offered = set(re.findall(r'name="by"[^>]*value="(\w+)"', form.content.decode()))
    assert offered == {"kind", "system"}
    early = una.post(there, shown_as(una, there))
    assert (early.status_code, "E-COUNT-03" in text_of(early)) == (422, True)
    assert "No day of it is over yet" in text_of(early)
    assert una.get(f"{choosing}nothing/").status_code == 422
    monkeypatch.setattr(foi_counting, "told_as_at", lambda on, **_and: on)  # as if tomorrow
    Desk().log()
    mixed = una.post(there, shown_as(una, there))
    assert "divided by the kind of record" in text_of(mixed)
    page = done(una, there, by="kind")
    assert "Records held: 1" in text_of(page)
    assert "no small number was hidden" not in text_of(page)
    refused = una.post(
        f"/foi/{number}/parts/1/not-held/",
        {**shown_as(una, f"/foi/{number}/parts/1/not-held/"), "why": "We do not count."},
    )
    assert refused.status_code == 409
    assert "answer this" in text_of(refused)


def test_a_part_is_answered_from_a_register_of_the_desk(client: Client, una: Client) -> None:
    number = asked(client)
    done(
        una,
        f"/foi/{number}/parts/add/",
        asked="Who audited you?",
        wants="statement",
        held_in="scrutiny",
    )
    choosing = f"/foi/{number}/parts/1/register/"
    form = una.get(choosing)
    assert (form.status_code, invalid_html(form)) == (200, [])
    empty = una.post(choosing, {})
    assert (empty.status_code, "Select a register" in text_of(empty)) == (422, True)
    there = f"{choosing}scrutiny/"
    assert una.post(choosing, {"register": "scrutiny"})["Location"] == there
    form = una.get(there)
    assert (form.status_code, invalid_html(form)) == (200, [])
    assert una.get(f"{choosing}nothing/").status_code == 404
    drafted = re.search(r"(?s)<textarea[^>]*>(.*?)</textarea>", form.content.decode())
    assert drafted
    said = html.unescape(drafted[1])
    assert "Audit or formal review: Nobody has said yet" in said
    assert f"{settings.PUBLIC_URL}/public/scrutiny/" in said
    assert "That day is not over yet: answer this part tomorrow" in text_of(form)
    early = una.post(there, {**shown_as(una, there), "answer": said})
    assert (early.status_code, "E-COUNT-03" in text_of(early)) == (422, True)
    of_today = una.get(f"{choosing}fields/")
    assert "That day is not over yet" not in text_of(of_today)
    assert f"As it is on {times.day(timezone.localdate())}." in text_of(of_today)
    done(una, f"{choosing}fields/", answer="As it is today.")
    assert "As it is today." in text_of(una.get(f"/foi/{number}/"))


def test_a_register_that_knows_every_day_answers_as_at_the_end_of_the_day_of_receipt(
    una: Client,
) -> None:
    number = on_paper(Desk(now=now()), days_ago=2)
    received = timezone.localdate() - timedelta(days=2)
    done(
        una,
        f"/foi/{number}/parts/add/",
        asked="Who audited you?",
        wants="statement",
        held_in="scrutiny",
    )
    there = f"/foi/{number}/parts/1/register/scrutiny/"
    form = text_of(una.get(there))
    assert f"It is told as at the end of {times.day(received)}." in form
    assert "not over yet" not in form
    said = statement(Register.SCRUTINY, as_at=received, today=timezone.localdate())
    page = done(una, there, answer=said)
    assert f"As at the end of {times.day(received)}." in text_of(page)
    assert "Audit or formal review: Nobody has said yet" in text_of(page)


def test_what_a_register_of_the_desk_has_is_not_said_to_be_not_held(una: Client) -> None:
    desk = Desk(now=now())
    number = on_paper(desk)
    adding = f"/foi/{number}/parts/add/"
    said = {"asked": "Share the impact assessment.", "wants": "document"}
    for missing in ({}, {"held_in": ""}):
        form = una.post(adding, {**said, **missing})
        assert (form.status_code, invalid_html(form)) == (422, [])
        assert "Nobody says whether a register of this desk has it" in text_of(form)
    page = done(una, adding, **said, held_in="dpia")
    assert invalid_html(page) == []
    assert "Data protection impact assessment" in text_of(page)
    not_held = f"/foi/{number}/parts/1/not-held/"
    done(una, not_held, why="There is none.")
    desk.put_in_force(DocumentKind.DPIA)
    refused = una.post(not_held, {**shown_as(una, not_held), "why": "There is none."})
    assert (refused.status_code, invalid_html(refused)) == (409, [])
    assert "E-FOI-82" in text_of(refused)
    assert "in force on the day of receipt" in text_of(refused)
    assert "Answer it from that register" in text_of(refused)


def test_a_number_is_said_to_be_counted_as_at_the_day_of_receipt(client: Client) -> None:
    number = asked(client)
    desk = Desk(now=now())
    found = known.one(number, acting=desk.by(DEE))
    received = found.line.received_on
    assert "No day of it is over yet" in as_at_of(found, today=received)["counted"]
    later = as_at_of(found, today=received + timedelta(days=1))["counted"]
    assert later == f"It is counted as at the end of {times.day(received)}."
    desk.now += timedelta(days=2)
    same_day = known.one(on_paper(desk), acting=desk.by(DEE))
    said = as_at_of(replace(same_day, reply=2), today=received + timedelta(days=2))["counted"]
    assert f"at the end of {times.day(received + timedelta(days=1))}." in said
    assert "to count as at its end, answer tomorrow" in said
    assert "counted anew as at the same day as then" in said


def test_what_is_published_is_corrected_on_pages_once_its_request_is_erased(
    client: Client, una: Client, dee: Client
) -> None:
    number = asked(client, email="", postal="1 Quay Street")
    there = f"/foi/{number}/"
    done(una, f"{there}parts/add/", asked="How is it checked?", wants="statement", held_in="none")
    done(una, f"{there}parts/1/give/", answer="By one officer.")
    reply_by_hand(una, dee, there, title="How it is checked")
    form = una.get("/foi/correct/")
    assert (form.status_code, invalid_html(form)) == (200, [])
    said = {"number": number.lower(), "text": "It is two."}
    early = una.post("/foi/correct/", said)
    assert (early.status_code, "on its own request" in text_of(early)) == (409, True)
    assert una.post("/foi/correct/", {**said, "number": "FOI-2020-0001"}).status_code == 404
    assert una.post("/foi/correct/", {}).status_code == 422
    row = FoiRequestRow.objects.get()
    foi_ending.forget(row.id, acting=Acting(officer=WORKER, at=now()))
    assert una.get(there).status_code == 404
    assert "/foi/correct/" in text_of(una.get("/foi/"))
    page = done(una, "/foi/correct/", **said)
    assert invalid_html(page) == []
    assert "It is two." in text_of(page)
    assert f"/public/disclosures/{number}/" in text_of(page)
    for step in ("clarification_asked", "fee_asked", "commissioner_asked"):
        assert f"steps/{step}/" not in text_of(page)
    own = f"/foi/{FoiRequestRow.objects.get().number}/"
    done(una, f"{own}parts/add/", asked="How is it checked?", wants="statement", held_in="none")
    page = done(una, f"{own}parts/1/give/", answer="By two officers.")
    assert "Write the correction" in text_of(page)
    done(una, f"{own}reply/", title="How it is checked, corrected", help_text="Nothing else.")
    page = done(dee, f"{own}reply/approve/")
    assert "Correction of what is published, without a letter" in text_of(page)
    public = client.get(f"/public/disclosures/{number}/")
    assert invalid_html(public) == []
    told = text_of(public)
    assert told.index("By one officer.") < told.index("By two officers.")
    assert "It is two." not in told
    assert dee.get("/foi/correct/").status_code == 403


def test_the_page_of_what_reached_nobody_leads_to_correcting_what_is_published(
    client: Client, una: Client, dee: Client
) -> None:
    number = asked(client)
    there = f"/foi/{number}/"
    done(una, f"{there}parts/add/", asked="How is it checked?", wants="statement", held_in="none")
    done(una, f"{there}parts/1/give/", answer="By one officer.")
    done(una, f"{there}reply/", title="How it is checked", help_text="Nothing else.")
    done(dee, f"{there}reply/approve/")
    bounced(FoiLetterRow.objects.get(), Acting(officer=WORKER, at=now()))
    page = done(una, f"{there}steps/unreached/", text="No mail arrives there.", **day())
    assert f"/foi/correct/?number={number}" in text_of(page)
    form = una.get(f"/foi/correct/?number={number}")
    assert f'value="{number}"' in text_of(form)
    page = done(una, "/foi/correct/", number=number, text="It is two.")
    assert f"/public/disclosures/{number}/" in text_of(page)
    own = FoiRequestRow.objects.get(corrects=number).number
    at = now() + (FoiDisclosureRow.objects.get().max_on - now().date())
    foi_ending.forget_old(acting=Acting(officer=WORKER, at=at))
    page = una.get(f"/foi/{own}/")
    assert invalid_html(page) == []
    assert f"/public/disclosures/{number}/" not in text_of(page)
    assert f"This corrects what was published of {number}." in text_of(page)


def test_a_request_on_paper_is_logged(una: Client) -> None:
    page = una.get("/foi/log/")
    assert (page.status_code, invalid_html(page)) == (200, [])
    today = now().date()
    said = {
        "channel": "paper",
        "received_on_day": str(today.day),
        "received_on_month": str(today.month),
        "received_on_year": str(today.year),
        "name": "Quilla Marsh",
        "email": "",
        "postal": "1 Quay Street",
        "asked": "How?",
        "language": "cy",
    }
    page = done(una, "/foi/log/", **said)
    assert "On paper" in text_of(page)
    assert "Written to in" in text_of(page)
    assert "Welsh" in text_of(page)
    for lacking in ("postal", "language"):
        assert una.post("/foi/log/", {**said, lacking: ""}).status_code == 422


def late(una: Client) -> str:
    """Have a request logged that came 40 days ago on paper; give its page."""
    on = now().date() - timedelta(days=40)
    said = {f"received_on_{it}": str(getattr(on, it)) for it in ("day", "month", "year")}
    told = {**TOLD, "email": "", "postal": "1 Quay Street", "channel": "paper"}
    told["language"] = "en"
    done(una, "/foi/log/", **told, **said)
    return f"/foi/{FoiRequestRow.objects.latest('logged_at').number}/"


def test_the_commissioner_is_offered_for_what_is_late(client: Client, una: Client) -> None:
    offer = "Enter that the Commissioner was asked"
    in_time = f"/foi/{asked(client)}/"
    assert offer not in text_of(una.get(in_time))
    refused = una.post(f"{in_time}steps/commissioner_asked/", {"text": "IC-1", **day()})
    assert refused.status_code == 409
    assert "was not over on that day" in text_of(refused)
    there = late(una)
    offered = f'href="{there}steps/commissioner_asked/"'
    assert offered in text_of(una.get(there))
    page = done(una, f"{there}steps/commissioner_asked/", text="IC-1", **day())
    assert invalid_html(page) == []
    assert "At the Commissioner" in text_of(page)
    assert "Write down a part of it" in text_of(page)
    assert offered not in text_of(page)
    page = done(una, f"{there}steps/commissioner_done/", text="Reply in ten days.", **day())
    assert "unless something is still owed" in text_of(page)
    assert offered in text_of(page)


def test_a_correction_is_still_owed_once_a_review_is_withdrawn(una: Client, dee: Client) -> None:
    there = late(una)
    done(una, f"{there}parts/add/", asked="How is it checked?", wants="statement", held_in="none")
    done(una, f"{there}parts/1/give/", answer="By one officer.")
    reply_by_hand(una, dee, there, title="How it is checked")
    done(una, f"{there}steps/error_found/", text="By two.", **day())
    done(una, f"{there}parts/add/", asked="How is it checked?", wants="statement", held_in="none")
    done(una, f"{there}parts/2/give/", answer="By two officers.")
    done(una, f"{there}steps/review_asked/", text="It is wrong.", **day())
    page = done(una, f"{there}steps/review_withdrawn/", text="By telephone.", **day())
    assert "unless it is still to be corrected" in text_of(page)
    assert "Further reply to be given" in text_of(page)
    assert "Write the further reply" in text_of(page)
    assert "By two officers." in text_of(page)


def test_who_asked_is_shown_only_on_asking(client: Client, una: Client, dee: Client) -> None:
    there = f"/foi/{asked(client)}/requester/"
    assert "Quilla" not in text_of(una.get(there))
    shown = una.post(there)
    assert (shown.status_code, invalid_html(shown)) == (200, [])
    assert "Quilla Marsh" in text_of(shown)
    assert dee.get(there).status_code == 403
    foi_ending.forget_requester(
        FoiRequesterRow.objects.get().id, acting=Acting(officer=WORKER, at=now())
    )
    for gone in (there, "/foi/FOI-2026-9999/requester/"):
        assert una.get(gone).status_code == una.post(gone).status_code == 404


def test_whoever_logs_a_request_is_asked_the_same_as_who_makes_one_in_other_words() -> None:
    theirs: Any = FoiForm()
    ours: Any = LogForm()
    assert set(ours.fields) - set(theirs.fields) == {"channel", "received_on", "language"}
    for name, asks in theirs.fields.items():
        logs = ours.fields[name]
        assert logs.label != asks.label
        assert (type(logs), logs.required) == (type(asks), asks.required)
        for rule in ("longest", "validators", "strip"):
            assert getattr(logs, rule, None) == getattr(asks, rule, None)
        assert logs.look["autocomplete"] == "off"


def test_how_who_asked_is_reached_is_corrected_on_its_page(
    client: Client, una: Client, dee: Client
) -> None:
    there = f"/foi/{asked(client)}/"
    correct = f"{there}requester/correct/"
    assert correct in text_of(una.get(there))
    assert correct not in text_of(dee.get(there))
    page = una.get(correct)
    assert (page.status_code, invalid_html(page)) == (200, [])
    assert "quilla@" not in text_of(page)
    assert "What of an address that you leave empty?" in text_of(page)
    lacking = una.post(correct, {"email": "", "postal": "2 Quay Street"})
    assert lacking.status_code == 422
    page = done(una, correct, email="", postal="3 Quay Street", left_empty="keep")
    assert "quilla@" in text_of(una.post(f"{there}requester/"))
    lacking = una.post(correct, {"email": "", "postal": ""})
    assert lacking.status_code == 422
    assert dee.post(correct, {"postal": "2 Quay Street"}).status_code == 403
    page = done(una, correct, email="", postal="2 Quay Street", left_empty="remove")
    assert "It is corrected." in text_of(page)
    assert "goes there now" not in text_of(page)
    assert "2 Quay Street" not in text_of(page)
    assert "2 Quay Street" in text_of(una.post(f"{there}requester/"))
    done(una, f"{there}steps/clarification_asked/", text="When?", narrower="In May?", **day())
    page = done(una, correct, email="quilla@other.example", postal="", left_empty="keep")
    assert "What had not left goes there now by e-mail." in text_of(page)


def test_a_request_ends_whose_requester_cannot_be_reached(
    client: Client, una: Client, dee: Client
) -> None:
    there = f"/foi/{asked(client)}/"
    offer = f"{there}steps/unreached/"
    done(una, f"{there}parts/add/", asked="How is it checked?", wants="statement", held_in="none")
    done(una, f"{there}parts/1/give/", answer="By a second officer.")
    done(una, f"{there}reply/", title="How it is checked", help_text="See the counts.")
    assert offer not in text_of(una.get(there))
    assert una.post(offer, {"text": "Moved.", **day()}).status_code == 409
    done(dee, f"{there}reply/approve/")
    assert offer not in text_of(una.get(there))
    bounced(FoiLetterRow.objects.get(), Acting(officer=WORKER, at=now()))
    assert offer in text_of(una.get(there))
    form = una.get(offer)
    assert "What did you try, and when?" in text_of(form)
    page = done(una, offer, text="The post came back.", **day())
    assert invalid_html(page) == []
    assert "Cannot be reached" in text_of(page)
    assert "Not delivered" in text_of(page)
    assert "letters/1/sent/" not in text_of(page)
    number = FoiRequestRow.objects.get().number
    assert "By a second officer." in text_of(client.get(f"/public/disclosures/{number}/"))


def test_what_is_published_is_corrected_once_who_asked_is_erased(
    client: Client, una: Client, dee: Client
) -> None:
    number = asked(client, email="", postal="1 Quay Street")
    there = f"/foi/{number}/"
    done(una, f"{there}parts/add/", asked="How is it checked?", wants="statement", held_in="none")
    done(una, f"{there}parts/1/give/", answer="By one officer.")
    reply_by_hand(una, dee, there, title="How it is checked")
    who = FoiRequesterRow.objects.get()
    foi_ending.forget_requester(who.id, acting=Acting(officer=WORKER, at=now()))
    page = una.get(there)
    assert "steps/review_asked/" not in text_of(page)
    assert "requester/" not in text_of(page)
    done(una, f"{there}steps/error_found/", text="By two.", **day())
    done(una, f"{there}parts/add/", asked="How is it checked?", wants="statement", held_in="none")
    page = done(una, f"{there}parts/2/give/", answer="By two officers.")
    assert "Write the correction" in text_of(page)
    done(una, f"{there}reply/", title="Corrected", help_text="See the counts.")
    assert una.post(f"{there}reply/approve/").status_code == 403
    page = done(dee, f"{there}reply/approve/")
    assert invalid_html(page) == []
    assert "Correction of what is published, without a letter" in text_of(page)
    assert "Published on" in text_of(page)
    told = text_of(client.get(f"/public/disclosures/{number}/"))
    assert told.index("By one officer.") < told.index("By two officers.")


STEPS: dict[FoiStep, dict[str, str]] = {
    FoiStep.CLARIFICATION_ASKED: {"narrower": "How many in May?"},
    FoiStep.CLARIFICATION_ANSWERED: {},
    FoiStep.FEE_ASKED: {"pounds": "12.50"},
    FoiStep.FEE_PAID: {},
    FoiStep.EXTENDED: {"until": "40"},
    FoiStep.TRANSFERRED: {},
}


def test_every_step_has_its_page(client: Client, una: Client) -> None:
    number = asked(client)
    for step, said in STEPS.items():
        path = f"/foi/{number}/steps/{step}/"
        form = una.get(path)
        assert (form.status_code, invalid_html(form)) == (200, [])
        more = dict(said)
        if days := more.pop("until", ""):
            on = now().date() + timedelta(days=int(days))
            more |= {f"until_{it}": str(getattr(on, it)) for it in ("day", "month", "year")}
        page = done(una, path, text="So it is.", **day(), **more)
        assert "So it is." in text_of(page)
    assert una.post(f"/foi/{number}/steps/withdrawn/", {"text": "So.", **day()}).status_code == 409
    assert una.get(f"/foi/{number}/steps/nonsense/").status_code == 404
    wrong = una.post(
        f"/foi/{asked(client)}/steps/fee_asked/", {"text": "x", "pounds": "a", **day()}
    )
    assert wrong.status_code == 409
    assert "pounds and pence" in text_of(wrong)


def test_cost_and_holds_have_their_pages(client: Client, una: Client) -> None:
    number = asked(client)
    minutes = {"determining": "60", "locating": "1200", "retrieving": "0", "extracting": "0"}
    page = done(una, f"/foi/{number}/cost/", **minutes, like="")
    assert "above the limit of 18 hours" in text_of(page)
    refused = una.post(f"/foi/{number}/hold/", {"reference": "2026-000001", "reason": "So."})
    assert refused.status_code == 404
    for page in ("cost", "hold", "parts/add", "reply", "reply/return"):
        assert una.get(f"/foi/{number}/{page}/").status_code == 200


def test_what_is_wrong_is_given_back(client: Client, una: Client, dee: Client) -> None:
    number = asked(client)
    done(una, f"/foi/{number}/parts/add/", asked="Where is it?", wants="document", held_in="none")
    done(una, f"/foi/{number}/parts/1/not-held/", why="We looked.")
    page = done(dee, f"/foi/{number}/parts/1/decline/", reason="Look again.")
    assert "Not answered yet" in text_of(page)
    done(una, f"/foi/{number}/parts/1/give/", answer="Here.")
    done(una, f"/foi/{number}/reply/", title="Where it is", help_text="Nothing else.")
    page = done(dee, f"/foi/{number}/reply/return/", reason="Say more.")
    assert "Given back" in text_of(page)
    assert not FoiDisclosureRow.objects.exists()


def test_an_empty_desk_says_so(client: Client, una: Client) -> None:
    assert "No request waits." in text_of(una.get("/foi/"))
    assert "Nothing was answered yet." in text_of(client.get("/public/disclosures/"))


def reply_by_hand(una: Client, dee: Client, there: str, **said: str) -> Any:
    """Have the reply written, approved and sent by hand; give the request's page."""
    done(una, f"{there}reply/", title=said["title"], help_text="See the counts.")
    done(dee, f"{there}reply/approve/")
    letter = FoiLetterRow.objects.filter(kind="reply").latest("number")
    return done(una, f"{there}letters/{letter.number}/sent/")


def test_a_further_reply_stands_beside_the_first(client: Client, una: Client, dee: Client) -> None:
    rex = signed_in(stored("Rex", Role.RIGHTS_OFFICER))
    number = asked(client, email="", postal="1 Quay Street")
    there = f"/foi/{number}/"
    done(una, f"{there}parts/add/", asked="How is it checked?", wants="statement", held_in="none")
    done(una, f"{there}parts/1/give/", answer="We do not say.")
    reply_by_hand(una, dee, there, title="How it is checked")
    done(una, f"{there}steps/review_asked/", text="You do.", **day())
    page = rex.get(there)
    assert "the reply stands" in text_of(page)
    page = done(rex, f"{there}steps/review_upheld/", text="We do.", **day())
    assert invalid_html(page) == []
    assert "Further reply to be given" in text_of(page)
    assert "We do." in text_of(page)
    form = una.get(f"{there}steps/withdrawn/")
    assert (form.status_code, invalid_html(form)) == (200, [])
    assert "How is a referral checked?" in text_of(form)
    assert "parts/1/give" not in text_of(una.get(there))
    page = done(
        una, f"{there}parts/add/", asked="How is it checked?", wants="statement", held_in="none"
    )
    assert "Part 2, further reply" in text_of(page)
    page = done(una, f"{there}parts/2/give/", answer="By a second officer.")
    assert "Write the further reply" in text_of(page)
    page = reply_by_hand(una, dee, there, title="How it is checked, corrected")
    assert "Further reply" in text_of(page)
    public = client.get(f"/public/disclosures/{number}/")
    assert invalid_html(public) == []
    told = text_of(public)
    assert told.index("We do not say.") < told.index("By a second officer.")
    assert told.count("Answered on") == 2
    listed = text_of(client.get("/public/disclosures/"))
    assert listed.count(number + ",") == 2
    assert f"/public/disclosures/{number}/#reply-2" in listed


def test_the_page_says_how_long_what_it_is_about_is_held(
    client: Client, una: Client, dee: Client
) -> None:
    number = asked(client, email="", postal="1 Quay Street")
    there = f"/foi/{number}/"
    desk = Desk(now=now())
    referral = desk.do(desk.log(), "withdraw")
    page = done(una, f"{there}hold/", reference=referral, reason="It is asked for.")
    assert "until no review of the reply can be asked for any more" in text_of(page)
    hold = HoldRow.objects.get()
    end = f"/disposal/records/{referral}/holds/{hold.id}/"
    assert "section 77" in text_of(signed_in(stored("Ron", Role.RECORDS_REVIEWER)).get(end))
    done(una, f"{there}parts/add/", asked="How is it checked?", wants="statement", held_in="none")
    done(una, f"{there}parts/1/give/", answer="By a second officer.")
    page = reply_by_hand(una, dee, there, title="How it is checked")
    held = "or longer if a review is asked for (E26: not verified: read at second hand)"
    assert held in text_of(page)


def test_what_one_officer_closed_is_held_until_another_ends_it(client: Client, una: Client) -> None:
    number = asked(client)
    done(
        una,
        f"/foi/{number}/hold/",
        reference=logged(stored("Ada", Role.OFFICER)),
        reason="It is asked for.",
    )
    page = done(una, f"/foi/{number}/steps/withdrawn/", text="By mail.", **day())
    assert "until a second officer ends it" in text_of(page)


def test_who_asked_sees_until_when_a_review_can_be_asked_for(
    client: Client, una: Client, dee: Client
) -> None:
    says = "You can ask us to look at our reply again until"
    response = sent(client, email="", postal="1 Quay Street")
    [receipt] = set(NUMBER.findall(text_of(response)))
    there = f"/foi/{FoiRequestRow.objects.get().number}/"
    assert says not in text_of(client.post(RECEIPT, {"receipt": receipt}))
    done(una, f"{there}parts/add/", asked="How is it checked?", wants="statement", held_in="none")
    done(una, f"{there}parts/1/give/", answer="By a second officer.")
    reply_by_hand(una, dee, there, title="How it is checked")
    assert says in text_of(client.post(RECEIPT, {"receipt": receipt}))
    done(una, f"{there}steps/review_asked/", text="No.", **day())
    assert says not in text_of(client.post(RECEIPT, {"receipt": receipt}))


def test_an_answer_of_a_form_that_was_opened_before_another_overwrites_nothing(
    una: Client, dee: Client
) -> None:
    there = f"/foi/{on_paper(Desk(now=now()))}/"
    done(una, f"{there}parts/add/", asked="Is he on record?", wants="other", held_in="")
    giving = f"{there}parts/1/give/"
    late = {**shown_as(una, giving), "answer": "Yes, we hold a record of him."}
    not_held = f"{there}parts/1/not-held/"
    assert "Records held" in text_of(una.get(not_held))
    lacks = una.post(not_held, {**shown_as(una, not_held), "why": "We looked."})
    assert (lacks.status_code, "E-FOI-82" in text_of(lacks)) == (409, True)
    done(una, not_held, why="We looked.", none_answers="on")
    confirming = f"{there}parts/1/confirm/"
    read = shown_as(dee, confirming)
    done(una, not_held, why="We looked in the archive, too.", none_answers="on")
    other = dee.post(confirming, read)
    assert (other.status_code, "E-MOVE-02" in text_of(other)) == (409, True)
    assert "Confirmed by" not in text_of(dee.get(there))
    page = dee.get(there)
    assert (invalid_html(page), "Records held" in text_of(page)) == ([], True)
    assert dee.post(confirming, shown_as(dee, confirming)).status_code == 409
    done(dee, confirming, none_answers="yes")
    refused = una.post(giving, late)
    assert (refused.status_code, invalid_html(refused)) == (409, [])
    assert "has changed since" in text_of(refused)
    assert "Yes, we hold a record of him." in text_of(refused)
    assert "We looked in the archive, too." in text_of(refused)
    assert "Confirmed by" in text_of(refused)
    again = re.search(r'name="as_seen" value="([^"]+)"', refused.content.decode())
    assert again
    assert una.post(giving, {**late, "as_seen": again[1]}).status_code == 302


@pytest.mark.parametrize("end", ["approve/", "return/"])
def test_a_reply_in_place_of_the_one_that_was_read_is_neither_approved_nor_given_back(
    una: Client, dee: Client, end: str
) -> None:
    there = f"/foi/{on_paper(Desk(now=now()))}/"
    done(una, f"{there}parts/add/", asked="Is he on record?", wants="other", held_in="")
    done(una, f"{there}parts/1/give/", answer="We do not say.")
    said = {"title": "On record", "help_text": "Ask us."}
    done(una, f"{there}reply/", **said)
    ending = f"{there}reply/{end}"
    read = {**shown_as(dee, ending), "reason": "So."}
    done(dee, f"{there}reply/return/", reason="Say more.")
    done(una, f"{there}parts/1/give/", answer="Yes: he is on record.")
    done(una, f"{there}reply/", **said)
    refused = dee.post(ending, read)
    assert (refused.status_code, "E-MOVE-02" in text_of(refused)) == (409, True)
    assert "Waits for a second officer" in text_of(dee.get(there))
    for strange in ("", "x", "9" * 400):
        assert dee.post(ending, {**read, "as_seen": strange}).status_code == 409
    done(dee, ending, reason="So.")


def test_a_part_is_neither_confirmed_nor_denied_on_its_page(una: Client, dee: Client) -> None:
    there = f"/foi/{on_paper(Desk(now=now()))}/"
    done(una, f"{there}parts/add/", asked="Is he on record?", wants="other", held_in="")
    saying = f"{there}parts/1/neither/"
    form = una.get(saying)
    assert (form.status_code, invalid_html(form)) == (200, [])
    assert "s.40(5B) Personal data of somebody else" in text_of(form)
    said = {"section": "30(3)", "why": "It would tell.", "public_interest": ""}
    lacks = una.post(saying, {**shown_as(una, saying), **said})
    assert (lacks.status_code, "E-FOI-86" in text_of(lacks)) == (422, True)
    page = done(una, saying, section="40(5B)", why="It would tell.", public_interest="")
    assert (invalid_html(page), "Neither confirmed nor denied" in text_of(page)) == ([], True)
    assert "It would tell." in text_of(done(dee, f"{there}parts/1/confirm/"))


def test_a_part_is_changed_and_removed_until_the_reply_is_written(una: Client) -> None:
    there = f"/foi/{on_paper(Desk(now=now()))}/"
    said = {"asked": "Is John Example on record?", "wants": "other", "held_in": ""}
    done(una, f"{there}parts/add/", **said)
    done(una, f"{there}parts/1/give/", answer="We do not say.")
    changing = una.get(f"{there}parts/1/change/")
    assert (invalid_html(changing), "Is John Example on record?" in text_of(changing)) == ([], True)
    page = done(una, f"{there}parts/1/change/", **{**said, "asked": "Is somebody on record?"})
    assert ("Not answered yet" in text_of(page), "John" in text_of(page)) == (True, False)
    lacks = una.post(f"{there}parts/1/remove/", {"reason": ""})
    assert (lacks.status_code, invalid_html(lacks)) == (422, [])
    page = done(una, f"{there}parts/1/remove/", reason="Nobody asked that.")
    assert "No part of it was written down yet." in text_of(page)


def test_a_review_is_offered_to_who_had_no_hand_in_the_reply_and_their_names_are_told(
    client: Client, una: Client, dee: Client
) -> None:
    there = f"/foi/{asked(client, email='', postal='1 Quay Street')}/"
    done(una, f"{there}parts/add/", asked="How?", wants="statement", held_in="none")
    done(una, f"{there}parts/1/give/", answer="By hand.")
    done(una, f"{there}reply/", title="How", help_text="Ask us.")
    page = dee.get(there)
    assert (invalid_html(page), "nobody is left who may answer" in text_of(page)) == ([], True)
    assert "nobody is left" not in text_of(una.get(there))
    done(dee, f"{there}reply/approve/")
    done(una, f"{there}letters/1/sent/")
    done(una, f"{there}steps/review_asked/", text="No.", **day())
    assert "Everybody who may answer the review had a hand" in text_of(una.get(there))
    sol = signed_in(stored("Sol", Role.SENIOR_OWNER))
    for officer in (una, dee):
        page = officer.get(there)
        assert "A review of the reply can be answered by: Sol." in text_of(page)
        assert "steps/reviewed/" not in text_of(page)
    page = sol.get(there)
    assert (invalid_html(page), "steps/reviewed/" in text_of(page)) == ([], True)
    assert "steps/review_withdrawn/" not in text_of(page)
    done(sol, f"{there}steps/reviewed/", text="It stands.", **day())
    assert "Replied" in text_of(una.get(there))


def test_a_part_that_asks_for_a_document_is_drafted_with_that_one(una: Client) -> None:
    there = f"/foi/{on_paper(Desk(now=now()))}/"
    done(una, f"{there}parts/add/", asked="The DPIA.", wants="document", held_in="dpia")
    page = una.get(f"{there}parts/1/register/documents/")
    drafted = re.search(r"(?s)<textarea[^>]*>(.*?)</textarea>", page.content.decode())
    assert drafted
    assert drafted[1].count("none in force") == 1


def test_what_is_too_long_is_said_in_welsh(client: Client) -> None:
    client.cookies["evenhand_language"] = "cy"
    sign = sign_of(client)
    long = client.post(PAGE, {**TOLD, "submission": sign, "name": "x" * 5000})
    assert "characters or fewer" not in text_of(long)
    assert "nod neu lai" in text_of(long)

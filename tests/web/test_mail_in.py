"""Mail that came in, on the pages: what waits, one message as plain text, what is done with it."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from evenhand.actions import recalls, sharing
from evenhand.queries.referrals import PAGE
from evenhand.rules.mail import MailKind
from evenhand.rules.officers import WORKER, Acting
from evenhand.rules.referrals import State
from evenhand.store.casework import AnswerRow, NoticeRow
from evenhand.store.mail import MailboxRow
from evenhand.store.sharing import RecallRow
from evenhand.web import labels
from tests.actions.asking_rights import on_paper as asked_on_paper
from tests.actions.foi import on_paper
from tests.actions.people import known_person
from tests.actions.sharing import in_force, released
from tests.arriving import have_come, reply_address
from tests.builders import ADA, CY, DEE, NED, OLA, SAM, SID
from tests.journeys import Desk, row
from tests.letters import HOSTILE, bounce, letter
from tests.web.filling import carried, fill, invalid_html
from tests.web.people import now, queries_of, signed_in, text_of

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def desk() -> Desk:
    return Desk(now=now() - timedelta(days=60))


@pytest.fixture
def client(desk: Desk) -> Client:
    for officer in (ADA, OLA):
        desk.by(officer)
    return signed_in(ADA)


def came(data: bytes) -> UUID:
    return have_come(data, acting=Acting(officer=WORKER, at=now()))


def page(mail: UUID, what: str = "") -> str:
    return f"/mail/{mail}/{what}"


def test_every_kind_is_named() -> None:
    assert set(labels.MAIL_KINDS) == set(MailKind)


def test_where_no_mail_waits_the_page_says_so(client: Client) -> None:
    shown = text_of(client.get("/mail/"))
    assert "No mail waits." in shown
    assert "Mail of no referral" in text_of(client.get("/"))
    assert "has no mailbox of its own yet" in shown


def test_what_is_wrong_with_the_mailbox_is_said(client: Client) -> None:
    came(letter())
    assert "The mailbox was read last on" in text_of(client.get("/mail/"))
    for code, words in (("unreachable", "could not be reached"), ("odd", "odd")):
        MailboxRow.objects.update(failure=code)
        shown = text_of(client.get("/mail/"))
        assert "The mailbox cannot be read" in shown
        assert words in shown
        for reader in (client, signed_in(OLA)):
            assert "The mailbox cannot be read" in text_of(reader.get("/"))
    MailboxRow.objects.update(failure="")
    assert "The mailbox cannot be read" not in text_of(client.get("/"))


def test_mail_is_listed_as_text_and_so_is_who_may_not_read_it(client: Client) -> None:
    came(letter(subject=f"Hello {SCRIPT} \u202eevil"))
    came(HOSTILE["nothing"])
    shown = text_of(client.get("/mail/"))
    assert "Hello &lt;script&gt;" in shown
    assert "U+202E" in shown
    assert "No subject" in shown
    assert "2 messages wait for their referral to be found" in text_of(client.get("/"))
    assert signed_in(OLA).get("/mail/").status_code == 403


def test_a_list_of_mail_costs_the_same_however_long_it_is(client: Client) -> None:
    came(letter("0"))
    client.get("/mail/")
    few = queries_of(lambda: client.get("/mail/"))
    for at in range(1, PAGE + 2):
        came(letter(str(at)))
    assert queries_of(lambda: client.get("/mail/")) == few <= 26
    shown = text_of(client.get("/mail/"))
    assert "When one is done, the next comes up" in shown
    assert f"More than {PAGE} messages wait" in text_of(client.get("/"))


def test_a_message_is_plain_text_and_its_files_are_only_saved(client: Client) -> None:
    data = (
        b"Subject: s\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
        b"--b\r\nContent-Type: text/html\r\n\r\n<p>Hi " + SCRIPT.encode() + b"&lt;b&gt;</p>\r\n"
        b'--b\r\nContent-Type: text/html; name="x.html"\r\n\r\n'
        + SCRIPT.encode()
        + b"\r\n--b--\r\n"
    )
    mail = came(data)
    shown = text_of(client.get(page(mail)))
    assert "<script>alert" not in shown
    assert "Hi &lt;b&gt;" in shown
    assert "Save x.html" in shown
    for there, given in (("files/1/", SCRIPT.encode()), ("whole/", data)):
        response = client.get(page(mail, there))
        assert response.content == given
        assert response["Content-Type"] == "application/octet-stream"
        assert response["Content-Disposition"].startswith("attachment;")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
    assert client.get(page(mail, "files/9/")).status_code == 404
    assert signed_in(OLA).get(page(mail, "whole/")).status_code == 403


@pytest.mark.parametrize("name", HOSTILE)
def test_every_hostile_mail_has_a_page(client: Client, name: str) -> None:
    assert client.get(page(came(HOSTILE[name]))).status_code == 200


def test_what_cannot_be_shown_is_said(client: Client) -> None:
    deep = came(HOSTILE["parts within parts"])
    assert "cannot be shown safely" in text_of(client.get(page(deep)))
    long = came(letter("word " * 30_000))
    assert "The text goes on." in text_of(client.get(page(long)))
    empty = came(HOSTILE["nothing"])
    assert "This message has no text." in text_of(client.get(page(empty)))


def test_a_message_is_attached_on_its_page_and_then_answered(client: Client, desk: Desk) -> None:
    reference = desk.brought_to(State.SENT)
    mail = came(letter("We removed it."))
    assert "Attach it to a referral" in text_of(client.get(page(mail)))
    for there in ("", "attach/", "set-aside/"):
        assert invalid_html(client.get(page(mail, there))) == []
    assert invalid_html(client.get("/mail/")) == []
    wrong = fill(client, page(mail, "attach/"), reference="2020-000001", reason="Because.")
    assert wrong.status_code == 404
    nothing = fill(client, page(mail, "attach/"), reference="", reason="")
    assert nothing.status_code == 422
    done = fill(client, page(mail, "attach/"), reference=f" {reference} ", reason="It says so.")
    assert (done.status_code, done["Location"]) == (302, page(mail))
    assert client.get(page(mail, "attach/")).status_code == 409
    shown = text_of(client.get(f"/referrals/{reference}/"))
    assert "Mail from the platform, not yet read" in shown
    answer = f"/referrals/{reference}/answer/?mail={mail}"
    assert f'href="{answer}"' in text_of(client.get(page(mail)))
    assert "We removed it." in text_of(client.get(answer))
    assert invalid_html(client.get(answer)) == []
    done = fill(client, answer, said="restricted_in_full")
    assert done.status_code == 302
    assert AnswerRow.objects.get().mail_id == mail
    shown = text_of(client.get(f"/referrals/{reference}/"))
    assert "Mail from the platform, read" in shown
    assert "Message that gave it" in shown


def test_an_answer_is_recorded_beside_no_message_of_another_referral(
    client: Client, desk: Desk
) -> None:
    first, second = desk.brought_to(State.SENT), desk.brought_to(State.SENT)
    mail = came(letter(to=reply_address(first)))
    assert client.get(f"/referrals/{second}/answer/?mail={mail}").status_code == 409
    assert client.get(f"/referrals/{second}/answer/?mail=nonsense").status_code == 200


def test_a_message_is_set_aside_on_its_page(client: Client) -> None:
    mail = came(letter())
    done = fill(client, page(mail, "set-aside/"), reason="An advertisement.")
    assert (done.status_code, done["Location"]) == (302, "/mail/")
    shown = text_of(client.get("/mail/"))
    assert "Set aside" in shown
    assert "An advertisement." in text_of(client.get(page(mail)))
    assert client.get(page(mail, "set-aside/")).status_code == 409
    assert client.get(page(mail, "attach/")).status_code == 200


def test_a_message_is_read_once(client: Client, desk: Desk) -> None:
    reference = desk.brought_to(State.SENT)
    mail = came(letter(to=reply_address(reference)))
    sign = carried(client.get(page(mail)))
    assert client.post(page(mail, "read/"), sign).status_code == 302
    shown = text_of(client.get(page(mail)))
    assert "I have read it" not in shown
    assert "by Ada on" in shown
    assert client.post(page(mail, "read/"), {"submission": ""}).status_code == 409


def test_a_bounce_suggests_and_an_officer_decides(client: Client, desk: Desk) -> None:
    reference = desk.brought_to(State.SENT)
    notice = NoticeRow.objects.get(referral__reference=reference)
    host = reply_address(reference).partition("@")[2].encode()
    mail = came(bounce(notice.id).replace(b"desk.example", host))
    shown = text_of(client.get(f"/referrals/{reference}/"))
    assert "A mail server reports that it could not be delivered: 5.1.1" in shown
    assert row(reference).state == State.SENT
    there = client.get(page(mail))
    assert "Nothing happens by itself." in text_of(there)
    assert client.post(page(mail, "came-back/"), carried(there)).status_code == 302
    assert row(reference).state == State.UNDELIVERABLE
    assert "came back" in text_of(client.get(f"/referrals/{reference}/history/"))
    assert labels.came_back("unknown") == "A mail server reports that it could not be delivered"


def hint_in(shown: str) -> str:
    return shown.partition("What it may answer")[2].partition("</ul>")[0]


def test_what_bears_no_reference_of_ours_has_no_hint(client: Client) -> None:
    mail = came(letter("About D-ABCDEFGH, and 2026-000001."))
    assert "What it may answer" not in text_of(client.get(page(mail)))


def test_a_message_of_two_referrals_names_both(client: Client, desk: Desk) -> None:
    first, second = desk.brought_to(State.SENT), desk.brought_to(State.SENT)
    mail = came(letter(subject=f"[{first}] [{second}] [2026-999999]"))
    shown = client.get(page(mail))
    assert invalid_html(shown) == []
    hint = hint_in(text_of(shown))
    assert hint.count("<li>") == 2
    for reference in (first, second):
        assert f'href="/referrals/{reference}/"' in hint
    fill(client, page(mail, "attach/"), reference=first, reason="It names its address.")
    assert "What it may answer" not in text_of(client.get(page(mail)))


def test_a_colleague_who_answers_the_mail_of_a_note_is_not_taken_for_a_platform(
    client: Client, desk: Desk
) -> None:
    reference = desk.brought_to(State.SENT)
    to = reply_address("notes")
    mail = came(letter(to=to, subject=f"Re: [{reference}] There is a note for you"))
    hint = hint_in(text_of(client.get(page(mail))))
    assert f'href="/referrals/{reference}/notes/"' in hint
    assert "Ask them to write a note" in hint
    assert row(reference).mail_since is None


def test_what_answers_a_recall_leads_whoever_shares_to_it(client: Client, desk: Desk) -> None:
    desk.now = now() - timedelta(hours=2)
    for officer in (CY, DEE, SAM, SID, NED):
        desk.by(officer)
    person, agreement = known_person(desk), in_force(desk)
    package, other = (released(desk, person, agreement) for _ in range(2))
    for it in (package, other):
        sharing.recall_one(it, "It was about another person.", acting=desk.by(SID))
    recall = RecallRow.objects.get(disclosure__reference=package)
    to = reply_address(package.lower())
    mail = came(letter(to=to, subject=f"Re: {other}"))
    assert "What it may answer" not in text_of(client.get(page(mail)))
    recalls.give_up(recall.id, acting=desk.by(WORKER))
    recalls.sent_on_paper(recall.id, acting=desk.by(SID))
    hint = hint_in(text_of(client.get(page(mail))))
    assert package in hint
    assert other not in hint
    assert f"/recalls/{recall.id}/" not in hint
    assert f"/recalls/{recall.id}/" in hint_in(text_of(signed_in(CY).get(page(mail))))


def test_what_names_a_request_leads_whoever_answers_it_there(client: Client, desk: Desk) -> None:
    number, theirs = on_paper(desk), asked_on_paper(desk)
    mail = came(letter(subject=f"Re: {number}, {theirs}"))
    shown = client.get(page(mail))
    assert invalid_html(shown) == []
    hint = hint_in(text_of(shown))
    assert f"It names request for information {number}." in hint
    assert f"It names request {theirs} about somebody’s own data." in hint
    assert "href" not in hint

"""Mail that came in, by the API."""

import pytest

from evenhand.rules.officers import WORKER, Acting, Role
from evenhand.rules.referrals import State
from evenhand.store.casework import NoticeRow
from tests.api.callers import Caller, now
from tests.arriving import have_come, reply_address
from tests.journeys import Desk
from tests.letters import bounce, letter

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> Caller:
    return Caller("Ann", Role.OFFICER)


def came(data: bytes) -> str:
    return str(have_come(data, acting=Acting(officer=WORKER, at=now())))


def test_a_message_says_what_it_may_answer(ann: Caller) -> None:
    reference = Desk(now=now()).log()
    mail = came(letter(to=reply_address(reference)))
    hints = ann.get(f"/mail/{mail}").body["hints"]
    assert hints == [{"may_answer": "referral", "reference": reference}]


def test_mail_that_waits_is_listed_read_and_attached(ann: Caller) -> None:
    reference = Desk(now=now()).brought_to(State.SENT)
    mail = came(letter("We removed it.", subject="Hello"))
    [line] = ann.get("/mail").body["items"]
    assert (line["mail"]["id"], line["mail"]["subject"]) == (mail, "Hello")
    read = ann.get(f"/mail/{mail}").body
    assert (read["text"], read["standing"], read["reference"]) == (
        "We removed it.",
        "waiting",
        None,
    )
    wrong = ann.post(f"/mail/{mail}/referral", {"reference": reference})
    assert (wrong.status, wrong.rules) == (422, ["E-ADM-46"])
    done = ann.post(f"/mail/{mail}/referral", {"reference": reference, "reason": "It says so."})
    assert (done.status, done.body["reference"]) == (200, reference)
    assert ann.get("/mail").body == {"items": [], "more": False}
    [shown] = ann.get(f"/referrals/{reference}").body["mails"]
    assert (shown["id"], shown["reason"]) == (mail, "It says so.")
    steps = ann.get(f"/referrals/{reference}/steps").body["items"]
    assert "mail" in {it["step"] for it in steps}
    for wrong_id in ("nonsense", 7):
        refused = ann.post(
            f"/referrals/{reference}/answers", {"kind": "acknowledged", "mail": wrong_id}
        )
        assert (refused.status, refused.pointers) == (422, ["/mail"])
    answered = ann.post(f"/referrals/{reference}/answers", {"kind": "acknowledged", "mail": mail})
    assert answered.status == 200
    assert ann.get(f"/referrals/{reference}").body["answers"][0]["mail"] == mail


def test_mail_is_set_aside_and_said_to_be_read_once(ann: Caller) -> None:
    reference = Desk(now=now()).brought_to(State.SENT)
    aside, read = came(letter("a")), came(letter("b", to=reply_address(reference)))
    done = ann.post(f"/mail/{aside}/set-aside", {"reason": "An advertisement."})
    assert (done.status, done.body["standing"]) == (200, "set_aside")
    assert ann.post(f"/mail/{aside}/set-aside", {"reason": "Again."}).rules == ["E-MAIL-01"]
    assert ann.post(f"/mail/{read}/read").body["mail"]["read_by"] == "Ann"
    assert ann.post(f"/mail/{read}/read").rules == ["E-MAIL-05"]
    assert ann.get("/mail/nonsense").status == 422


def test_a_bounce_is_recorded_by_an_officer(ann: Caller) -> None:
    reference = Desk(now=now()).brought_to(State.SENT)
    notice = NoticeRow.objects.get(referral__reference=reference)
    host = reply_address(reference).partition("@")[2].encode()
    mail = came(bounce(notice.id).replace(b"desk.example", host))
    assert ann.get(f"/referrals/{reference}").body["notices"][0]["came_back"] == "5.1.1"
    assert ann.post(f"/mail/{mail}/came-back").status == 200
    assert ann.get(f"/referrals/{reference}").body["state"] == "undeliverable"


def test_only_who_works_on_referrals_reads_mail() -> None:
    mail = came(letter())
    ola = Caller("Ola", Role.OVERSEER)
    assert ola.get("/mail").status == ola.get(f"/mail/{mail}").status == 403

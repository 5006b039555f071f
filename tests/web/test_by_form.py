"""A platform's form is shown field by field, and what was sent is confirmed by two people."""

from datetime import datetime, timedelta
from html import escape, unescape

import pytest
from django.utils import timezone

from evenhand.actions import platforms
from evenhand.queries import platforms as known
from evenhand.queries import referral as referrals
from evenhand.rules.lawbook import Fill, FormField
from evenhand.rules.notices import Transport
from evenhand.rules.platforms import with_form
from evenhand.rules.referrals import State
from tests.builders import ADA, BO, CY, DEE, MAX, OLA, as_reader
from tests.journeys import Desk, row
from tests.web.filling import carried, check_valid, fill
from tests.web.people import now, queries_of, signed_in, text_of

pytestmark = pytest.mark.django_db
NUMBERS = iter(range(10_000))


@pytest.fixture
def desk() -> Desk:
    desk = Desk(now=now() - timedelta(days=60))
    for officer in (BO, CY):
        desk.by(officer)
    return desk


def sign_off(desk: Desk, transport: Transport = Transport.PORTAL, days: int = 300) -> None:
    by_form = transport is Transport.PORTAL
    platforms.sign_off(
        "clipnest",
        transport=transport,
        contact="https://forms.clipnest.example" if by_form else "a@clipnest.example",
        basis="DPA 2018 s.77",
        review_on=desk.now.date() + timedelta(days=days),
        acting=desk.by(DEE),
    )


def approved(desk: Desk, state: State = State.APPROVED) -> str:
    return desk.brought_to(state, address=f"https://clipnest.example/v/abc-{next(NUMBERS)}")


def page_of(reference: str, act: str = "send") -> str:
    return f"/referrals/{reference}/{act}/form/"


def answers(**changes: str) -> dict[str, str]:
    plain = {"how": "as_shown", "witness": "cy", "witness_initials": "c", "their_reference": "C-7"}
    return plain | at(now()) | changes


def at(moment: datetime) -> dict[str, str]:
    local = timezone.localtime(moment)
    parts = ("day", "month", "year", "hour", "minute")
    return {f"sent_at_{part}": str(getattr(local, part)) for part in parts}


def test_each_field_is_shown_in_full_and_recorded_as_it_was_shown(desk: Desk) -> None:
    reference = approved(desk)
    sign_off(desk)
    client = signed_in(ADA)
    opened = client.get(page_of(reference))
    check_valid(opened)
    page = text_of(opened)
    assert "Address of the clip" in page
    assert "https://forms.clipnest.example" in page
    assert "Ada" not in page[page.index('id="id_witness"') : page.index("Their initials")]
    done = fill(client, page_of(reference), **answers())
    assert done.status_code == 302
    assert row(reference).state == State.SENT
    sent = referrals.one(reference, acting=as_reader(ADA)).notices[-1]
    shown = unescape(page)
    for line in (sent.message or "").splitlines()[3:]:
        assert line.strip().partition(". ")[2] in shown or line.strip() in shown
    told = text_of(client.get(done["Location"]))
    assert "It is recorded as sent." in told
    assert "Cy, who signed with c" in told
    assert "Sent by hand" in told
    assert "mail server" not in told
    assert "C-7" in told
    history = text_of(client.get(f"/referrals/{reference}/history/"))
    assert "sent it by the platform’s form" in history


def test_a_text_too_long_for_its_field_is_warned_about(desk: Desk) -> None:
    kept = known.current("clipnest", officer=ADA)
    fields = (FormField(label="Link", fills=Fill.ADDRESS, longest=10),
              FormField(label="Law <1>", fills=Fill.LAW))  # fmt: skip
    platforms.edit(
        with_form(kept.platform, fields, verified=False), seen=kept.number, acting=desk.by(MAX)
    )
    reference = approved(desk)
    sign_off(desk)
    page = text_of(signed_in(ADA).get(page_of(reference)))
    assert "“Link” takes 10 characters;" in page
    assert "Shorten it on the form" in page
    assert "Not verified" in page
    assert escape("Law <1>") in page


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"witness": ""}, "Choose the colleague who watched"),
        ({"witness": "ada"}, "Select one of the answers on this page"),
        ({"witness_initials": "zz"}, "E-FORM-04"),
        ({"how": ""}, "Select what you sent"),
        ({"how": "changed"}, "E-FORM-05"),
        ({"sent_at_year": "2031"}, "E-FORM-03"),
        ({"sent_at_day": "40"}, "must be a real date"),
        ({"their_reference": "x" * 501}, "must be 500 characters or fewer"),
        ({"changed": "\0", "how": "changed"}, "There is a problem"),
    ],
)
def test_what_cannot_be_so_is_told_at_its_field_and_nothing_typed_is_lost(
    desk: Desk, wrong: dict[str, str], told: str
) -> None:
    reference = approved(desk)
    sign_off(desk)
    refused = fill(signed_in(ADA), page_of(reference), **answers(**wrong))
    page = text_of(refused)
    assert refused.status_code == 422
    assert told in page
    assert "There is a problem" in page
    assert "their_reference" in wrong or 'value="C-7"' in page
    assert row(reference).state == State.APPROVED


def test_a_sheet_that_changed_meanwhile_is_shown_anew_and_then_recorded(desk: Desk) -> None:
    reference = approved(desk)
    sign_off(desk)
    client = signed_in(ADA)
    opened = client.get(page_of(reference))
    kept = known.current("clipnest", officer=ADA)
    fields = (FormField(label="New label", fills=Fill.ADDRESS),)
    platforms.edit(
        with_form(kept.platform, fields, verified=False), seen=kept.number, acting=desk.by(MAX)
    )
    told = client.post(page_of(reference), carried(opened) | answers())
    page = text_of(told)
    assert (told.status_code, "E-FORM-02" in page) == (409, True)
    assert "New label" in page
    assert 'value="C-7"' in page
    done = client.post(page_of(reference), carried(told) | answers())
    assert done.status_code == 302
    assert "New label" in (
        referrals.one(reference, acting=as_reader(ADA)).notices[-1].message or ""
    )


def test_without_a_sign_off_or_after_its_review_there_is_nothing_to_confirm(desk: Desk) -> None:
    reference = approved(desk)
    client = signed_in(ADA)
    page = text_of(client.get(page_of(reference)))
    assert "E-TRF-69" in page
    assert "Record as sent" not in page
    sign_off(desk, days=20)
    page = text_of(client.get(page_of(reference)))
    assert "E-TRF-69" in page


def test_a_platform_without_a_form_says_so(desk: Desk) -> None:
    reference = desk.brought_to(State.APPROVED)
    told = signed_in(ADA).get(page_of(reference))
    assert (told.status_code, "E-FORM-01" in text_of(told)) == (409, True)


def test_what_cannot_be_sent_now_says_so(desk: Desk) -> None:
    reference = desk.log()
    client = signed_in(ADA)
    assert client.get(page_of(reference)).status_code == 409
    sent = carried(client.get(f"/referrals/{reference}/withdraw/")) | answers(
        how="changed", changed="Kept."
    )
    told = client.post(page_of(reference), sent)
    assert told.status_code == 409
    assert "Kept." in text_of(told)


def test_the_page_for_e_mail_leads_to_the_form_where_that_is_the_way(desk: Desk) -> None:
    reference = approved(desk)
    sign_off(desk)
    client = signed_in(ADA)
    led = client.get(f"/referrals/{reference}/send/")
    assert (led.status_code, led["Location"]) == (302, page_of(reference))
    sign_off(desk, Transport.EMAIL)
    assert page_of(reference) in text_of(client.get(f"/referrals/{reference}/send/"))


def test_a_reminder_goes_by_the_form_too(desk: Desk) -> None:
    reference = approved(desk)
    sign_off(desk)
    client = signed_in(ADA)
    fill(client, page_of(reference), **answers())
    early = client.get(page_of(reference, "chase"))
    assert "You can remind the platform from" in text_of(early)
    old = approved(desk)
    sheet = carried(client.get(page_of(old)))
    client.post(page_of(old), sheet | answers(**at(desk.now + timedelta(minutes=1))))
    done = fill(client, page_of(old, "chase"), **answers())
    assert done.status_code == 302
    assert row(old).chases == 1
    assert client.get(f"/referrals/{old}/chase/")["Location"] == page_of(old, "chase")


def test_a_second_click_records_nothing_more(desk: Desk) -> None:
    reference = approved(desk)
    sign_off(desk)
    client = signed_in(ADA)
    sent = carried(client.get(page_of(reference))) | answers()
    for _ in range(2):
        assert client.post(page_of(reference), sent).status_code == 302
    assert row(reference).noticerows.count() == 1


def test_who_oversees_sees_no_sheet(desk: Desk) -> None:
    reference = approved(desk)
    desk.by(OLA)
    for act in ("send", "chase"):
        assert signed_in(OLA).get(page_of(reference, act)).status_code == 403


def test_the_page_takes_a_bounded_number_of_queries(desk: Desk) -> None:
    reference = approved(desk)
    sign_off(desk)
    client = signed_in(ADA)
    client.get(page_of(reference))
    assert queries_of(lambda: client.get(page_of(reference))) <= 36

"""Captures on the pages: handed in as a form, listed unseen, opened for a reason, stopped."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from evenhand.actions import captures as acts
from evenhand.actions import captures_time, referrals
from evenhand.queries import captures as known
from evenhand.rules.captures import LARGEST
from evenhand.rules.captures_formats import Format
from evenhand.rules.officers import Officer, Role
from evenhand.rules.referrals import TriageOutcome
from evenhand.store.captures import CaptureRow
from evenhand.web.captures.present import ENDINGS
from tests.capture_files import FILES, png
from tests.captures import WHY, kept, left
from tests.timestamps import Tsa, serving
from tests.web.filling import carried, check_valid, fill
from tests.web.people import acting, logged, now, queries_of, signed_in, stored, text_of

pytestmark = pytest.mark.django_db
STILL = FILES[Format.PNG]
REASON = "To compare it with what the platform says."


@pytest.fixture
def ada() -> Officer:
    return stored("Ada", Role.OFFICER)


@pytest.fixture
def bo() -> Officer:
    return stored("Bo", Role.OFFICER)


@pytest.fixture
def client(ada: Officer) -> Client:
    return signed_in(ada)


def said(**changes: Any) -> dict[str, Any]:
    made = now() - timedelta(minutes=5)
    return {
        "of_a_child": "no",
        "why": WHY,
        "how": "screenshot",
        "taken_at_day": str(made.day),
        "taken_at_month": str(made.month),
        "taken_at_year": str(made.year),
        "taken_at_hour": str(made.hour),
        "taken_at_minute": str(made.minute),
        "offset": "3",
        "direction": "behind",
        **changes,
    }


def hand_in(client: Client, reference: str, data: bytes, **changes: Any) -> Any:
    file = SimpleUploadedFile("holiday.png", data)
    return fill(client, f"/referrals/{reference}/captures/new/", **said(**changes), file=file)


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_its_page_says_when_it_was_timestamped_or_why_not(
    ada: Officer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = f"/captures/{kept(logged(ada), acting=acting(ada))}/"
    reader = signed_in(ada)
    assert "Timestamp" not in text_of(reader.get(place))
    tsa = Tsa(tmp_path / "tsa")
    with serving(tsa.reply, tsa.root) as authority:
        monkeypatch.setattr(settings, "TIMESTAMPS", authority)
    assert "it is asked for within minutes" in text_of(reader.get(place))
    captures_time.stamp_all(acting=acting(ada))
    assert "the authority does not answer" in text_of(reader.get(place))
    with serving(tsa.reply, tsa.root) as authority:
        monkeypatch.setattr(settings, "TIMESTAMPS", authority)
        captures_time.stamp_all(acting=acting(ada))
    page = text_of(reader.get(place))
    check_valid(reader.get(place))
    assert "Timestamp of an authority outside" in page
    assert "No timestamp" not in page


def test_a_file_is_kept_listed_and_opened_for_a_reason(
    client: Client, ada: Officer, bo: Officer
) -> None:
    reference = logged(ada)
    assert 'captures/new/"' in text_of(client.get(f"/referrals/{reference}/"))
    done = hand_in(client, reference, STILL)
    assert done["Location"] == f"/referrals/{reference}/captures/"
    assert "1 file" in text_of(client.get(f"/referrals/{reference}/"))
    listed = client.get(done["Location"])
    check_valid(listed)
    assert "Still (PNG)" in text_of(listed)
    assert "<img" not in text_of(listed)
    row = CaptureRow.objects.get()
    assert row.clock_offset == -3
    place, reader = f"/captures/{row.id}/", signed_in(bo)
    page = text_of(reader.get(place))
    assert WHY in page
    assert "3 seconds behind" in page
    assert "<img" not in page
    shown = fill(reader, place, reason=REASON, show="1")
    assert f'src="{place}still/"' in text_of(shown)
    still = reader.get(f"{place}still/")
    assert body_of(still) == STILL
    assert still["Content-Type"] == "image/png"
    given = reader.post(place, {"reason": REASON, "take": "1"})
    assert body_of(given) == STILL
    assert given["Content-Type"] == "application/octet-stream"
    assert "1" in text_of(reader.get("/you/"))
    assert "Captures you opened" in text_of(reader.get("/you/"))


def test_what_is_given_out_runs_nowhere_and_lies_in_no_cache(ada: Officer, client: Client) -> None:
    reference = logged(ada)
    for of, data in FILES.items():
        place = f"/captures/{kept(reference, data, acting=acting(ada))}/"
        given = client.post(place, {"reason": REASON, "show": "1"})
        if given.streaming:
            assert body_of(given) == data
        for answer in (client.post(place, {"reason": REASON}), client.get(f"{place}still/")):
            assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert answer["Cache-Control"] == "no-store"
            assert answer["Content-Length"] == str(len(data))
            name = answer["Content-Disposition"]
            assert name.startswith(f'attachment; filename="capture-{reference}-')
            assert name.endswith(f'.{ENDINGS.get(of, of)}"')


def test_no_picture_comes_without_a_reason(client: Client, ada: Officer, bo: Officer) -> None:
    place = f"/captures/{kept(logged(ada), acting=acting(ada))}/"
    assert client.get(f"{place}still/").status_code == 422
    again = fill(client, place, reason=" ", show="1")
    assert again.status_code == 422
    assert "There is no reason yet" in text_of(again)
    fill(client, place, reason=REASON, show="1")
    assert client.get(f"{place}still/").status_code == 200
    assert signed_in(bo).get(f"{place}still/").status_code == 422


def test_a_still_too_large_to_draw_is_only_taken_out(client: Client, ada: Officer) -> None:
    data = png(60_000, 60_000)
    place = f"/captures/{kept(logged(ada), data, acting=acting(ada))}/"
    assert "Show it here" not in text_of(client.get(place))
    assert body_of(client.post(place, {"reason": REASON, "show": "1"})) == data


@pytest.mark.parametrize(
    ("data", "changes", "says"),
    [
        (b"MZ" + bytes(100_000), {}, "The file is no still, video, PDF or saved page"),
        (STILL[:-4], {}, "The file is cut off"),
        (STILL + b"PK\3\4", {}, "The file is cut off"),
        (b"", {}, "Choose a file that is not empty"),
        (STILL, {"of_a_child": "yes"}, "The file is not kept."),
        (STILL, {"why": ""}, "Enter why the file is strictly needed"),
        (STILL, {"offset": "99999"}, "seconds must be"),
        (STILL, {"taken_at_year": "2099"}, "This time is in the future."),
    ],
)
def test_what_is_not_kept_is_told_with_the_answers_and_leaves_nothing(
    client: Client, ada: Officer, data: bytes, changes: dict[str, str], says: str
) -> None:
    reference, before = logged(ada), left()
    again = hand_in(client, reference, data, **changes)
    assert again.status_code == 422
    assert says in text_of(again)
    assert "knife" in text_of(again) or "why" in changes
    assert left() == before
    assert not CaptureRow.objects.exists()


def test_of_a_child_the_page_leads_away_whatever_else_was_filled_in(
    client: Client, ada: Officer
) -> None:
    place = f"/referrals/{logged(ada)}/captures/new/"
    told = client.post(place, carried(client.get(place)) | {"of_a_child": "yes"})
    assert told.status_code == 422
    assert "Take the statutory route with this referral" in text_of(told)
    assert "Choose a file" not in text_of(told)


def test_a_file_that_did_not_come_whole_is_not_kept(client: Client, ada: Officer) -> None:
    place = f"/referrals/{logged(ada)}/captures/new/"
    sent = carried(client.get(place)) | said()
    del sent["came"]
    before = left()
    again = client.post(place, sent | {"file": SimpleUploadedFile("a.png", STILL)})
    assert "The file did not come whole." in text_of(again)
    assert left() == before


def test_a_form_without_a_file_or_with_several_keeps_at_most_the_first(
    client: Client, ada: Officer
) -> None:
    reference = logged(ada)
    place = f"/referrals/{reference}/captures/new/"
    nothing = fill(client, place, **said())
    assert "Choose a file that is not empty" in text_of(nothing)
    several = [SimpleUploadedFile(it, STILL) for it in ("a.png", "b.png")]
    other = SimpleUploadedFile("c.png", b"MZ")
    assert fill(client, place, **said(), other=other, file=several).status_code == 302
    assert CaptureRow.objects.get().size == len(STILL)


def test_what_says_it_is_larger_than_anything_is_not_read(client: Client, ada: Officer) -> None:
    place = f"/referrals/{logged(ada)}/captures/new/"
    answer = client.post(place, {}, CONTENT_LENGTH=str(LARGEST + 100_000))
    assert answer.status_code == 422
    assert "larger than" in text_of(answer)


def test_a_form_that_this_site_did_not_hand_out_keeps_nothing(ada: Officer) -> None:
    reference, before = logged(ada), left()
    client = signed_in(ada)
    client.handler.enforce_csrf_checks = True
    answer = client.post(
        f"/referrals/{reference}/captures/new/",
        said(came="whole", file=SimpleUploadedFile("a.png", STILL)),
    )
    assert answer.status_code == 403
    assert left() == before


def test_sent_twice_it_is_kept_once(client: Client, ada: Officer) -> None:
    reference = logged(ada)
    place = f"/referrals/{reference}/captures/new/"
    sent = carried(client.get(place)) | said()
    for _ in range(2):
        again = client.post(place, sent | {"file": SimpleUploadedFile("a.png", STILL)})
        assert again.status_code == 302
    assert CaptureRow.objects.count() == 1


def test_a_referral_that_has_ended_takes_none_and_says_so(client: Client, ada: Officer) -> None:
    reference = logged(ada)
    referrals.triage(reference, TriageOutcome.NOT_FOR_US, "Not ours.", acting=acting(ada))
    answer = client.get(f"/referrals/{reference}/captures/new/")
    assert answer.status_code == 409
    assert "has ended" in text_of(answer)


def test_one_press_stops_a_capture_for_everybody(client: Client, ada: Officer, bo: Officer) -> None:
    reference = logged(ada)
    capture = kept(reference, acting=acting(ada))
    place = f"/captures/{capture}/"
    fill(client, place, reason=REASON, show="1")
    stopped = signed_in(bo).post(f"{place}stop/")
    assert stopped["Location"] == f"/referrals/{reference}/captures/"
    for reader in (client, signed_in(bo)):
        page = reader.get(place)
        check_valid(page)
        assert "Nobody opens it, whatever their role." in text_of(page)
        assert 'name="reason"' not in text_of(page)
        for answer in (reader.get(f"{place}still/"), reader.post(place, {"reason": REASON})):
            assert answer.status_code == 403
            assert not answer.streaming
    listed = text_of(client.get(f"/referrals/{reference}/captures/"))
    assert "Stopped" in listed
    for shown in (listed, text_of(client.get(place))):
        assert f'href="/referrals/{reference}/statutory-route/"' in shown


def test_a_capture_that_a_restore_stopped_names_nobody(client: Client, ada: Officer) -> None:
    capture = kept(logged(ada), acting=acting(ada))
    acts.lock(CaptureRow.objects.get(id=capture), None, acting=acting(ada))
    assert "Stopped as illegal imagery" in text_of(client.get(f"/captures/{capture}/"))
    assert known.one(capture, acting=acting(ada)).stopped_by == ""


def test_the_list_costs_the_same_however_many_there_are(client: Client, ada: Officer) -> None:
    reference = logged(ada)
    place = f"/referrals/{reference}/captures/"
    assert "No file of the content is kept." in text_of(client.get(place))
    kept(reference, acting=acting(ada))
    client.get(place)
    one = queries_of(lambda: client.get(place))
    for _ in range(3):
        kept(reference, acting=acting(ada))
    assert queries_of(lambda: client.get(place)) == one

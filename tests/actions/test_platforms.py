"""The data protection officer's sign-off."""

from datetime import timedelta

import pytest

from evenhand.actions import platforms
from evenhand.queries import platforms as known
from evenhand.rules.notices import ANY_OTHER_SITE, SignOffWrong, Transport
from evenhand.rules.officers import Officer, RoleMissing
from evenhand.rules.refusals import Refused
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.platforms import SignOffRow
from tests.builders import ADA, CY, DEE, MAX, OLA
from tests.journeys import Desk, changing_nothing, refused
from tests.ledger import reading

pytestmark = pytest.mark.django_db


def sign_off(desk: Desk, *, officer: Officer = DEE, **said: object) -> None:
    told: dict[str, object] = {
        "transport": Transport.EMAIL,
        "contact": "reports@youtube.example",
        "basis": "DPA 2018 s.77, strictly necessary",
        "review_on": desk.now.date() + timedelta(days=90),
    }
    platform = str(said.pop("platform", "youtube"))
    platforms.sign_off(platform, acting=desk.by(officer), **told | said)  # type: ignore[arg-type]


def current(code: str) -> known.PlatformLine:
    [line] = [it for it in known.signed_off(officer=ADA) if it.code == code]
    return line


def test_a_sign_off_is_listed_with_its_basis_and_who_gave_it() -> None:
    desk = Desk()
    sign_off(desk)
    line = current("youtube")
    assert (line.transport, line.contact) == (Transport.EMAIL, "reports@youtube.example")
    assert (line.basis, line.signed_by) == ("DPA 2018 s.77, strictly necessary", "Dee")
    assert line.review_on == desk.now.date() + timedelta(days=90)


def test_a_platform_without_a_sign_off_is_listed_as_such() -> None:
    assert current("tiktok").review_on is None
    assert current(ANY_OTHER_SITE).transport is None


def test_a_site_with_a_sign_off_of_its_own_is_listed() -> None:
    sign_off(Desk(), platform="videos.example")
    assert current("videos.example").contact == "reports@youtube.example"


def test_a_new_sign_off_ends_the_one_before_it() -> None:
    desk = Desk()
    sign_off(desk)
    sign_off(desk, contact="new@youtube.example")
    assert current("youtube").contact == "new@youtube.example"
    assert SignOffRow.objects.filter(ended_at__isnull=True).count() == 1
    assert SignOffRow.objects.count() == 2


def test_contact_and_basis_are_sealed_and_the_log_names_the_platform_only() -> None:
    sign_off(Desk())
    stored = SignOffRow.objects.values().get()
    assert b"youtube.example" not in bytes(stored["contact"] or b"")
    assert b"necessary" not in bytes(stored["basis"] or b"")
    opening = OpeningRow.objects.get(entry=EntryRow.objects.get(obj=stored["id"])).fields
    assert reading.fields(opening)["outcome"] == "youtube"


@pytest.mark.parametrize("officer", [ADA, CY, OLA, MAX], ids=lambda it: it.name)
def test_nobody_else_signs_off(officer: Officer) -> None:
    desk = Desk()
    desk.by(officer)
    with changing_nothing(), refused(RoleMissing):
        sign_off(desk, officer=officer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"platform": "Not a platform"},
        {"platform": ""},
        {"contact": "nobody"},
        {"contact": "a@b.example\r\nBcc: c@d.example"},
        {"basis": " "},
        {"basis": "x" * 10_001},
        {"basis": "a\0"},
    ],
)
def test_a_sign_off_that_would_not_do_is_refused(wrong: dict[str, object]) -> None:
    desk = Desk()
    desk.by(DEE)
    with changing_nothing(), refused(Refused):
        sign_off(desk, **wrong)  # type: ignore[arg-type]


def test_a_sign_off_is_looked_at_again_within_a_year() -> None:
    desk = Desk()
    desk.by(DEE)
    for days in (0, 400):
        with changing_nothing(), refused(SignOffWrong):
            sign_off(desk, review_on=desk.now.date() + timedelta(days=days))

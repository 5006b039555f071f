"""The data protection officer's sign-off."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import settings

from evenhand.actions import answers, notices, platforms, snoozes
from evenhand.actions.carriers import NOBODY
from evenhand.queries import due as known_due
from evenhand.queries import platforms as known
from evenhand.queries import referral as one_referral
from evenhand.queries import worklist
from evenhand.rules.lawbook import Platform
from evenhand.rules.notices import (
    ANY_OTHER_SITE,
    NoChaseYet,
    NotSignedOff,
    SignOffWrong,
    Transport,
)
from evenhand.rules.officers import WORKER, Officer, RoleMissing
from evenhand.rules.platforms import (
    Kept,
    PlatformChanged,
    PlatformKnown,
    PlatformWrong,
    with_address,
)
from evenhand.rules.referrals import NotFound, State
from evenhand.rules.refusals import Refused
from evenhand.store.log import EntryRow, OpeningRow
from evenhand.store.platforms import PlatformVersionRow, SignOffRow
from tests.builders import ADA, BO, CY, DEE, MAX, OLA, as_reader
from tests.journeys import Desk, changing_nothing, chased, refused, row
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


def current(code: str) -> known.Leave:
    [leave] = leaves(code)
    return leave


def leaves(code: str) -> list[known.Leave]:
    [line] = [it for it in known.signed_off(officer=ADA).lines if it.code == code]
    assert known.one_line(code, officer=ADA) == line
    return list(line.leaves)


def test_a_sign_off_is_listed_with_its_basis_and_who_gave_it() -> None:
    desk = Desk()
    sign_off(desk)
    line = current("youtube")
    assert (line.transport, line.contact) == (Transport.EMAIL, "reports@youtube.example")
    assert (line.basis, line.signed_by) == ("DPA 2018 s.77, strictly necessary", "Dee")
    assert line.review_on == desk.now.date() + timedelta(days=90)


def test_a_platform_without_a_sign_off_is_listed_as_such() -> None:
    assert leaves("tiktok") == leaves(ANY_OTHER_SITE) == []


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


def test_each_channel_of_a_platform_has_a_sign_off_of_its_own() -> None:
    desk = Desk()
    sign_off(desk)
    sign_off(desk, transport=Transport.PORTAL, contact="https://forms.youtube.example")
    assert [it.transport for it in leaves("youtube")] == [Transport.EMAIL, Transport.PORTAL]


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


def kept(code: str) -> Kept:
    return known.current(code, officer=ADA)


def save(desk: Desk, changed: Platform, *, seen: int = 1, officer: Officer = MAX) -> int:
    return platforms.edit(changed, seen=seen, acting=desk.by(officer))


def test_a_change_makes_a_new_version_and_the_old_one_stays_readable() -> None:
    desk = Desk()
    before = kept("youtube")
    assert (before.number, before.made_by) == (1, "")
    changed = with_address(before.platform, Transport.EMAIL, "new@youtube.example")
    assert save(desk, replace(changed, first_chase_days=3)) == 2
    assert save(desk, replace(changed, chase_gap_days=4), seen=2) == 3
    now = kept("youtube")
    assert (now.number, now.made_by, now.made_at) == (3, "Max", desk.now)
    assert (now.platform.first_chase_days, now.platform.chase_gap_days) == (None, 4)
    assert known.numbered("youtube", 1, officer=OLA) == before
    assert known.numbered("youtube", 2, officer=OLA).platform.first_chase_days == 3
    assert [it.number for it in known.versions("youtube", officer=DEE).lines] == [3, 2, 1]
    assert PlatformVersionRow.objects.filter(replaced_at__isnull=True).count() == 1


def test_a_version_is_sealed_and_the_log_says_who_made_which() -> None:
    desk = Desk()
    save(desk, with_address(kept("youtube").platform, Transport.EMAIL, "zauberwort@x.example"))
    stored = PlatformVersionRow.objects.get()
    assert b"zauberwort" not in bytes(stored.document or b"")
    entry = EntryRow.objects.get(obj=stored.id)
    assert b'"act":"platform.edit"' in bytes(entry.leaf)
    fields = reading.fields(OpeningRow.objects.get(entry=entry).fields)
    assert (fields["outcome"], fields["ver"], fields["who"]) == ("youtube", 2, str(MAX.ref))


def test_whoever_changes_an_older_version_is_told() -> None:
    desk = Desk()
    changed = replace(kept("youtube").platform, first_chase_days=3)
    save(desk, changed)
    with changing_nothing(), refused(PlatformChanged):
        save(desk, changed)


def test_what_could_not_be_used_is_not_kept() -> None:
    desk = Desk()
    desk.by(MAX)
    with changing_nothing(), refused(PlatformWrong):
        save(desk, replace(kept("youtube").platform, first_chase_days=0))


@pytest.mark.parametrize("officer", [ADA, CY, OLA, DEE], ids=lambda it: it.name)
def test_nobody_but_an_administrator_changes_a_platform(officer: Officer) -> None:
    desk = Desk()
    desk.by(officer)
    platform = kept("youtube").platform
    with changing_nothing(), refused(RoleMissing):
        save(desk, platform, officer=officer)
    with changing_nothing(), refused(RoleMissing):
        platforms.add(replace(platform, code="a.example"), acting=desk.by(officer))


def test_a_platform_that_nobody_knew_is_added_once_and_then_changed() -> None:
    desk = Desk()
    added = replace(kept("youtube").platform, code="videos.example", name="Videos")
    desk.by(MAX)
    with changing_nothing(), refused(NotFound):
        save(desk, added)
    platforms.add(added, acting=desk.by(MAX))
    assert (kept("videos.example").number, kept("videos.example").platform.name) == (1, "Videos")
    assert "Videos" in [it.name for it in known.signed_off(officer=ADA).lines]
    assert [it.number for it in known.versions("videos.example", officer=ADA).lines] == [1]
    with changing_nothing(), refused(PlatformKnown):
        platforms.add(added, acting=desk.by(MAX))
    with changing_nothing(), refused(PlatformKnown):
        platforms.add(replace(added, code="clipnest.example"), acting=desk.by(MAX))
    assert save(desk, replace(added, name="Clips")) == 2


@pytest.mark.parametrize("code", ["nobody", "\0"])
def test_of_an_unknown_platform_nothing_is_kept(code: str) -> None:
    with pytest.raises(NotFound):
        known.current(code, officer=ADA)
    for platform in (code, "youtube"):
        with pytest.raises(NotFound):
            known.numbered(platform, 7, officer=ADA)
    assert known.lawbook_for("nobody") == known.lawbook()


def test_a_platforms_own_chase_times_stand_in_place_of_the_desks() -> None:
    desk = Desk()
    desk.sign_off()
    save(desk, replace(kept("vimeo").platform, first_chase_days=60, chase_gap_days=1))
    slow, usual = (
        desk.brought_to(State.SENT, address=it)
        for it in ("https://vimeo.com/99991234", "https://youtu.be/dQw4w9WgXcQ")
    )
    desk.now += timedelta(days=30)
    with changing_nothing(), refused(NoChaseYet):
        notices.chase(slow, acting=desk.by(ADA))
    [pile] = [
        it
        for it in worklist.waiting_for(acting=as_reader(BO, desk.now))
        if it.why is worklist.Waiting.TO_CHASE
    ]
    assert [it.reference for it in pile.lines] == [usual]
    desk.now += timedelta(days=90)
    notice = notices.chase(slow, carrier=NOBODY, acting=desk.by(ADA))
    notices.deliver(notice, last_attempt=False, carrier=NOBODY, acting=desk.by(WORKER))
    assert one_referral.one(slow, acting=as_reader(ADA)).times.desk.chase_gap_days == 1


def test_chase_times_that_are_changed_do_not_reach_back_to_what_waits() -> None:
    desk = Desk()
    desk.sign_off()
    reference = desk.brought_to(State.SENT, address="https://vimeo.com/99991234")
    due = row(reference).due_at
    save(desk, replace(kept("vimeo").platform, first_chase_days=60))
    assert due is not None
    desk.now = due
    assert [it.reference for it in known_due.to_chase(officer=BO, now=desk.now).lines] == [
        reference
    ]
    notices.chase(reference, carrier=NOBODY, acting=desk.by(ADA))


def test_what_is_put_off_was_due_by_the_platforms_own_times() -> None:
    desk = Desk()
    desk.sign_off()
    save(desk, replace(kept("vimeo").platform, first_chase_days=2))
    reference = desk.brought_to(State.SENT, address="https://vimeo.com/99991234")
    due, calendar = row(reference).due_at, settings.CLOCKS.calendar
    until = calendar.working_day_after(calendar.day_of(desk.now), 6)
    snoozes.put_off(reference, until, "They asked for time.", acting=desk.by(ADA))
    [line] = known_due.put_off(officer=BO, now=desk.now).lines
    assert line.postponed is not None
    assert line.postponed.was_due_at == due


def test_a_platforms_own_gap_ends_the_waiting_sooner() -> None:
    desk = Desk()
    desk.sign_off()
    save(desk, replace(kept("vimeo").platform, chase_gap_days=1))
    reference = desk.brought_to(State.SENT, address="https://vimeo.com/99991234")
    for _ in range(settings.DESK.chases_before_silence):
        chased(desk, reference)
    desk.now += timedelta(days=5)
    assert answers.note_silences(acting=desk.by(WORKER)) == 1
    assert row(reference).state == State.NO_RESPONSE


def test_suggestions_come_from_what_the_desk_keeps() -> None:
    desk = Desk()
    platform = kept("vimeo").platform
    policy = replace(platform.policies[0], code="own", title="Own", harms=("A1",))
    save(desk, replace(platform, policies=(*platform.policies, policy)))
    book = known.lawbook_for("vimeo")
    found = book.platforms["vimeo"].policies_for(book.harm("A1"), on=desk.now.date())
    assert "Own" in [it.title for it in found]
    assert known.lawbook().platforms["vimeo"] == platform


def test_a_sign_off_is_ended_at_once_and_stops_what_is_queued() -> None:
    desk = Desk()
    desk.sign_off()
    reference = desk.brought_to(State.APPROVED)
    notice = notices.send(reference, "email", carrier=NOBODY, acting=desk.by(ADA))
    with changing_nothing(), refused(RoleMissing):
        platforms.end_sign_off(ANY_OTHER_SITE, Transport.EMAIL, acting=desk.by(ADA))
    platforms.end_sign_off(ANY_OTHER_SITE, Transport.EMAIL, acting=desk.by(DEE))
    with changing_nothing(), refused(NotFound):
        platforms.end_sign_off(ANY_OTHER_SITE, Transport.EMAIL, acting=desk.by(DEE))
    notices.deliver(notice, last_attempt=False, carrier=NOBODY, acting=desk.by(WORKER))
    assert row(reference).state == State.UNDELIVERABLE
    [sent] = one_referral.one(reference, acting=as_reader(ADA)).notices
    assert sent.failure == "signoff"


def test_a_message_does_not_go_to_an_address_that_was_replaced_meanwhile() -> None:
    desk = Desk()
    desk.sign_off(contact="wrong@hub.example")
    reference = desk.brought_to(State.APPROVED)
    notice = notices.send(reference, "email", carrier=NOBODY, acting=desk.by(ADA))
    desk.sign_off(contact="right@hub.example")
    notices.deliver(notice, last_attempt=False, carrier=NOBODY, acting=desk.by(WORKER))
    assert row(reference).state == State.UNDELIVERABLE


def test_the_review_date_of_a_sign_off_is_a_day_of_this_desks_own_calendar() -> None:
    desk = Desk(now=datetime(2026, 7, 9, 20, 0, tzinfo=UTC))
    sign_off(desk, review_on=date(2026, 7, 10))
    reference = desk.brought_to(State.APPROVED, address="https://youtu.be/dQw4w9WgXcQ")
    desk.now = datetime(2026, 7, 10, 22, 30, tzinfo=UTC)  # 23:30 on that day in London
    notices.send(reference, "email", carrier=NOBODY, acting=desk.by(ADA))
    other = desk.brought_to(State.APPROVED, address="https://youtu.be/aB3dE5gH7_k")
    desk.now = datetime(2026, 7, 10, 23, 10, tzinfo=UTC)  # ten past midnight there
    with changing_nothing(), refused(NotSignedOff):
        notices.send(other, "email", carrier=NOBODY, acting=desk.by(ADA))
    with changing_nothing(), refused(SignOffWrong):
        sign_off(desk, review_on=date(2026, 7, 11))

"""Notes to colleagues: sealed, added, never changed; who is mentioned is told without content."""

from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from procrastinate.contrib.django.models import ProcrastinateJob

from evenhand.actions import notes, officers
from evenhand.queries import notes as between
from evenhand.queries import referral as one_referral
from evenhand.rules.handover import CannotWorkOnIt
from evenhand.rules.notes import NoMoreWords
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.referrals import NotFound, State
from evenhand.rules.texts import TextMissing
from evenhand.store.casework import NoteRow
from evenhand.transports.email import NotAccepted
from tests.builders import ADA, BO, CY, DEE, OLA, acting, as_reader
from tests.journeys import Desk, changing_nothing, refused, row
from tests.mail import MailServer, mail_server

pytestmark = pytest.mark.django_db
WORDS = "The second clip is the same voice."


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    for officer in (ADA, BO, CY, DEE):
        desk.add(officer)
    return desk


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with mail_server() as server:
        monkeypatch.setattr(settings, "SMTP_URL", server.address)
        yield server


def waiting_for(officer: object) -> list[str]:
    return [it.reference for it in between.unread(officer=officer).waiting]  # type: ignore[arg-type]


def test_a_note_is_read_by_colleagues_and_by_nobody_else(desk: Desk) -> None:
    reference = desk.log()
    before = row(reference).version
    notes.write(reference, WORDS, ["bo"], acting=desk.by(ADA))
    notes.write(reference, "@cy: and the third?", acting=desk.by(BO))
    for read in (
        one_referral.one(reference, acting=as_reader(CY)).notes,
        between.notes_on(reference, acting=as_reader(CY)).items,
    ):
        assert [(it.by, it.text, it.mentions) for it in read] == [
            ("Ada", WORDS, ["Bo"]),
            ("Bo", "@cy: and the third?", ["Cy"]),
        ]
    assert row(reference).version == before + 2
    withheld = one_referral.one(reference, acting=as_reader(OLA)).notes
    assert [it.text for it in withheld] == [None, None]
    with refused(RoleMissing):
        between.notes_on(reference, acting=as_reader(OLA))


def test_a_mention_waits_until_it_is_read(desk: Desk) -> None:
    reference, other = desk.log(), desk.log()
    notes.write(reference, "@bo @ada @dee @nobody", ["cy", "cy"], acting=desk.by(ADA))
    notes.write(other, "Also this.", ["bo"], acting=desk.by(ADA))
    assert waiting_for(BO) == [reference, other]
    assert waiting_for(CY) == [reference]
    assert waiting_for(ADA) == waiting_for(DEE) == []
    notes.mark_read(reference, acting=desk.by(BO))
    assert (waiting_for(BO), waiting_for(CY)) == ([other], [reference])


def test_many_mentions_are_shown_a_page_at_a_time(desk: Desk) -> None:
    for _ in range(26):
        notes.write(desk.log(), "Look.", ["bo"], acting=desk.by(ADA))
    found = between.unread(officer=BO)
    assert (len(found.waiting), found.more) == (25, True)


def test_a_note_that_may_not_be_changes_nothing(desk: Desk) -> None:
    reference, gone = desk.log(), desk.brought_to(State.STATUTORY_ROUTE)
    for rule, who, what, text, mentions in (
        (RoleMissing, DEE, reference, WORDS, []),
        (TextMissing, ADA, reference, " ", []),
        (CannotWorkOnIt, ADA, reference, WORDS, ["dee"]),
        (CannotWorkOnIt, ADA, reference, WORDS, ["nobody"]),
        (NoMoreWords, ADA, gone, WORDS, []),
        (NotFound, ADA, "2026-999999", WORDS, []),
    ):
        with changing_nothing(), refused(rule):
            notes.write(what, text, mentions, acting=acting(who, desk.now))


def test_the_statutory_route_destroys_notes_as_well(desk: Desk) -> None:
    reference = desk.log()
    notes.write(reference, WORDS, acting=desk.by(ADA))
    desk.do(reference, "statutory")
    [note] = NoteRow.objects.all()
    assert note.text is None


def test_who_is_mentioned_is_told_by_mail_that_there_is_a_note_and_not_what(
    desk: Desk, server: MailServer
) -> None:
    User.objects.filter(username="bo").update(email="bo@desk.example")
    reference = desk.log()
    notes.write(reference, WORDS, ["bo"], acting=desk.by(ADA))
    [job] = ProcrastinateJob.objects.filter(task_name="tell_of_note")
    [note] = NoteRow.objects.all()
    assert job.args == {"note": str(note.id), "officer": str(BO.ref)}
    notes.tell(note.id, BO.ref, last_attempt=False, at=desk.now)
    [(_sender, recipients, sent)] = server.taken
    mail = message_from_bytes(sent, policy=policy.default)
    text = mail.get_content()
    assert recipients == ["bo@desk.example"]
    assert f"/referrals/{reference}/notes/" in text
    assert "voice" not in sent.decode()


def test_without_an_address_or_after_leaving_there_is_no_mail(
    desk: Desk, server: MailServer
) -> None:
    notes.write(desk.log(), WORDS, ["bo"], acting=desk.by(ADA))
    [note] = NoteRow.objects.all()
    notes.tell(note.id, BO.ref, last_attempt=False, at=desk.now)
    User.objects.filter(username="bo").update(email="bo@desk.example")
    officers.retire("bo", acting=desk.by(WORKER))
    notes.tell(note.id, BO.ref, last_attempt=False, at=desk.now)
    assert server.taken == []


def test_a_mail_that_is_not_taken_is_tried_again_and_in_the_end_let_be(
    desk: Desk, server: MailServer
) -> None:
    User.objects.filter(username="bo").update(email="bo@desk.example")
    notes.write(desk.log(), WORDS, ["bo"], acting=desk.by(ADA))
    [note] = NoteRow.objects.all()
    server.to_data = "450 Later"
    with pytest.raises(NotAccepted):
        notes.tell(note.id, BO.ref, last_attempt=False, at=desk.now)
    notes.tell(note.id, BO.ref, last_attempt=True, at=desk.now)
    server.to_data = "550 Never"
    notes.tell(note.id, BO.ref, last_attempt=False, at=desk.now)
    assert server.taken == []


def test_whoever_is_called_and_told_nothing_is_named(desk: Desk) -> None:
    desk.by(ADA), desk.by(BO), desk.by(DEE)
    assert notes.called_in_vain("@bo, @dee and @nobody.") == ["dee", "nobody"]
    assert notes.called_in_vain("Nobody is called.") == []

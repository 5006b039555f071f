"""Mail that comes in: each message kept once and whole, and attached by its marks alone."""

import hashlib
import os
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, connection, transaction

from evenhand.actions import answers, assessments, mail
from evenhand.actions.erasing_again import erase_again
from evenhand.ledger.acts import Act
from evenhand.ledger.erasures import Erased
from evenhand.queries import all_steps, history
from evenhand.queries import mail as mails
from evenhand.queries import referral as one_referral
from evenhand.queries.steps import MailReceived
from evenhand.queries.worklist import Waiting, waiting_for
from evenhand.rules.answers import AnswerKind, Outcome
from evenhand.rules.assessments import ReportedTo
from evenhand.rules.mail import (
    MOST_BYTES,
    AlreadyRead,
    Hint,
    MailKind,
    MailSettled,
    MailStanding,
    MayAnswer,
    NobodyWroteThere,
    NoBounce,
    OtherReferralsMail,
)
from evenhand.rules.officers import WORKER, RoleMissing
from evenhand.rules.referrals import ChangedMeanwhile, NotFound, State
from evenhand.rules.texts import ReasonMissing
from evenhand.store.casework import NoticeRow
from evenhand.store.keys import RecordKeyRow
from evenhand.store.mail import MailboxRow, MailMessageRow, MailRow
from evenhand.store.writing import writing
from evenhand.transports.mail_folder import KEPT
from evenhand.transports.mailbox import Arrived
from tests.actions.asking_rights import on_paper as asked_on_paper
from tests.actions.foi import on_paper
from tests.builders import ADA, BO, CAST, MAX, OLA, RIA, as_reader
from tests.dovecot import imap_server
from tests.journeys import Desk, changing_nothing, refused, row
from tests.letters import HOSTILE, REAL, bounce, letter

pytestmark = pytest.mark.django_db
WHY = "The sender named the address on the phone."


def ours(reference: str) -> str:
    """The reply address of a referral."""
    local, _, host = settings.DESK.contact_email.partition("@")
    return f"{local}+{reference}@{host}"


def of_this_desk(data: bytes) -> bytes:
    """A mail to this desk, in place of the one that the letters are written to."""
    return data.replace(b"desk.example", settings.DESK.contact_email.partition("@")[2].encode())


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Box":
    """A folder that this desk takes its mail from."""
    monkeypatch.setattr(settings, "MAIL_IN", tmp_path.as_uri())
    return Box(tmp_path)


class Box:
    """A folder with mail, and a desk that reads it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.desk, self.dropped = folder, Desk(), 0

    def drop(self, data: bytes, name: str = "") -> Path:
        """Put a message into the folder."""
        self.dropped += 1
        path = self.folder / f"{name or self.dropped:>04}.eml"
        path.write_bytes(data)
        past = self.desk.now.timestamp() - 60
        os.utime(path, (past, past))
        return path

    def take_in(self) -> int:
        """Have the worker look."""
        return mail.take_in(acting=self.desk.by(WORKER))

    def came(self, data: bytes) -> MailRow:
        """Have one message come in; give its row."""
        self.drop(data)
        assert self.take_in() == 1
        return MailRow.objects.get(message_sha256=hashlib.sha256(data).digest())


def kept_bytes(row: MailRow) -> bytes:
    fresh = MailRow.objects.one(row.id)
    return MailMessageRow.objects.get(id=row.id).opened(fresh.own_key())


def notice_of(reference: str) -> NoticeRow:
    return NoticeRow.objects.get(referral__reference=reference)


def test_a_desk_without_a_mailbox_takes_nothing_in() -> None:
    with changing_nothing():
        assert mail.take_in(acting=Desk().by(WORKER)) == 0


def test_every_real_and_every_hostile_mail_is_kept_byte_for_byte_and_attached_to_nothing(
    box: Box,
) -> None:
    box.desk.brought_to(State.SENT)
    sent = {it.read_bytes() for it in REAL} | set(HOSTILE.values())
    for data in sent:
        box.drop(data)
    assert box.take_in() == len(sent)
    rows = list(MailRow.objects.all())
    assert {kept_bytes(it) for it in rows} == sent
    assert {it.standing for it in rows} == {MailStanding.WAITING}
    assert len(list((box.folder / KEPT).iterdir())) == len(sent)


def test_a_message_that_came_twice_is_kept_once(box: Box) -> None:
    box.drop(letter())
    box.drop(letter())
    assert box.take_in() == 1
    box.drop(letter())
    assert box.take_in() == 0
    assert not list(box.folder.glob("*.eml"))


@pytest.mark.parametrize("by", ["address", "subject", "message"])
def test_each_mark_alone_brings_a_message_to_its_referral(box: Box, by: str) -> None:
    reference = box.desk.brought_to(State.SENT)
    named = f"<{notice_of(reference).id}@{settings.DESK.contact_email.partition('@')[2]}>"
    data = {
        "address": letter(to="x@y.example", Delivered_To=ours(reference)),
        "subject": letter(subject=f"Re: [{reference}] Request"),
        "message": letter(In_Reply_To=named),
    }[by]
    came = box.came(data)
    assert came.referral == row(reference)
    assert (came.notice_id is not None) == (by == "message")
    assert kept_bytes(came) == data
    assert not RecordKeyRow.objects.filter(id=came.id).exists()


def test_marks_that_disagree_leave_it_to_a_person(box: Box) -> None:
    first, second = box.desk.brought_to(State.SENT), box.desk.brought_to(State.SENT)
    came = box.came(letter(to=ours(first), subject=f"[{second}]"))
    assert came.standing is MailStanding.WAITING


@pytest.mark.parametrize("state", [State.LOGGED, State.STATUTORY_ROUTE])
def test_what_was_never_sent_has_no_answer(box: Box, state: State) -> None:
    reference = box.desk.brought_to(state)
    came = box.came(letter(to=ours(reference)))
    assert came.standing is MailStanding.WAITING
    with refused(NobodyWroteThere), changing_nothing():
        mail.attach(came.id, reference, WHY, acting=box.desk.by(ADA))


def test_a_reference_that_nobody_has_brings_it_nowhere(box: Box) -> None:
    assert box.came(letter(to=ours("2020-999999"))).standing is MailStanding.WAITING


def test_a_message_is_no_decision_and_waits_to_be_read(box: Box) -> None:
    reference = box.desk.brought_to(State.SENT)
    came = box.came(letter(to=ours(reference)))
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert (read.fact.state, read.answers) == (State.SENT, [])
    [shown] = read.mails
    assert (shown.id, shown.read_at, shown.by) == (came.id, None, None)
    assert shown.sender == "Trust and Safety <abuse@hub.example>"
    owner = next(it for it in CAST if it.ref == row(reference).owner_id)
    [pile] = [it for it in waiting_for(acting=as_reader(owner)) if it.why is Waiting.TO_READ]
    assert [it.reference for it in pile.lines] == [reference]
    made = all_steps.of(reference, acting=box.desk.by(OLA)).steps[0]
    assert isinstance(made, MailReceived)
    assert made.subject is None  # An overseer reads no words.


def test_an_answer_names_its_message_which_is_read_by_then(box: Box) -> None:
    reference = box.desk.brought_to(State.SENT)
    came = box.came(letter(to=ours(reference)))
    answers.record(
        reference, AnswerKind.DECIDED, Outcome.DECLINED, mail=came.id, acting=box.desk.by(ADA)
    )
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert read.answers[-1].mail == came.id
    assert read.mails[0].read_by == "Ada"
    assert row(reference).mail_since is None
    answers.record(
        reference,
        AnswerKind.DECIDED,
        Outcome.RESTRICTED_IN_FULL,
        mail=came.id,
        acting=box.desk.by(BO),
    )
    assert one_referral.one(reference, acting=as_reader(ADA)).mails[0].read_by == "Ada"


def test_an_answer_names_no_message_of_another_referral(box: Box) -> None:
    first, second = box.desk.brought_to(State.SENT), box.desk.brought_to(State.SENT)
    came = box.came(letter(to=ours(first)))
    for named in (came.id, uuid4()):
        with refused(OtherReferralsMail), changing_nothing():
            answers.record(
                second,
                AnswerKind.ACKNOWLEDGED,
                mail=named,
                acting=box.desk.by(ADA),
            )


def test_what_was_read_is_off_the_worklist_and_the_next_stays_on_it(box: Box) -> None:
    reference = box.desk.brought_to(State.SENT)
    first = box.came(letter("one", to=ours(reference)))
    second = box.came(letter("two", to=ours(reference)))
    mail.note_read(first.id, acting=box.desk.by(ADA))
    assert row(reference).mail_since == second.at
    with refused(AlreadyRead), changing_nothing():
        mail.note_read(first.id, acting=box.desk.by(BO))
    with refused(RoleMissing), changing_nothing():
        mail.note_read(second.id, acting=box.desk.by(OLA))
    mail.note_read(second.id, acting=box.desk.by(ADA))
    assert row(reference).mail_since is None
    told = [it.act for it in history.of(reference, officer=ADA).lines]
    assert told[-2:] == [Act.MAIL_READ, Act.MAIL_READ]


def test_a_person_attaches_what_waits_and_it_goes_under_the_referrals_key(box: Box) -> None:
    reference = box.desk.brought_to(State.SENT)
    data = of_this_desk(letter(In_Reply_To="<x@y>", subject="Hello"))
    came = box.came(data)
    assert [it.mail.id for it in mails.waiting(acting=as_reader(ADA)).items] == [came.id]
    with refused(ReasonMissing), changing_nothing():
        mail.attach(came.id, reference, " ", acting=box.desk.by(ADA))
    with refused(ChangedMeanwhile), changing_nothing():
        mail.attach(came.id, reference, WHY, seen_version=1, acting=box.desk.by(ADA))
    with refused(RoleMissing), changing_nothing():
        mail.attach(came.id, reference, WHY, acting=box.desk.by(OLA))
    mail.attach(came.id, reference, WHY, acting=box.desk.by(ADA))
    attached = MailRow.objects.one(came.id)
    assert (attached.referral, attached.key, attached.max_on) == (row(reference), None, None)
    assert kept_bytes(attached) == data
    assert not RecordKeyRow.objects.filter(id=came.id).exists()
    [shown] = one_referral.one(reference, acting=as_reader(ADA)).mails
    assert (shown.by, shown.reason, shown.subject) == ("Ada", WHY, "Hello")
    assert mails.waiting(acting=as_reader(ADA)).items == []
    with refused(MailSettled), changing_nothing():
        mail.attach(came.id, reference, WHY, acting=box.desk.by(ADA))
    with refused(MailSettled), changing_nothing():
        mail.set_aside(came.id, WHY, acting=box.desk.by(ADA))


def test_what_is_set_aside_can_still_be_attached_until_its_last_day(box: Box) -> None:
    reference = box.desk.brought_to(State.SENT)
    came = box.came(letter())
    mail.set_aside(came.id, "An advertisement.", acting=box.desk.by(ADA))
    [line] = mails.put_aside(acting=as_reader(ADA)).items
    assert (line.mail.id, line.mail.reason) == (came.id, "An advertisement.")
    with refused(MailSettled), changing_nothing():
        mail.set_aside(came.id, WHY, acting=box.desk.by(ADA))
    with refused(OtherReferralsMail), changing_nothing():
        mail.note_read(came.id, acting=box.desk.by(ADA))
    mail.attach(came.id, reference, WHY, acting=box.desk.by(ADA))
    assert MailRow.objects.one(came.id).standing is MailStanding.ATTACHED


def test_mail_of_no_referral_is_erased_after_its_days(box: Box) -> None:
    reference = box.desk.brought_to(State.SENT)
    stays = box.came(letter("a", to=ours(reference)))
    goes = box.came(letter("b"))
    box.desk.now += timedelta(days=89)
    assert mail.forget_old(acting=box.desk.by(WORKER)) == 0
    box.desk.now += timedelta(days=3)
    assert mail.forget_old(acting=box.desk.by(WORKER)) == 1
    assert list(MailRow.objects.values_list("id", flat=True)) == [stays.id]
    assert not RecordKeyRow.objects.filter(id=goes.id).exists()
    with refused(NotFound):
        mails.one(goes.id, acting=as_reader(ADA))


def test_a_bounce_is_shown_at_its_notice_and_decides_nothing(box: Box) -> None:
    reference = box.desk.brought_to(State.SENT)
    came = box.came(of_this_desk(bounce(notice_of(reference).id)))
    assert (came.kind, came.status) == (MailKind.BOUNCE, "5.1.1")
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert read.fact.state is State.SENT
    assert read.notices[-1].came_back == "5.1.1"
    with refused(ChangedMeanwhile), changing_nothing():
        mail.note_came_back(came.id, seen_version=1, acting=box.desk.by(ADA))
    mail.note_came_back(came.id, acting=box.desk.by(ADA))
    read = one_referral.one(reference, acting=as_reader(ADA))
    assert read.fact.state is State.UNDELIVERABLE
    assert read.mails[0].read_by == "Ada"
    box.desk.do(reference, "send")
    assert row(reference).state == State.SENT


def test_a_bounce_without_a_code_is_one_too_and_may_have_been_read_before(box: Box) -> None:
    reference = box.desk.brought_to(State.SENT)
    data = bounce(notice_of(reference).id).replace(b"Status: 5.1.1\r\n", b"")
    came = box.came(of_this_desk(data))
    assert notice_of(reference).came_back == mail.UNKNOWN
    mail.note_read(came.id, acting=box.desk.by(ADA))
    mail.note_came_back(came.id, acting=box.desk.by(BO))
    assert MailRow.objects.one(came.id).read_by_id == ADA.ref


def test_a_letter_never_makes_a_referral_undeliverable(box: Box) -> None:
    reference = box.desk.brought_to(State.SENT)
    came = box.came(letter(to=ours(reference)))
    with refused(NoBounce), changing_nothing():
        mail.note_came_back(came.id, acting=box.desk.by(ADA))


def test_a_message_that_is_too_long_is_kept_by_its_headers_and_stays_where_it_is(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MAIL_IN_DELETES", True)
    reference = box.desk.brought_to(State.SENT)
    data = letter("x" * (MOST_BYTES + 1), to=ours(reference))
    box.drop(data)
    assert box.take_in() == 1
    [came] = MailRow.objects.all()
    assert (came.whole, came.size, came.referral) == (False, len(data), row(reference))
    assert data.startswith(kept_bytes(came))
    assert mails.one(came.id, acting=as_reader(ADA)).read.subject == "Your request"
    [left] = (box.folder / KEPT).iterdir()
    assert left.stat().st_size == len(data)


def test_the_longest_message_is_kept_whole_and_deleted_where_the_desk_wants_that(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "MAIL_IN_DELETES", True)
    data = letter().ljust(MOST_BYTES, b"x")
    came = box.came(data)
    assert came.whole
    assert kept_bytes(came) == data
    assert not list(box.folder.iterdir())


def test_what_is_wrong_with_the_mailbox_is_noted_until_it_is_read_again(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mails.mailbox(officer=ADA) is None
    monkeypatch.setattr(settings, "MAIL_IN", (box.folder / "later").as_uri())
    assert box.take_in() == 0
    state = mails.mailbox(officer=ADA)
    assert state is not None
    assert state.failure == "folder_unusable"
    assert state == mails.mailbox_fault(officer=OLA) == mails.mailbox_fault(officer=MAX)
    assert mails.mailbox_fault(officer=RIA) is None
    (box.folder / "later").mkdir()
    assert box.take_in() == 0
    state = mails.mailbox(officer=ADA)
    assert state is not None
    assert (state.failure, state.read_at) == ("", box.desk.now)
    assert mails.mailbox_fault(officer=MAX) is None


def test_a_crash_between_keeping_and_marking_neither_loses_nor_doubles(
    box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    from evenhand.transports.mail_folder import MailFolder

    def killed(*_any: object) -> None:
        raise KeyboardInterrupt

    box.drop(letter("one"))
    box.drop(letter("two"))
    with monkeypatch.context() as patched:
        patched.setattr(MailFolder, "mark", killed)
        with pytest.raises(KeyboardInterrupt):
            box.take_in()
    assert MailRow.objects.count() == 1
    assert box.take_in() == 1
    assert MailRow.objects.count() == 2


def test_a_number_of_an_older_numbering_says_nothing() -> None:
    desk = Desk()
    mailbox = MailboxRow.objects.create(
        mailbox="imaps://d@h/i", numbering=1, last=0, read_at=desk.now
    )
    message = Arrived(7, "7", letter(), len(letter()), True)
    assert mail.keep(message, mailbox.id, 1, acting=desk.by(WORKER))
    assert not mail.keep(message, mailbox.id, 2, acting=desk.by(WORKER))
    mailbox.refresh_from_db()
    assert (mailbox.numbering, mailbox.last) == (2, 7)


def test_mail_goes_with_its_referral(box: Box) -> None:
    reference = box.desk.brought_to(State.CLOSED)
    came = box.came(of_this_desk(bounce(notice_of(reference).id)))
    other = box.came(letter())
    acting = box.desk.by(WORKER)
    gone = Erased(1, b"", Act.RECORD_DISPOSED, row(reference).id, acting.at.date())
    assert erase_again(gone, acting=acting)
    assert list(MailRow.objects.values_list("id", flat=True)) == [other.id]
    assert list(MailMessageRow.objects.values_list("id", flat=True)) == [other.id]
    assert not MailRow.objects.filter(id=came.id).exists()


def test_the_statutory_route_destroys_what_mail_says(box: Box) -> None:
    reference = box.desk.brought_to(State.REOPENED)
    came = box.came(letter(to=ours(reference)))
    mail.note_read(came.id, acting=box.desk.by(ADA))
    assessments.start(reference, acting=box.desk.by(BO))
    assessments.take_statutory_route(
        reference,
        reported_to=ReportedTo.IWF,
        reported_reference="IWF-1",
        acting=box.desk.by(BO),
    )
    [left] = one_referral.one(reference, acting=as_reader(ADA)).mails
    assert (left.sender, left.subject) == ("", "")
    with refused(NotFound):
        mails.message(came.id, acting=as_reader(ADA))


def test_a_look_at_a_message_is_in_the_log_before_it_is_shown(box: Box) -> None:
    reference = box.desk.brought_to(State.SENT)
    waits, belongs = box.came(letter("a")), box.came(letter("b", to=ours(reference)))
    for mail_id, looked_at in ((waits.id, waits.id), (belongs.id, row(reference).id)):
        before = entries_about(looked_at)
        found = mails.one(mail_id, acting=as_reader(ADA, box.desk.now))
        assert entries_about(looked_at) == before + 1
        assert found.read.text in {"a", "b"}
    with refused(RoleMissing):
        mails.one(waits.id, acting=as_reader(OLA))
    with refused(NotFound):
        mails.part(waits.id, 5, acting=as_reader(ADA))
    part, data = mails.part(waits.id, 0, acting=as_reader(ADA))
    assert (part.number, data) == (0, b"a\r\n")


def entries_about(record: UUID) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM entry WHERE obj = %s", [record])
        return int(cursor.fetchone()[0])


def test_the_database_holds_what_the_rules_hold(box: Box) -> None:
    first, second = box.desk.brought_to(State.SENT), box.desk.brought_to(State.SENT)
    never = box.desk.brought_to(State.LOGGED)
    came = box.came(letter(to=ours(first)))
    mail.note_read(came.id, acting=box.desk.by(ADA))
    answers.record(first, AnswerKind.ACKNOWLEDGED, mail=came.id, acting=box.desk.by(ADA))
    other = box.came(letter("b", to=ours(second)))
    waits = box.came(letter("c"))
    wrong = {
        "E-MAIL-02": "UPDATE mail SET key_id = NULL, max_on = NULL,"
        f" referral_id = '{row(never).id}' WHERE id = '{waits.id}'",
        "E-MAIL-01": f"UPDATE mail SET referral_id = '{row(second).id}' WHERE id = '{came.id}'",
        "E-MAIL-05": f"UPDATE mail SET read_by_id = '{BO.ref}' WHERE id = '{came.id}'",
        "E-MAIL-03": f"UPDATE answer SET mail_id = '{other.id}'",
    }
    for code, statement in wrong.items():
        with (
            pytest.raises(IntegrityError, match=code),
            transaction.atomic(),
            writing(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_every_real_mail_is_kept_once_from_a_real_server_which_was_down_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk()
    reference = desk.brought_to(State.SENT)
    sent = [letter(to=ours(reference)), *(it.read_bytes() for it in REAL)]
    sent = [it.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") for it in sent]
    with imap_server() as server:
        monkeypatch.setattr(settings, "MAIL_IN", server.address)
        server.deliver(*sent[:10])
        assert mail.take_in(acting=desk.by(WORKER)) == 10
        address, down = server.address, server.address.replace(str(server.port), "1")
        monkeypatch.setattr(settings, "MAIL_IN", down)
        assert mail.take_in(acting=desk.by(WORKER)) == 0
        monkeypatch.setattr(settings, "MAIL_IN", address)
        server.deliver(*sent)
        assert mail.take_in(acting=desk.by(WORKER)) == len(sent) - 10
        assert mail.take_in(acting=desk.by(WORKER)) == 0
    rows = list(MailRow.objects.all())
    assert sorted(kept_bytes(it) for it in rows) == sorted(sent)
    [attached] = [it for it in rows if it.referral is not None]
    assert kept_bytes(attached) == sent[0]


def test_what_a_colleague_answers_about_a_note_waits_and_says_so(box: Box) -> None:
    reference = box.desk.brought_to(State.SENT)
    subject = f"Re: [{reference}] There is a note for you"
    row = box.came(of_this_desk(letter(to=ours("notes"), subject=subject)))
    assert (row.referral, row.kind) == (None, MailKind.LETTER)
    found = mails.one(row.id, acting=box.desk.by(ADA))
    assert found.hints == [Hint(MayAnswer.NOTE, reference)]


def test_what_names_a_request_waits_and_says_so(box: Box) -> None:
    number, theirs = on_paper(box.desk), asked_on_paper(box.desk)
    subject = f"Re: {theirs} and {number}, not FOI-2020-9999 or R-22222222"
    row = box.came(letter(subject=subject))
    assert row.referral is None
    found = mails.one(row.id, acting=box.desk.by(ADA))
    assert found.hints == [
        Hint(MayAnswer.FOR_INFORMATION, number),
        Hint(MayAnswer.ABOUT_DATA, theirs),
    ]

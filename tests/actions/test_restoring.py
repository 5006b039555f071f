"""A restored desk: what was erased since the backup is erased again, and the log goes on."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections

from evenhand.actions import (
    captures,
    challengers,
    foi,
    foi_ending,
    holds,
    imports,
    imports_passing,
    leavers,
    officers,
    opening,
    people,
    public_reports,
    recalls,
    reporters,
    restoring,
    reviews,
    rights,
    rights_sending,
)
from evenhand.actions.backing_up import one_moment
from evenhand.actions.comparing import compare
from evenhand.actions.comparing_lost import Unopened
from evenhand.actions.erasing_again import AGAIN, BY_THE_CLOCK, erase_again
from evenhand.actions.erasures import ErasureList
from evenhand.actions.exporting import write_published
from evenhand.actions.people_storing import identity_of
from evenhand.actions.sequencing import Sequencer
from evenhand.ledger.acts import CLASS_62, Act, Class62
from evenhand.ledger.broken import Broken
from evenhand.ledger.erasures import ERASED, Erased, read_erasures
from evenhand.ledger.explaining import Fault, Opened
from evenhand.ledger.second_copy import copy_log
from evenhand.ledger.verify import verify
from evenhand.ledger.verify_asked import Asked
from evenhand.queries import retention
from evenhand.queries.health import is_being_restored
from evenhand.rules.holds import HoldKind
from evenhand.rules.imports import Tally
from evenhand.rules.officers import WORKER, Acting
from evenhand.rules.opening import DeskNotOpen
from evenhand.rules.people_finding import Key
from evenhand.rules.public_reports import Worry
from evenhand.rules.referrals import State
from evenhand.rules.rights_replies import Route
from evenhand.seal.keys import KeyFile
from evenhand.store.captures import CaptureRow
from evenhand.store.challengers import ChallengerContactRow
from evenhand.store.challenges import AskingRow
from evenhand.store.imports import ImportedRow, ImportRunRow
from evenhand.store.keys import RecordKeyRow
from evenhand.store.log import EntryRow
from evenhand.store.mail import MailRow
from evenhand.store.officers import FORMER, OfficerRow
from evenhand.store.opening import RestorationRow
from evenhand.store.people import PersonRow
from evenhand.store.public_reports import PublicReportRow, ReporterContactRow
from evenhand.store.referrals import ReferralRow
from evenhand.store.retention import DisposalRow, HoldRow
from evenhand.store.sealing import open_record_key
from evenhand.store.sharing import DisclosureRow, RecallRow
from evenhand.store.traces import TraceRow
from tests.actions import asking_rights
from tests.actions.foi import on_paper, replied, row_of
from tests.actions.people import known_person, person, proposed
from tests.actions.reporting import contact_of, logged_from, opened, reported
from tests.actions.sharing import in_force, released
from tests.actions.test_disposal import DISPOSE, dispose_of
from tests.actions.test_imports import brought, confirmed, counted, passed, records
from tests.actions.test_mail import Box
from tests.builders import ADA, BO, CAST, CY, DEE, EVA, LEE, MAX, NOW, RIA, RON, acting, proposal
from tests.captures import taken
from tests.desks import FreshDesk
from tests.journeys import Desk, asked, challenged, refused, row
from tests.ledger.test_second_copy import KEY, Log
from tests.letters import letter
from tests.mail import MailServer
from tests.opening import compared
from tests.signers import RunningSigner, running_signer

KEPT_NAME = "Alba Staying"


@dataclass
class Story:
    """A desk with a published log, of whose database a copy is made as a backup would be."""

    fresh: FreshDesk
    folder: Path
    signer: RunningSigner
    monkeypatch: pytest.MonkeyPatch
    desk: Desk = field(default_factory=Desk)

    @property
    def log(self) -> Path:
        return self.folder / "log"

    @property
    def list(self) -> Path:
        return self.folder / ERASED

    def publish(self) -> None:
        sequencer = Sequencer(self.log, self.signer.socket)
        for _ in range(2):
            sequencer.step(now=self.desk.now)

    def back_up(self) -> None:
        connections.close_all()
        self.fresh.server.clone(f"{self.fresh.name}_set", of=self.fresh.name)

    @contextmanager
    def as_backed_up(self) -> Iterator[FreshDesk]:
        """Use the copy as the desk's database, as it is once its tables are loaded."""
        copy = f"{self.fresh.name}_set"
        try:
            with FreshDesk(self.fresh.server, of=copy).open(self.monkeypatch) as desk:
                yield desk
        finally:
            self.fresh.server.drop(copy)

    def restore(self, log: Path | None = None, **more: object) -> restoring.Restored:
        erasures = restoring.read_lists([self.list])
        given = {"as_of": self.desk.now, "acting": self.worker()} | more
        return restoring.restore(log or self.log, erasures, **given)  # type: ignore[arg-type]

    def worker(self) -> Acting:
        return self.desk.by(WORKER)


@pytest.fixture
def story(
    fresh_desk: FreshDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Story]:
    with running_signer() as signer:
        story = Story(fresh_desk, tmp_path, signer, monkeypatch)
        for officer in CAST:
            story.desk.by(officer)
        yield story


@dataclass(frozen=True)
class Known:
    """What a desk holds when a backup is made, by reference or id."""

    gone: str
    package: str
    stays: str
    asked: str
    content: str
    whole: str
    holds: Mapping[str, UUID]
    opened: str
    statutory: str
    was_passed: UUID
    rejected: UUID
    waits: UUID
    last: UUID
    reports: list[UUID]
    told: UUID
    stopped: UUID
    seen: UUID
    foi: UUID
    request: str


def a_challenger(desk: Desk) -> None:
    """Have somebody challenge who wants to be told, in the week before."""
    now, desk.now = desk.now, desk.now - timedelta(days=7)
    challenged(desk, desk.brought_to(State.SENT), email="vex@mailbox.example")
    desk.now = now


def before_the_backup(desk: Desk) -> Known:
    a_challenger(desk)
    gone = known_person(desk)
    desk.by(EVA)
    content, whole = (desk.do(desk.log(), "withdraw") for _ in range(2))
    first, second = records(confirmed(desk)), records(confirmed(desk))
    passed(desk, first[0], "https://clipnest.example/v/1")
    told = opened(desk, reported(desk))
    public_reports.set_aside(told, "It is private.", acting=desk.by(ADA))
    return Known(
        gone=gone,
        package=released(desk, gone, in_force(desk)),
        stays=known_person(desk, said=proposal(name=KEPT_NAME)),
        asked=proposed(desk, said=proposal(name="Noor Asked")),
        content=content,
        whole=whole,
        holds={it: held(desk, it) for it in (gone, whole)},
        opened=desk.log(),
        statutory=desk.log(),
        was_passed=first[0],
        rejected=first[1],
        waits=second[0],
        last=brought(desk),
        reports=[opened(desk, reported(desk, worry=it)) for it in list(Worry)[:4]],
        told=told,
        stopped=taken(desk, desk.log()),
        seen=taken(desk, desk.log()),
        foi=row_of(on_paper(desk)).id,
        request=asked_about(desk, gone),
    )


def asked_about(desk: Desk, person: str) -> str:
    """Have somebody ask about their data, and the record found; nobody has answered yet."""
    request = asking_rights.on_paper(desk)
    rights.search(request, Key(reference=person), acting=desk.by(RIA))
    rights.settle_hit(request, person, is_theirs=True, reason="Same.", acting=desk.by(RIA))
    return request


def held(desk: Desk, reference: str) -> UUID:
    return holds.place(
        reference, HoldKind.FOI, their_reference="FOI 1", reason="Asked.", acting=desk.by(RIA)
    )


def erase_all(desk: Desk, known: Known) -> None:
    """Erase in every way there is, after the backup."""
    for reference, hold in known.holds.items():
        holds.ask_to_end(reference, hold, "Over.", acting=desk.by(RIA))
        holds.end(reference, hold, acting=desk.by(LEE))
    letter = asking_rights.replied(desk, known.request)
    rights_sending.send(known.request, letter, Route.POST, acting=desk.by(RIA))
    reviews.review(known.gone, DISPOSE, acting=desk.by(RON))
    reviews.confirm(known.gone, acting=desk.by(LEE))
    recalls.deliver(RecallRow.objects.get().id, last_attempt=False, acting=desk.by(WORKER))
    assert reviews.confirm(known.gone, acting=desk.by(LEE))
    came_and_went = proposed(desk, said=proposal(name="Nobody Known"))
    for reference in (known.asked, came_and_went):
        people.refuse(reference, "It is not needed.", acting=desk.by(CY))
    dispose_of(desk, known.content)
    for _content_then_record in range(2):
        dispose_of(desk, known.whole)
    dispose_of(desk, desk.do(known.opened, "withdraw"))
    desk.do(known.statutory, "statutory")
    settle(desk, known.was_passed)
    imports_passing.reject(known.rejected, "It is none.", acting=desk.by(ADA))
    passed(desk, known.waits, "https://clipnest.example/v/2")
    settle(desk, known.waits)
    imports.end(known.last, desk.by(WORKER))
    officers.retire("eva", acting=desk.by(WORKER))
    assert leavers.forget(EVA.ref, acting=desk.by(WORKER))
    logged, joined, aside, lapsed = known.reports
    logged_from(desk, logged)
    public_reports.join(joined, known.opened, acting=desk.by(ADA))
    public_reports.set_aside(aside, "It is private.", acting=desk.by(ADA))
    public_reports.lapse(lapsed, acting=desk.by(WORKER))
    for report in (aside, known.told):
        reporters.deliver(contact_of(report).id, last_attempt=False, acting=desk.by(WORKER))
    captures.stop(known.stopped, acting=desk.by(BO))
    foi_ending.forget(known.foi, acting=desk.by(WORKER))
    challengers.give_up(ChallengerContactRow.objects.get().id, acting=desk.by(WORKER))


def settle(desk: Desk, record: UUID) -> None:
    imports_passing.settle_person(
        record, left_out_because="Nobody needs them.", acting=desk.by(ADA)
    )


def test_what_was_erased_since_is_erased_again_and_nothing_else(
    story: Story, server: MailServer
) -> None:
    known = before_the_backup(story.desk)
    story.publish()
    story.desk.log()  # it has no index yet
    record = person(known.gone)
    key = RecordKeyRow.objects.get(id=record.id)
    sealed = [bytes(record.name or b""), bytes(key.wrapped)]
    story.back_up()
    erase_all(story.desk, known)
    story.desk.now += timedelta(days=3)  # the day that is known of it stays the one it was
    assert len(server.taken) == 3
    story.publish()
    assert {it.act for it in read_erasures(story.list)} == set(AGAIN)
    with story.as_backed_up() as restored:
        assert found(restored, sealed) == 2  # so it is where nothing is erased again
        done = story.restore()
        assert (done.again, done.beyond, done.ran) == (21, 0, True)
        assert done.lost[Act.RECORD_DISPOSED] == 2
        assert found(restored, sealed) == 0
        only_what_was_erased_is_gone(known)
        assert not any(erase_again(it, acting=story.worker()) for it in read_erasures(story.list))
        assert not is_being_restored()
        opened_by_two(story, done)
        assert resting(restored) == []
        before = len(list(read_erasures(story.list)))
        story.publish()  # by the same signer, which would not go back
        compared = compare(story.log)
        assert compared.differences == []
        assert compared.unopened.lost == sum(done.lost.values())
        assert compared.in_tree == EntryRow.objects.count()
        # With each of the four reports it was forgotten how its reporter is reached.
        assert len(list(read_erasures(story.list))) == before + done.again + len(known.reports)


def opened_by_two(story: Story, done: restoring.Restored) -> None:
    """Expect a restored desk to be closed, with what the restore found, until two opened it."""
    desk = story.desk
    with refused(DeskNotOpen):
        desk.log()
    row = RestorationRow.objects.get()
    assert (row.lost, row.erased_again, row.clock_ran) == (dict(done.lost), done.again, True)
    assert row.tree_size is not None
    assert row.tree_size > sum(done.lost.values())
    compared(desk.now + timedelta(seconds=1))
    opening.propose("Looked at it all.", acting=desk.by(MAX))
    opening.attest(acting=desk.by(DEE))


def only_what_was_erased_is_gone(known: Known) -> None:
    assert OfficerRow.objects.get(id=EVA.ref).name == FORMER
    assert not PersonRow.objects.filter(reference=known.gone).exists()
    kept = person(known.stays)
    assert identity_of(kept, open_record_key(kept.key)).name == KEPT_NAME
    assert DisclosureRow.objects.get(reference=known.package).person_id is None
    assert (person(known.asked).standing, person(known.asked).name) == ("refused", None)
    for reference in (known.content, known.opened):
        it = row(reference)
        assert (it.state, it.url, it.schedule) == ("withdrawn", None, "D01")
    assert not ReferralRow.objects.filter(reference=known.whole).exists()
    assert not HoldRow.objects.exists()
    assert [it.day for it in TraceRow.objects.all()] == [NOW.date()]
    it = row(known.statutory)
    assert (it.state, it.description, it.reported_to) == ("statutory_route", None, None)
    assert ImportedRow.objects.get(id=known.was_passed).key_id is None
    assert not ImportedRow.objects.filter(id__in=[known.rejected, known.waits]).exists()
    assert counted("Old")[Tally.ERASED] == 2
    assert ImportRunRow.objects.get(id=known.last).ended_at is not None
    lines = PublicReportRow.objects.exclude(id=known.told).values_list("standing", "url")
    assert set(lines) == {("lapsed", None)}
    assert not ReporterContactRow.objects.exists()
    assert not ChallengerContactRow.objects.exists()
    stopped, seen = (CaptureRow.objects.get(id=it) for it in (known.stopped, known.seen))
    assert (stopped.identity, stopped.locked_by_id) == (None, None)
    assert stopped.locked_at
    assert seen.identity
    certificates = DisposalRow.objects.filter(because="restored", released_by=None)
    assert sorted(certificates.values_list("kind", "what")) == [
        ("person", "record"),
        *[("referral", "content")] * 3,
        ("referral", "record"),
    ]


@pytest.mark.parametrize("kind", HoldKind)
def test_what_holds_a_record_is_read_and_ended_after_its_words_are_destroyed_again(
    story: Story, kind: HoldKind
) -> None:
    desk, reference = story.desk, story.desk.log()
    owner, until = (
        ("DS Quince", desk.now.date() + timedelta(days=90))
        if kind is HoldKind.EVIDENCE
        else ("", None)
    )
    hold = holds.place(
        reference,
        kind,
        their_reference="Case 7",
        reason="A court asks.",
        owner=owner,
        expires_on=until,
        acting=desk.by(RIA),
    )
    description = bytes(row(reference).description or b"")
    story.publish()
    story.back_up()
    desk.do(reference, "statutory")
    story.publish()
    with story.as_backed_up() as restored:
        assert found(restored, [description]) == 1
        done = story.restore()
        assert done.again == 1
        assert (row(reference).state, found(restored, [description])) == ("statutory_route", 0)
        opened_by_two(story, done)
        [kept] = retention.one(reference, acting=desk.by(LEE)).holds
        assert (kept.their_reference, kept.reason, kept.owner) == ("Case 7", "A court asks.", owner)
        assert kept.stands
        holds.ask_to_end(reference, hold, "It is over.", acting=desk.by(RIA))
        holds.end(reference, hold, acting=desk.by(LEE))
        assert not HoldRow.objects.standing(desk.now.date()).exists()


def found(desk: FreshDesk, sealed: list[bytes]) -> int:
    """Count how many of these bytes are anywhere in the tables."""
    with psycopg.connect(desk.owner_url) as run:
        tables = run.execute(
            "SELECT oid::regclass::text FROM pg_class WHERE relkind = 'r'"
            " AND relnamespace::regnamespace::text IN ('public', 'machinery')"
        ).fetchall()
        text = "".join(
            str(
                run.execute(
                    f"SELECT string_agg(it::text, ' ') FROM {name} AS it".encode()
                ).fetchone()
            )
            for (name,) in tables
        )
    return sum(it.hex() in text for it in sealed)


def resting(desk: FreshDesk) -> list[tuple[object, ...]]:
    """Name the triggers that do not fire."""
    with psycopg.connect(desk.owner_url) as run:
        return run.execute("SELECT tgname FROM pg_trigger WHERE tgenabled <> 'O'").fetchall()


def test_log_list_key_and_backup_that_do_not_belong_together_stop_it(
    story: Story, tmp_path: Path
) -> None:
    desk = story.desk
    gone = known_person(desk)
    story.publish()
    copy_log(story.log, _made(tmp_path / "old") / "log")
    desk.log()
    story.publish()
    story.back_up()
    dispose_of(desk, gone)
    story.publish()
    [erased] = list(read_erasures(story.list))
    whole = story.list.read_text()
    other = Log(_made(tmp_path / "other") / "log")
    other.grow(3)
    other.sign()
    KeyFile.create(tmp_path / "another.key")
    with story.as_backed_up():
        for list_ in ("", whole.replace(f'"{erased.record}"', "null")):
            story.list.write_text(list_)
            with pytest.raises(Broken, match="1 of 1 erasures since the backup are not"):
                story.restore()
        story.list.write_text(whole)
        with pytest.raises(Broken, match="The backup is of another log"):
            story.restore(other.folder, keys=[KEY.verifier])
        with story.monkeypatch.context() as patch:
            patch.setattr(restoring, "desk_key", lambda: KeyFile(tmp_path / "another.key"))
            with pytest.raises(Broken, match="The desk's key does not open this backup"):
                story.restore()
        assert is_being_restored()
        assert PersonRow.objects.filter(reference=gone).exists()
        done = story.restore(tmp_path / "old" / "log")
        assert (dict(done.lost), done.again, done.beyond) == ({}, 1, 1)
        assert not PersonRow.objects.exists()
        assert (tmp_path / "old" / ERASED).read_text() == ""
        done = story.restore(tmp_path / "nowhere" / "log")
        assert (done.again, done.beyond) == (0, 1)
    with pytest.raises(Broken, match="an old backup was put in its place"):
        ErasureList(story.log).go_on(0)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def test_a_bundle_of_a_restored_desk_holds_and_says_how_much_was_lost(
    story: Story, tmp_path: Path
) -> None:
    """An entry that waited when the backup was made stands in the tree among the lost ones."""
    desk = story.desk
    story.publish()
    desk.log()  # it has no index yet
    story.back_up()
    for _each in range(2):
        desk.log()
    story.publish()
    with story.as_backed_up():
        lost = sum(story.restore().lost.values())
        story.publish()
        bundle = tmp_path / "bundle"
        policy = "quorum none\n"
        write_published(bundle, log=story.log, policy=policy, since=None, at=desk.now)
    report = verify(bundle, Asked())
    assert report.ok, report.difference
    assert lost >= 2
    told = f"Openings that were lost at a restore of the desk, as its entry says: {lost}."
    assert told in report.remarks


def test_what_a_lost_hold_may_keep_waits_for_somebody_to_look(story: Story) -> None:
    desk = story.desk
    ended = desk.do(desk.log(), "withdraw")
    story.publish()
    story.back_up()
    holds.place(ended, HoldKind.RIGHTS, their_reference="R 1", reason="Asked.", acting=desk.by(RIA))
    story.publish()
    desk.now += timedelta(days=900)
    with story.as_backed_up():
        done = story.restore()
        assert (dict(done.lost), done.ran) == ({"hold.place": 1}, False)
        assert row(ended).url is not None


def test_what_is_held_for_a_request_is_held_on_as_a_review_may_be_lost(story: Story) -> None:
    desk = story.desk
    number, reference = on_paper(desk), desk.do(desk.log(), "withdraw")
    foi.hold(number, reference, "It is asked for.", acting=desk.by(RIA))
    replied(desk, number)
    story.publish()
    story.back_up()
    desk.now += timedelta(days=100)
    with story.as_backed_up():
        assert story.restore().ran
        assert HoldRow.objects.standing(desk.now.date()).exists()


def test_what_the_clock_forgot_since_goes_again(story: Story, tmp_path: Path) -> None:
    desk = story.desk
    story.monkeypatch.setattr(settings, "MAIL_IN", _made(tmp_path / "mail").as_uri())
    box = Box(tmp_path / "mail")
    box.desk = desk
    box.came(letter())
    told = opened(desk, reported(desk, email=""))
    public_reports.set_aside(told, "It is private.", acting=desk.by(ADA))
    asked(desk, "https://site.example/asked/once")
    story.publish()
    story.back_up()
    desk.now += timedelta(days=300)
    kept = (MailRow, PublicReportRow, AskingRow)
    with story.as_backed_up():
        assert all(it.objects.exists() for it in kept)
        assert story.restore().ran
        assert not any(it.objects.exists() for it in kept)


def test_every_act_that_erases_is_done_again_or_by_its_clock() -> None:
    erasing = {act for act, kind in CLASS_62.items() if kind is Class62.ERASURE}
    assert erasing == {*AGAIN, *BY_THE_CLOCK}
    looks = Erased(1, bytes(32), Act.LOOKS_FORGOTTEN, None, NOW.date())
    assert not erase_again(looks, acting=acting(WORKER))


def test_a_backup_is_entered_before_it_is_made_and_holds_one_moment(fresh_desk: FreshDesk) -> None:
    desk = Desk()
    desk.log()
    with (
        one_moment(acting=desk.by(WORKER)) as moment,
        psycopg.connect(fresh_desk.owner_url, autocommit=True) as owner,
    ):
        owner.execute("BEGIN ISOLATION LEVEL REPEATABLE READ")
        owner.execute(f"SET TRANSACTION SNAPSHOT '{moment.snapshot}'".encode())
        seen = owner.execute("SELECT count(*), max(number) FROM entry").fetchone()
        owner.execute("COMMIT")
    newest = EntryRow.objects.order_by("-number").first()
    assert newest is not None
    assert seen == (moment.entries, newest.number)
    assert bytes(newest.leaf).startswith(b'{"act":"desk.backup",')


def test_only_a_database_without_a_desk_or_a_broken_off_restore_is_free(
    fresh_desk: FreshDesk,
) -> None:
    from evenhand.store import restoring as store

    assert fresh_desk.name
    assert restoring.is_occupied()
    store.close()
    assert not restoring.is_occupied()
    restoring.begin_anew()
    assert not store.holds_something()
    restoring.begin_anew()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('entry')")
        assert cursor.fetchone() == (None,)


def test_only_as_many_as_a_restore_tells_of_are_lost() -> None:
    def restore(times: int) -> Opened:
        return Opened(None, act=Act.DESK_RESTORED, fields={"times": times})

    unopened = Unopened()
    for number in (3, 4, 5):
        unopened.add(number)
    assert unopened.before(restore(2)) == [3]
    unopened.add(7)
    assert unopened.before(Opened(None, act=Act.REFERRAL_LOGGED, fields={"times": 1})) == [7]
    unopened.add(9)
    assert unopened.before(restore(5)) == []
    unopened.add(11)
    assert unopened.before(Opened(Fault.LEAF_ALTERED)) == [11]
    unopened.add(12)
    assert (unopened.before(), unopened.lost) == ([12], 3)

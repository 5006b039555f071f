"""Known words go into every field of free text; then every byte that is kept is searched for them.

Given a desk on a server of its own, when words are written in every field and everything has been
done with them, then no file of the server, no dump of it, no job, session or log line holds one,
and neither does the published log nor a bundle of it. Some of the words were destroyed by then, a
person and two referrals were disposed of, and the log still verifies.
A plain word written outside the seal is found by the same search, so the search is not blind.
"""

import json
import logging
import os
import subprocess
from base64 import b64encode
from binascii import hexlify
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from secrets import token_hex
from typing import Any
from urllib.parse import quote
from uuid import UUID

import psycopg
import pytest
from django.contrib.auth.models import User

from evenhand.actions import (
    answers,
    assessments,
    captures,
    challenges,
    decisions,
    drafts,
    handover,
    holds,
    imports,
    imports_passing,
    mail,
    notes,
    notices,
    people,
    people_statements,
    platforms,
    public_reports,
    referrals,
    reviews,
    rights,
    rights_letters,
    rights_sending,
    sheets,
)
from evenhand.actions.exporting import write_published
from evenhand.actions.referrals import Admitted
from evenhand.actions.repeats import Reply, once
from evenhand.actions.sequencing import Sequencer
from evenhand.ledger.verify import verify
from evenhand.ledger.verify_asked import Asked
from evenhand.ledger.verify_report import Report
from evenhand.queries import captures as files_kept
from evenhand.queries import imports as quarantine
from evenhand.queries import platforms as known
from evenhand.queries import referral as one_referral
from evenhand.queries import referrals as lists
from evenhand.rules.answers import AnswerKind, Seen
from evenhand.rules.answers import Outcome as Answered
from evenhand.rules.assessments import KINDS, Child, Expression, ReportedTo
from evenhand.rules.challenges import ChallengeStanding, Settlement, Withholding
from evenhand.rules.clocks_events import Happened
from evenhand.rules.holds import HoldKind
from evenhand.rules.lawbook import Fill, FormField
from evenhand.rules.notices import NoticeKind, Transport
from evenhand.rules.notification import RestrictionGround
from evenhand.rules.officers import WORKER
from evenhand.rules.people import Answers
from evenhand.rules.people_ages import Age, AgeBasis
from evenhand.rules.people_finding import Key
from evenhand.rules.platforms import with_address, with_form
from evenhand.rules.referrals import Decision, State, TriageOutcome
from evenhand.rules.reviews import Question, Review, ReviewOutcome
from evenhand.rules.rights import Mark, Withheld
from evenhand.rules.rights_replies import Reply as Replied
from evenhand.rules.rights_replies import RightsOutcome, Route
from evenhand.rules.sheets import ByHand
from evenhand.store.log import EntryRow
from evenhand.store.people_statements import StatementRow
from tests.actions.asking_rights import on_paper
from tests.actions.people import known_person
from tests.actions.reporting import opened, reported
from tests.actions.test_imports import records
from tests.arriving import have_come, reply_address
from tests.builders import (
    ADA,
    BO,
    CY,
    DEE,
    GUS,
    LEE,
    MAX,
    RIA,
    RON,
    TODAY,
    adult,
    assessment,
    fact,
    intake,
    proposal,
    review_date,
)
from tests.capture_files import png
from tests.captures import coming, received, taking
from tests.desks import FreshDesk
from tests.journeys import Desk, challenged
from tests.letters import letter
from tests.mail import mail_server
from tests.signers import running_signer
from tests.workbooks import xlsx


class Canaries:
    """Makes words that nobody ever wrote before, all beginning alike: one search finds any."""

    def __init__(self) -> None:
        self.beginning = f"zq{token_hex(9)}"
        self.words: dict[str, str] = {}
        self.days: list[str] = []

    def __call__(self, place: str) -> str:
        word = f"{self.beginning}{len(self.words):04d}"
        self.words[word] = place
        return word

    def found_in(self, data: bytes) -> set[str]:
        """Say which of the words, or that some of them in another spelling, are among the bytes."""
        if not any(form in data for form in self.spellings()):
            return set()
        return {it for word, it in self.words.items() if word.encode() in data} or {"otherwise"}

    def spellings(self) -> set[bytes]:
        """Give every spelling of the words and of the days that nobody is to find."""
        return {form for text in (self.beginning, *self.days) for form in spelt(text)}


def spelt(text: str) -> set[bytes]:
    """Give what to look for: as written, in capitals, wide, escaped, in hex and in base 64."""
    plain = text.encode()
    wide = {text.encode("utf-16-le"), text.encode("utf-16-be")}
    escaped = "".join(f"\\u{ord(it):04x}" for it in text).encode()
    coded = {b64encode(b"x" * before + plain)[4:-4] for before in range(3)}
    return {plain, plain.upper(), *wide, escaped, plain.hex().encode(), *coded}


def live_through_everything(desk: Desk, put: Canaries, monkeypatch: pytest.MonkeyPatch) -> None:
    """Write a new word in every field that takes one, by every act that takes a text."""
    platforms.sign_off(
        "other",
        transport=Transport.EMAIL,
        contact=f"{put('contact')}@hub.example",
        basis=put("basis"),
        review_on=review_date(),
        acting=desk.by(DEE),
    )
    address = f"https://videos.example/{put('address')}?q={quote(put('query'))}#{put('fragment')}"
    said = intake(description=put("description"), source_detail=put("source detail"))
    acting = desk.by(ADA)
    content = referrals.admit(address, said, acting=acting)
    first = referrals.log(content, address, said, acting=acting)
    again = referrals.log(
        content,
        address,
        said,
        continuing=referrals.Continuing(reason=put("continue")),
        acting=desk.by(ADA),
    )
    referrals.triage(again, TriageOutcome.NOT_FOR_US, put("triage"), acting=desk.by(ADA))
    referrals.triage(first, TriageOutcome.PROCEED, put("triage on"), acting=desk.by(ADA))
    for decision in (Decision.RETURN, Decision.APPROVE):
        told = assessment(
            expression=frozenset(Expression),
            child=Child.YES,
            **{name: put(f"{name}, before {decision}") for name in KINDS},
        )
        assessments.submit(first, told, acting=desk.by(BO))
        decisions.decide(first, decision, put(f"reason to {decision}"), acting=desk.by(CY))
    send_and_remind(desk, first, monkeypatch)
    send_by_hand(desk, put)
    have_mail_come_in(desk, put, first)
    for kind, outcome in (
        (AnswerKind.ACKNOWLEDGED, None),
        (AnswerKind.DECIDED, Answered.RESTRICTED_IN_FULL),
    ):
        answers.record(
            first,
            kind,
            outcome,
            their_reference=put(f"{kind} their reference"),
            ground_relied_on=put(f"{kind} ground"),
            statement_of_reasons={put(f"{kind} name"): [put(f"{kind} statement")]},
            acting=desk.by(ADA),
        )
    answers.look_again(first, Seen.NOT_VISIBLE, acting=desk.by(ADA))
    handover.hand_over(first, "cy", put("hand over"), acting=desk.by(BO))
    notes.write(first, f"{put('note')} @cy", acting=desk.by(BO))
    keep_a_capture(desk, first, put)
    one_referral.one(first, acting=desk.by(CY))
    lists.find(lists.Filter(q=put("search")), acting=desk.by(CY))
    referrals.close(first, put("close"), acting=desk.by(ADA))
    referrals.reopen(first, put("reopen"), acting=desk.by(CY))
    referrals.withdraw(first, put("withdraw"), acting=desk.by(ADA))
    desk.assured()
    bring_an_old_system_over(desk, put)
    report_in_public(desk, put)
    challenge_in_public(desk, put)
    ask_about_their_data(desk, put)
    erase(desk, put)
    dispose(desk, put, first)


def challenge_in_public(desk: Desk, put: Canaries) -> None:
    """Have one referral challenged and settled, and another kept from posters."""
    reached = f"{put('challenger')}@mailbox.example"
    sent = desk.brought_to(State.SENT)
    made = challenged(desk, sent, put("challenge"), email=reached)
    how = Settlement(
        standing=ChallengeStanding.UPHELD, reasons=put("why upheld"), told=put("told a poster")
    )
    challenges.settle(made, how, acting=desk.by(GUS))
    until = desk.now.date() + timedelta(days=30)
    why = Withholding(ground=RestrictionGround.CRIME, reasons=put("withheld"), until=until)
    kept = desk.brought_to(State.SENT)
    challenges.withhold(kept, why, acting=desk.by(DEE))
    challenges.tell_again(kept, put("told again"), acting=desk.by(DEE))


def ask_about_their_data(desk: Desk, put: Canaries) -> None:
    """Have somebody who is on record ask on paper, and be answered in part."""
    born, name = date(1990, 4, 1), put("name of who asks")
    person = known_person(desk, said=proposal(name=name, age=adult(birth_date=born)))
    said: dict[str, Any] = {"name": name, "birth_date": born}
    said |= {"wish": put("wish"), "postal": put("postal")}
    request = on_paper(desk, email="who.asks@mailbox.example", **said)
    today, ria = desk.now.date(), RIA
    rights.move(request, Happened.IDENTITY_ASKED, today, put("doubt"), acting=desk.by(ria))
    rights.move(request, Happened.IDENTITY_GIVEN, today, put("seen"), acting=desk.by(ria))
    rights.search(request, Key(name=name, birth_date=born), acting=desk.by(ria))
    whose = put("whose record")
    rights.settle_hit(request, person, is_theirs=True, reason=whose, acting=desk.by(ria))
    held = Mark(withheld=Withheld.THIRD_PARTY, reasons=put("held back"))
    statement = StatementRow.objects.get(person__reference=person)
    piece = f"person_statement/{statement.id}"
    rights.hold_back(request, person, piece, held, acting=desk.by(ria))
    part = Replied(
        outcome=RightsOutcome.GIVEN_IN_PART, reasons=put("reasons"), because=put("because")
    )
    letter = rights_letters.propose(request, part, acting=desk.by(ria))
    rights_letters.answer(request, letter, put("answer"), approves=True, acting=desk.by(DEE))
    rights_sending.send(request, letter, Route.POST, acting=desk.by(ria))


def report_in_public(desk: Desk, put: Canaries) -> None:
    """Have the public report content: one report waits, another is set aside for a reason."""
    both = []
    for number in range(2):
        said = {
            "url": f"https://site.example/{put(f'reported address {number}')}",
            "why": put(f"why it was reported {number}"),
            "email": f"{put(f'reporter {number}')}@mailbox.example",
        }
        both.append(opened(desk, reported(desk, **said)))
    public_reports.set_aside(both[0], put("set aside"), acting=desk.by(ADA))


def dispose(
    desk: Desk, put: Canaries, referral: str, *, before: Callable[[], object] = lambda: None
) -> None:
    """Have somebody on record, hold and review them, and dispose of them and of a referral.

    ``before`` is done right before the disposal, as a copy is made then.
    """
    for officer in (LEE, RON):
        desk.add(officer)
    put.days += ["1931-07-29", "29 July 1931", "1931, 7, 29"]
    through = desk.log(f"https://third.example/{put('address, disposed of')}")
    said = proposal(
        name=f"Noor {put('name')}",
        age=Age(basis=AgeBasis.DOCUMENT, as_at=TODAY, birth_date=date(1931, 7, 29)),
        necessity=put("necessity of a person"),
        contact=put("contact of a person"),
    )
    desk.assured()
    person = people.propose(through, said, acting=desk.by(ADA))
    told = fact(text=put("statement on a person"), source=put("source on a person"))
    people_statements.add(person, told, referral=through, acting=desk.by(ADA))
    told_why = Answers(
        necessary=put("necessary"),
        role_right=put("role is right"),
        less_would_do=put("less would do"),
    )
    people.authorise(person, told_why, acting=desk.by(CY))
    referrals.withdraw(through, put("withdraw, disposed of"), acting=desk.by(ADA))
    for record in (person, through, referral):
        hold = holds.place(
            record,
            HoldKind.EVIDENCE,
            owner=put("owner of a hold"),
            their_reference=put("reference of a hold"),
            reason=put("why it is held"),
            expires_on=desk.now.date() + timedelta(days=30),
            acting=desk.by(RIA),
        )
        holds.ask_to_end(record, hold, put("why a hold ends"), acting=desk.by(RIA))
        holds.end(record, hold, acting=desk.by(LEE))
        kept = Review(
            outcome=ReviewOutcome.RETAIN,
            reason=put("why it is kept"),
            answers={it: f"{put(f'review, {it}')} ({it})" for it in Question},
            until=desk.now.date() + timedelta(days=20),
        )
        reviews.review(record, kept, acting=desk.by(RON))
        reviews.decline(record, put("why it is declined"), acting=desk.by(LEE))
    drafts.save(
        "note", {"text": [put("draft, disposed of")]}, about=through, officer=ADA.ref, now=desk.now
    )
    before()
    for record in (person, through, through, referral, referral):
        over = Review(outcome=ReviewOutcome.DISPOSE, reason=put("why it goes"))
        reviews.review(record, over, acting=desk.by(RON))
        assert reviews.confirm(record, acting=desk.by(LEE))


def bring_an_old_system_over(desk: Desk, put: Canaries) -> None:
    """Bring a file over and leave it; bring it again, pass one record, reject one, leave one."""
    names = [put(f"old name {number}") for number in range(4)]
    link = f"https://videos.example/{put('old address')}"
    rows = [["Link", "Name", "Notes"], *([f"{link}{it}", it, put("old column")] for it in names)]
    file = f"{put('file of an old system')}.xlsx"
    imports.bring(xlsx({"Old": rows}), file, acting=desk.by(ADA))
    run = imports.bring(xlsx({"Old": rows}), file, acting=desk.by(ADA))
    suggested = quarantine.to_confirm(run, acting=desk.by(ADA)).suggested
    imports.confirm(run, suggested, acting=desk.by(ADA))
    passed, rejected, left, *_ = records(run)
    said = intake(description=put("description of an old record"))
    for record in (passed, left):
        address, acting = f"{link}{record}", desk.by(ADA)
        content = Admitted(referrals.admit(address, said, acting=acting), address)
        imports_passing.pass_on(record, content, said, acting=acting)
    imports_passing.reject(rejected, put("reason to reject"), acting=desk.by(ADA))
    reason = put("reason to leave out")
    imports_passing.settle_person(left, left_out_because=reason, acting=desk.by(ADA))


def erase(desk: Desk, put: Canaries) -> None:
    """Write words about imagery that the law sends elsewhere, and have them destroyed."""
    said = intake(description=put("description, destroyed"), source_detail=put("source, destroyed"))
    address = f"https://elsewhere.example/{put('address, destroyed')}"
    acting = desk.by(ADA)
    content = referrals.admit(address, said, acting=acting)
    other = referrals.log(content, address, said, acting=acting)
    notes.write(other, put("note, destroyed"), acting=desk.by(BO))
    assessments.take_statutory_route(
        other,
        reported_to=ReportedTo.OTHER,
        reported_reference=put("statutory reference"),
        acting=desk.by(BO),
    )


def send_by_hand(desk: Desk, put: Canaries) -> None:
    """Change what is kept of a platform, and send by its form."""
    kept = known.current("clipnest", officer=MAX).platform
    portal = with_address(kept, Transport.PORTAL, f"https://{put('form address')}.example")
    field = FormField(label=put("label"), fills=Fill.EXPLANATION)
    platforms.edit(with_form(portal, (field,), verified=True), seen=1, acting=desk.by(MAX))
    platforms.sign_off(
        "clipnest",
        transport=Transport.PORTAL,
        contact=f"https://{put('form signed off')}.example",
        basis=put("basis of the form"),
        review_on=review_date(),
        acting=desk.by(DEE),
    )
    reference = desk.brought_to(State.APPROVED, address="https://clipnest.example/v/by-hand")
    told = ByHand(
        sent_at=desk.now,
        as_shown=False,
        changed=put("changed on the form"),
        their_reference=put("reference of the form"),
        witness="cy",
        initials="C",
    )
    sheets.record(reference, NoticeKind.REFERRAL, told, acting=desk.by(ADA))


def send_and_remind(desk: Desk, reference: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.conf import settings

    with mail_server() as server:
        monkeypatch.setattr(settings, "SMTP_URL", server.address)
        notice = notices.send(reference, "email", acting=desk.by(ADA))
        server.to_data = "550 No"
        notices.deliver(notice, last_attempt=False, acting=desk.by(WORKER))
        notice = notices.send(reference, "email", acting=desk.by(ADA))
        server.to_data = "250 Yes"
        notices.deliver(notice, last_attempt=False, acting=desk.by(WORKER))
        desk.now += timedelta(days=30)
        notice = notices.chase(reference, acting=desk.by(ADA))
        notices.deliver(notice, last_attempt=False, acting=desk.by(WORKER))
        assert len(server.taken) == 2


def have_mail_come_in(desk: Desk, put: Canaries, reference: str) -> None:
    """Have mail come in: for a referral, for nobody, attached by a person, and set aside."""

    def came(what: str, to: str = "a@b.example") -> UUID:
        sender = f"{put(f'{what}: sender')} <a@hub.example>"
        data = letter(put(f"{what}: text"), to=to, subject=put(f"{what}: subject"), sender=sender)
        return have_come(data, acting=desk.by(WORKER))

    came("mail of a referral", to=reply_address(reference))
    came("mail that waits")
    attached, aside = came("mail to attach"), came("mail to set aside")
    mail.attach(attached, reference, put("attach"), acting=desk.by(ADA))
    mail.set_aside(aside, put("set aside"), acting=desk.by(ADA))


def type_half_of_it(desk: Desk, put: Canaries) -> None:
    """Leave a draft, a draft of a session that ended, and an answer to a repeated request."""
    answers_so_far = {"description": [put("draft")]}
    drafts.save("log", answers_so_far, officer=ADA.ref, now=desk.now)
    drafts.save("log", {"url": [put("claimed draft")]}, officer=None, now=desk.now)
    body = json.dumps({"description": put("answer to a request")}).encode()
    request = json.dumps({"description": put("request")}).encode()
    once(put("key"), request, lambda: Reply(201, body), officer=ADA.ref, now=desk.now)


def publish_and_export(desk: Desk, folder: Path) -> Report:
    """Publish the log and write a bundle of it into a folder; give what the verifier says."""
    with running_signer() as signer:
        assert Sequencer(folder / "log", signer.socket).step(now=desk.now)
    bundle, policy = folder / "bundle", "quorum none\n"
    write_published(bundle, log=folder / "log", policy=policy, since=None, at=desk.now)
    return verify(bundle, Asked())


def kept_files(home: Path) -> Iterator[Path]:
    """Give every file of a folder; the desk's home has data, write-ahead log, logs, keys."""
    for folder, _folders, names in os.walk(home):
        yield from (Path(folder) / name for name in names)


def found_in_files(home: Path, words: Canaries) -> dict[str, set[str]]:
    found = {}
    for path in kept_files(home):
        try:
            hits = words.found_in(path.read_bytes())
        except OSError:  # A socket, or a file that the server has just removed.
            continue
        if hits:
            found[str(path.relative_to(home))] = hits
    return found


def dump(desk: FreshDesk) -> bytes:
    """Give a whole dump of the database: by pg_dump, or table by table where that is not there."""
    from evenhand.cli.clusters import programs

    program = Path(programs()) / "pg_dump"
    owner = desk.server.address("postgres", desk.name)
    if program.exists():
        return subprocess.run([program, owner], capture_output=True, check=True).stdout
    with psycopg.connect(owner) as run:
        tables = run.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname IN ('public', 'machinery')"
        ).fetchall()
        lines = []
        for (table,) in tables:
            with run.cursor().copy(f"COPY {table} TO STDOUT".encode()) as copy:
                lines += [bytes(line) for line in copy]
    return b"".join(lines)


def keep_a_capture(desk: Desk, reference: str, put: Canaries) -> None:
    """Keep a file with words in it, and open it."""
    said = taking(why=put("why captured"), taken_at=desk.now)
    with coming(png(body=put("captured").encode())) as file:
        capture = captures.take(reference, said, received(file), acting=desk.by(ADA))
    files_kept.look(capture, put("why opened"), acting=desk.by(BO))
    assert list(files_kept.open_one(capture, acting=desk.by(BO)).pieces)


def test_no_byte_of_what_was_written_is_kept_in_the_clear(
    fresh_desk: FreshDesk,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    caplog.set_level(logging.DEBUG)
    put, seen = Canaries(), Canaries()
    desk = Desk()
    live_through_everything(desk, put, monkeypatch)
    type_half_of_it(desk, put)
    verdict = publish_and_export(desk, tmp_path)
    User.objects.filter(username="ada").update(first_name=seen("the control"))
    with fresh_desk.server.superuser(fresh_desk.name) as superuser:
        superuser.execute("CHECKPOINT")
        superuser.execute("SELECT pg_switch_wal()")

    assert len(put.words) > 50
    assert verdict.ok, verdict.difference
    assert verdict.size == verdict.entries == EntryRow.objects.count()
    openings = (tmp_path / "bundle" / "data" / "openings.jsonl").read_bytes()
    assert openings.count(b"\n") == verdict.size
    assert found_in_files(tmp_path, put) == {}
    whole = dump(fresh_desk)
    assert put.found_in(whole) == set()
    assert seen.found_in(whole) == {"the control"}
    home = fresh_desk.server.home.folder
    in_files = found_in_files(home, seen)
    assert any("base" in name for name in in_files)
    assert any("pg_wal" in name for name in in_files)
    assert found_in_files(home, put) == {}
    assert put.found_in(caplog.text.encode()) == set()


@pytest.mark.parametrize("code", [b64encode, hexlify, bytes.upper])
def test_the_search_sees_through_the_usual_spellings(code: Callable[[bytes], bytes]) -> None:
    put = Canaries()
    for before in range(4):
        word = f"{'a' * before}{put('anywhere')}, and so on"
        assert put.found_in(b"..." + code(word.encode()) + b"...")

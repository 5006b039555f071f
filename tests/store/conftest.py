from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from tests.databases import DatabaseServer
from tests.desks import FreshDesk


@pytest.fixture(scope="session")
def life(
    database_server: DatabaseServer,
    django_test_environment: None,
    django_db_blocker: "pytest_django.DjangoDbBlocker",  # type: ignore[name-defined]  # noqa: F821
) -> Iterator[str]:
    """The database of a desk on which everything has happened once. Each test takes a copy."""
    from django.db import connections

    desk = FreshDesk(database_server)
    name = f"{desk.name}_lived_in"
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as around,
        desk.open(around),
    ):
        _live(desk)
        connections.close_all()
        database_server.clone(name, of=desk.name)
    yield name
    database_server.drop(name)


@pytest.fixture
def lived_in(
    life: str,
    database_server: DatabaseServer,
    django_db_blocker: "pytest_django.DjangoDbBlocker",  # type: ignore[name-defined]  # noqa: F821
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[FreshDesk]:
    """A desk on which everything has happened once, so that every table has rows."""
    with django_db_blocker.unblock(), FreshDesk(database_server, of=life).open(monkeypatch) as desk:
        yield desk


def _live(fresh: FreshDesk) -> None:
    from evenhand.actions import officers, platform_tokens, referrals
    from evenhand.rules.intake import NotPublic
    from evenhand.rules.officers import WORKER
    from evenhand.rules.referrals import State
    from tests.builders import ADA, MAX, intake
    from tests.journeys import Desk

    desk = Desk()
    desk.brought_to(State.CLOSED)
    desk.brought_to(State.STATUTORY_ROUTE)
    desk.brought_to(State.RETURNED)
    desk.brought_to(State.WITHDRAWN)
    officers.create_token("ada", may_decide=False, acting=desk.by(WORKER))
    platform_tokens.make("youtube", acting=desk.by(MAX))
    with pytest.raises(NotPublic):
        referrals.admit(
            "https://x.example/", intake(public_without_login=False), acting=desk.by(ADA)
        )
    _work_of_a_day(desk, fresh)


def _work_of_a_day(desk: Any, fresh: FreshDesk) -> None:
    """Have what is written beside a referral's own way happen once, too."""
    from evenhand.actions import (
        absences,
        captures_time,
        challenges,
        emergencies,
        handover,
        notes,
        platforms,
        snoozes,
    )
    from evenhand.queries import platforms as known
    from evenhand.rules.challenges import Withholding
    from evenhand.rules.notices import Transport
    from evenhand.rules.notification import RestrictionGround
    from evenhand.rules.officers import WORKER
    from evenhand.rules.platforms import with_address
    from evenhand.rules.referrals import State
    from evenhand.store import captures
    from evenhand.transports.timestamps import Stamp
    from tests.actions.people import known_person
    from tests.actions.reporting import reported
    from tests.actions.test_emergencies import record
    from tests.actions.test_snoozes import later
    from tests.arriving import have_come
    from tests.builders import ADA, BO, DEE, MAX, NOW
    from tests.captures import taken
    from tests.journeys import challenged
    from tests.letters import letter

    _share_keep_and_bring_over(desk, known_person(desk))
    desk.by(BO)
    reference = desk.log("https://www.tiktok.com/@nobody.at.all/video/7000000000000000001")
    notes.write(reference, "Look at this.", acting=desk.by(ADA))
    taken(desk, reference)
    [(capture, _)] = captures.without_time()[:1]
    stamp = Stamp(NOW, b"what an authority signed")
    captures_time.keep(capture, stamp, "whom the desk trusts", acting=desk.by(WORKER))
    snoozes.put_off(reference, later(desk, 2), "They call back.", acting=desk.by(ADA))
    handover.hand_over(reference, "bo", "I am away.", acting=desk.by(ADA))
    have_come(letter(), acting=desk.by(WORKER))
    today = desk.now.date()
    absences.set_absence("ada", first_day=today, last_day=today, acting=desk.by(ADA))
    emergencies.record(desk.log(), record(desk.now), acting=desk.by(ADA))
    reported(desk)
    challenged(desk, desk.brought_to(State.CHECKED), email="vex@mailbox.example")
    _assured(desk)
    _asked_for_information(desk)
    until = desk.now.date() + timedelta(days=30)
    said = Withholding(ground=RestrictionGround.CRIME, reasons="So.", until=until)
    challenges.withhold(reference, said, acting=desk.by(DEE))
    youtube = known.current("youtube", officer=ADA).platform
    changed = with_address(youtube, Transport.EMAIL, "new@youtube.example")
    platforms.edit(changed, seen=1, acting=desk.by(MAX))
    _counted(desk, fresh)
    _restored_and_opened(desk)


def _assured(desk: Any) -> None:
    """Have the desk looked at from outside, and a breach recorded and told."""
    from evenhand.actions import breaches, scrutiny, training
    from evenhand.rules.assurance import DocumentKind
    from evenhand.rules.scrutiny import ScrutinyKind, Told
    from tests.actions.test_breaches import ALL, VICTIMS, reported
    from tests.actions.test_scrutiny import recorded
    from tests.builders import DEE

    looked = recorded(desk)
    today = desk.now.date()
    scrutiny.tell(looked, Told.OUTCOME, "Nothing wrong.", today, acting=desk.by(DEE))
    scrutiny.say_none(ScrutinyKind.APPEAL, today, acting=desk.by(DEE))
    desk.put_in_force(DocumentKind.INSTRUCTIONS)
    training.accept(1, acting=desk.by(DEE))
    breach = reported(desk)
    breaches.record_told(breach, ALL, desk.now, acting=desk.by(DEE))
    breaches.settle_group(breach, VICTIMS, acting=desk.by(DEE))


def _asked_for_information(desk: Any) -> None:
    """Have somebody ask for information and be answered, and somebody who waits."""
    from evenhand.actions import foi
    from evenhand.rules.foi import FoiStep
    from tests.actions.foi import on_paper, received, replied, stepped, withheld
    from tests.builders import RIA

    number = on_paper(desk)
    foi.hold(number, desk.log(), "It is asked for.", acting=desk.by(RIA))
    withheld(desk, number)
    replied(desk, number)
    waiting, _receipt = received(desk)
    stepped(desk, waiting, FoiStep.CLARIFICATION_ASKED, narrower="How many in May?")


def _counted(desk: Any, fresh: FreshDesk) -> None:
    """Have a figure given and published, and doubted, and a quarter settled."""
    from dataclasses import replace
    from datetime import timedelta

    from django.utils import timezone

    from evenhand.actions import figures, people_series
    from evenhand.rules.officers import WORKER
    from tests.actions.test_figures import WHY, wrong_and_right
    from tests.builders import RIA
    from tests.journeys import Desk
    from tests.queries.test_counts_as_at import closed_until

    today = Desk(now=timezone.now(), here=desk.here)
    figures.correct(*wrong_and_right(today), WHY, acting=today.by(RIA))
    soon = replace(today.by(WORKER), at=today.now + timedelta(days=100))
    with closed_until(soon.at.date(), fresh):
        assert people_series.settle(acting=soon) > 0


def _restored_and_opened(desk: Any) -> None:
    from evenhand.actions import opening
    from tests.builders import DEE, MAX
    from tests.opening import closed, compared

    with closed(desk):
        compared(desk.now)
        opening.propose("Looked at what was lost.", acting=desk.by(MAX))
        opening.attest(acting=desk.by(DEE))


def _share_keep_and_bring_over(desk: Any, person: str) -> None:
    """Have a package recalled, records held, reviewed and disposed of, and an old system's file."""
    from evenhand.actions import (
        agreements,
        combinations,
        exports,
        holds,
        notification,
        purposes,
        reviews,
        schedules,
        sharing,
    )
    from evenhand.actions.assurance import write_erratum
    from evenhand.rules.agreements import RecipientKind
    from evenhand.rules.assurance import DocumentKind
    from evenhand.rules.holds import HoldKind
    from evenhand.rules.notification import Decision, Telling
    from evenhand.rules.purposes import Purpose, PurposeChange
    from evenhand.rules.retention import Figures
    from tests.actions.people import known_person
    from tests.actions.sharing import in_force, released
    from tests.actions.test_disposal import DISPOSE
    from tests.actions.test_exports import allowed
    from tests.actions.test_imports import confirmed
    from tests.actions.test_originators import corrected
    from tests.builders import ADA, CY, DEE, LEE, NED, RIA, RON, SID, proposal

    for officer in (LEE, RIA, RON, SID, NED, DEE):
        desk.by(officer)
    package = released(desk, person, in_force(desk))
    sharing.recall_one(package, "It was about another person.", acting=desk.by(SID))
    exports.take(allowed(desk, desk.log()), acting=desk.by(SID))
    reference = desk.do(desk.log(), "withdraw")
    for _content_then_trail in range(2):
        reviews.review(reference, DISPOSE, acting=desk.by(RON))
        reviews.confirm(reference, acting=desk.by(LEE))
    kept = desk.do(desk.log(), "withdraw")
    reviews.review(kept, DISPOSE, acting=desk.by(RON))
    holds.place(
        kept, HoldKind.FOI, their_reference="FOI 1", reason="It is asked for.", acting=desk.by(RIA)
    )
    schedules.propose("D02", Figures(3, 9, 2, 4), "We need less.", acting=desk.by(RON))
    confirmed(desk)
    agreements.ask_to_open(
        RecipientKind.COUNCIL,
        "Children Act 2004 s.10",
        desk.now.date() + timedelta(days=90),
        acting=desk.by(NED),
    )
    write_erratum(DocumentKind.DPIA, 1, "Version 1 left paper out.", acting=desk.by(NED))
    desk.published_report()
    told = Decision(telling=Telling.TELL, reasons="No harm.")
    notification.decide(person, told, acting=desk.by(RIA))
    gone = known_person(desk, said=proposal(name="Ode Marsh"))
    reviews.review(gone, DISPOSE, acting=desk.by(RON))
    reviews.confirm(gone, acting=desk.by(LEE))
    change = PurposeChange(
        purpose=Purpose.SAFEGUARD, law="An Act.", necessity="So.", proportionality="So."
    )
    purposes.ask(person, change, acting=desk.by(ADA))
    other = known_person(desk, said=proposal(name="Alba Quince"))
    combinations.propose(person, other, "The same street.", acting=desk.by(CY))
    corrected(desk, name="Cato Lind")
    _ask_about_their_data(desk)


def _ask_about_their_data(desk: Any) -> None:
    """Have somebody who is on record ask, and be answered with a pack and something held back."""
    from evenhand.actions import rights, rights_letters, rights_sending
    from evenhand.rules.clocks_events import Happened
    from evenhand.rules.rights import Withheld
    from evenhand.rules.rights_replies import Reply, RightsOutcome, Route
    from evenhand.store.people import PersonLinkRow
    from tests.actions.asking_rights import BORN, NAME, requested, restriction, searched
    from tests.actions.people import known_person
    from tests.actions.reviewing_rights import kept, reviewed
    from tests.builders import DEE, RIA, adult, proposal

    theirs = known_person(desk, said=proposal(name=NAME, age=adult(birth_date=BORN)))
    request = requested(desk)
    today = desk.now.date()
    rights.move(request, Happened.IDENTITY_ASKED, today, "Two of them.", acting=desk.by(RIA))
    rights.move(request, Happened.IDENTITY_GIVEN, today, "A passport.", acting=desk.by(RIA))
    searched(desk, request, theirs)
    link = PersonLinkRow.objects.get(person__reference=theirs)
    piece, mark = f"person_link/{link.id}", restriction(desk, Withheld.RESTRICTED_TOLD)
    rights.hold_back(request, theirs, piece, mark, acting=desk.by(RIA))
    said = Reply(outcome=RightsOutcome.GIVEN_IN_PART, reasons="It names others.", because="So.")
    letter = rights_letters.propose(request, said, acting=desk.by(RIA))
    rights_letters.answer(request, letter, "Yes.", approves=True, acting=desk.by(DEE))
    rights_sending.send(request, letter, Route.POST, acting=desk.by(RIA))
    reviewed(desk, request, piece, kept(desk))

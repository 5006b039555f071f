"""One builder for each fact, and the cast: named people in place of user1 and user2."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import evenhand
from evenhand.rules.agreements import Field, NamedPerson, RecipientKind, Terms, Transfer
from evenhand.rules.assessments import KINDS, Assessment, Child, Ground, Kind
from evenhand.rules.calendar import Calendar
from evenhand.rules.clocks import Clocks
from evenhand.rules.intake import ContentType, Intake, Source
from evenhand.rules.lawbook import Lawbook, Platform
from evenhand.rules.lawbook_reading import read_lawbook
from evenhand.rules.messages import NoticeFacts
from evenhand.rules.notice_forms import NoticeForm
from evenhand.rules.notices import SignOff, Transport
from evenhand.rules.officers import Acting, Officer, OfficerRef, Role
from evenhand.rules.people import Answers, Proposal
from evenhand.rules.people_ages import Age, AgeBasis
from evenhand.rules.people_grounds import NO_GROUNDS, Grounds
from evenhand.rules.people_grounds import Ground as PersonGround
from evenhand.rules.people_roles import ACCUSED, PersonRole
from evenhand.rules.people_statements import (
    Condition,
    GradeOf,
    Handling,
    Information,
    Statement,
)
from evenhand.rules.people_statements import Source as GradeSource
from evenhand.rules.profile import Profile, Regime
from evenhand.rules.public_reports import PublicReport, Worry
from evenhand.rules.referrals import Referral, State
from evenhand.rules.sharing import Item

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
TODAY = NOW.date()
EMPTY_TEXTS = dict.fromkeys(KINDS, "")


def _person(number: int, name: str, *roles: Role) -> Officer:
    return Officer(ref=OfficerRef(UUID(int=100 + number)), roles=frozenset(roles), name=name)


ADA = _person(1, "Ada", Role.OFFICER)
"""Logs."""
BO = _person(2, "Bo", Role.OFFICER)
"""Assesses."""
CY = _person(3, "Cy", Role.APPROVER, Role.CHILD_APPROVER)
"""Approves, and is trained for children's cases."""
GUS = _person(4, "Gus", Role.APPROVER)
"""Approves, without any further training."""
SAM = _person(5, "Sam", Role.APPROVER, Role.SENIOR_APPROVER, Role.CHILD_APPROVER)
"""Approves what rests on a platform's terms alone."""
DEE = _person(6, "Dee", Role.DPO)
"""Is the data protection officer."""
OLA = _person(7, "Ola", Role.OVERSEER)
"""Oversees from outside."""
MAX = _person(8, "Max", Role.ADMINISTRATOR)
"""Runs the machine."""
ELI = _person(9, "Eli", Role.OFFICER)
"""Works beside Ada and Bo where it takes three."""
RON = _person(21, "Ron", Role.RECORDS_REVIEWER)
"""Reviews what is kept."""
LEE = _person(22, "Lee", Role.DISPOSAL_RELEASER)
"""Releases what is disposed of."""
REX = _person(24, "Rex", Role.RECORDS_REVIEWER, Role.DISPOSAL_RELEASER)
"""Reviews some records and releases others."""
LIA = _person(10, "Lia", Role.SENIOR_OWNER)
"""Owns the desk: puts documents in force."""
NED = _person(11, "Ned", Role.AGREEMENT_OWNER)
"""Writes documents, and owns the agreements."""
RIA = _person(12, "Ria", Role.RIGHTS_OFFICER)
"""Answers people about their data, and decides whether they are told."""
SID = _person(13, "Sid", Role.SHARING_OFFICER)
"""Shares under agreements."""
EVA = _person(14, "Eva", Role.EQUALITY_LEAD)
"""Sees to it that nobody is treated worse than others."""
CAST = (ADA, BO, CY, GUS, SAM, DEE, OLA, MAX, ELI, LIA, NED, RIA, RON, LEE, REX, SID, EVA)


def acting(officer: Officer = ADA, at: datetime = NOW) -> Acting:
    return Acting(officer=officer, at=at)


def as_reader(officer: Officer = ADA, at: datetime = NOW) -> Acting:
    """Somebody who looks, and changes nothing."""
    return acting(officer, at)


def referral(state: State = State.LOGGED, **changes: object) -> Referral:
    """A referral that Ada logged and Bo assessed."""
    plain = Referral(
        reference="2026-000001",
        state=state,
        version=3,
        platform="youtube",
        logged_by=ADA.ref,
        assessors=frozenset({BO.ref}),
        terms_only=False,
        child=False,
        sent_at=None,
        in_the_post=False,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def intake(**changes: object) -> Intake:
    plain = Intake(
        source=Source.OFFICER_FOUND,
        source_detail="Seen while looking into another address.",
        public_without_login=True,
        observed_at=NOW - timedelta(minutes=10),
        content_type=ContentType.VIDEO,
        language="en",
        description="A person threatens a named shop with a knife.",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def public_report(**changes: object) -> PublicReport:
    """What somebody of the public tells the desk, who wants to hear what becomes of it."""
    plain = PublicReport(
        url="https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        worry=Worry.VIOLENCE,
        danger_now=False,
        why="Somebody says they will burn the corner shop down.",
        email="quilla@mailbox.example",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def assessment(**changes: object) -> Assessment:
    """A complete assessment on both grounds, with no expression and no child."""
    asked = {name: f"My answer on {name}." for name in KINDS}
    plain = Assessment(
        harm="V1",
        ground=Ground.BOTH,
        child=Child.NO,
        also_harms=(),
        expression=frozenset(),
        **asked | {"expression_weighing": "", "child_interests": ""},
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def terms_only(**changes: object) -> Assessment:
    """An assessment in which no offence is alleged."""
    plain = assessment(harm="X1", ground=Ground.TERMS, provision="", provision_why="")
    return replace(plain, **changes)  # type: ignore[arg-type]


def sign_off(**changes: object) -> SignOff:
    plain = SignOff(
        platform="youtube",
        transport=Transport.EMAIL,
        contact="reports@youtube.example",
        review_on=TODAY + timedelta(days=90),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def profile(**changes: object) -> Profile:
    plain = Profile(
        name="Harbour Police",
        contact_email="referrals@harbour.example",
        dpo_email="dpo@harbour.example",
        log_origin="desk.example/log",
        witness_policy="quorum none",
        time_zone="Europe/London",
        country="GB-ENG",
        notice_forms=tuple(NoticeForm),
        second_factor_required=False,
        token_may_decide=True,
        captures=True,
        equality_tally=True,
        demo=True,
        session_hours=10,
        idle_minutes=30,
        triage_days=1,
        assess_days=3,
        decide_days=2,
        send_days=1,
        first_chase_days=7,
        chase_gap_days=5,
        chases_before_silence=2,
        check_days=2,
        close_days=5,
        snooze_days=10,
        regime=Regime.UK_PART3,
        challenge_days=10,
        snoozes_of_a_step=3,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def clocks(**changes: object) -> Clocks:
    """A desk's clocks, with the bank holidays around one new year."""
    days = (date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1))
    london = ZoneInfo("Europe/London")
    calendar = Calendar(zone=london, holidays=frozenset(days), known_until=date(2028, 12, 31))
    return Clocks(profile(**changes), calendar)


def clips() -> Platform:
    """A site that the law data does not know, as a desk adds it."""
    return Platform(
        code="clips.example",
        name="Clips",
        provider="Clips Ltd",
        country="GB",
        hosts=("clips.example",),
        fictional=False,
        verified=False,
        source="This desk",
        channels=(),
        policies=(),
    )


@cache
def law() -> Lawbook:
    """The law data that ships."""
    folder = Path(evenhand.__file__).parent / "config" / "law"
    return read_lawbook(
        *(
            tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
            for name in ("harms", "provisions", "platforms")
        )
    )


def notice_facts(**changes: object) -> NoticeFacts:
    plain = NoticeFacts(
        reference="2026-000001",
        desk="Harbour Police",
        contact="referrals@harbour.example",
        url="https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        harm=law().harm("V1"),
        ground=Ground.BOTH,
        provision="Offences against the Person Act 1861 s.16",
        provision_why="A named person is told that he will be killed.",
        policy_clause="Do not threaten.",
        policy_version="1 March 2026",
        policy_why="It threatens.",
        evidence="At 0:42 the speaker says so.",
        answer_at="https://desk.example/public/answer/a.b/",
        answer_until=datetime(2027, 5, 19, 9, 20, tzinfo=ZoneInfo("Europe/London")),
        observed_at=datetime(2026, 11, 20, 9, 20, tzinfo=ZoneInfo("Europe/London")),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def adult(**changes: object) -> Age:
    """Somebody born in 1990, as a document says."""
    plain = Age(basis=AgeBasis.DOCUMENT, as_at=TODAY, birth_date=date(1990, 5, 17))
    return replace(plain, **changes)  # type: ignore[arg-type]


def child(years: int = 15, **changes: object) -> Age:
    """Somebody who said how old they are."""
    plain = Age(basis=AgeBasis.STATED, as_at=TODAY, value=years)
    return replace(plain, **changes)  # type: ignore[arg-type]


def grounds(**changes: object) -> Grounds:
    plain = Grounds(
        offence="oapa-1861-s16",
        codes=frozenset({PersonGround.THREATENS_IN_CONTENT}),
        on=TODAY,
        in_words="At 0:42 the speaker names a shop and says when they will come.",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def proposal(role: PersonRole | None = PersonRole.VICTIM, **changes: object) -> Proposal:
    """Somebody of full age whose record is needed; a suspect comes with grounds."""
    plain = Proposal(
        role=role,
        necessity="They are threatened by name, and the police must reach them.",
        age=adult(),
        name="Noor Vantage",
        grounds=grounds() if role in ACCUSED else NO_GROUNDS,
    )
    if role is PersonRole.REPORTER:
        plain = replace(plain, name="")
    return replace(plain, **changes)  # type: ignore[arg-type]


def fact(**changes: object) -> Statement:
    plain = Statement(
        kind=Kind.FACT,
        text="The video shows the front of the shop that they run.",
        source="The content itself, seen by the officer.",
        handling=Handling.PERMITTED,
        sensitive=False,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def opinion(**changes: object) -> Statement:
    """An assessment, graded."""
    plain = Statement(
        kind=Kind.ASSESSMENT,
        text="They are likely to be in danger today.",
        basis="The speaker names a time.",
        grade_of=GradeOf.POST_IS_TRUE,
        grade_source=GradeSource.UNTESTED,
        grade_information=Information.INDIRECTLY,
        handling=Handling.CONDITIONS,
        conditions=frozenset({Condition.CONSULT_ORIGINATOR}),
        sensitive=False,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


ANSWERS = Answers(
    necessary="The police cannot warn them without a name.",
    role_right="They are threatened and threaten nobody.",
    less_would_do="Without the name nobody could be warned.",
)


KIM = NamedPerson(UUID(int=900), "Kim Lee", "kim@neighbour.example")
"""Receives packages at another force."""


def terms(**changes: object) -> Terms:
    """An agreement with another force about victims, with everything agreed, printed."""
    plain = Terms(
        organisation="Neighbour Police",
        kind=RecipientKind.POLICE,
        country="GB",
        transfer=Transfer.AT_HOME,
        people=(KIM,),
        lock="",
        purpose="Protect victims who live in their area.",
        enactment="Police Act 1996 s.6",
        guidance="For this purpose only. Do not pass it on.",
        fields=frozenset(Field),
        roles=frozenset({PersonRole.VICTIM}),
        keep_days=90,
        recall_days=2,
        review_on=TODAY + timedelta(days=180),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def item(**changes: object) -> Item:
    """A fact that may leave."""
    plain = Item(
        ref=UUID(int=800),
        kind=Kind.FACT,
        grade_source=None,
        grade_information=None,
        handling=Handling.PERMITTED,
        conditions=frozenset(),
        verified_at=NOW - timedelta(days=1),
        stands=True,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def review_date() -> date:
    return TODAY + timedelta(days=90)

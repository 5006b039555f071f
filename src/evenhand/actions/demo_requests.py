"""The demo's requests, all invented: two for information, and three about somebody's own data."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from evenhand.actions import (
    foi,
    foi_letters,
    foi_parts,
    foi_sending,
    rights,
    rights_letters,
    rights_receiving,
    rights_sending,
)
from evenhand.actions.demo_people import KEEPER
from evenhand.rules.foi import Channel
from evenhand.rules.foi_parts import Wanted, Withholding
from evenhand.rules.notification import RestrictionGround
from evenhand.rules.officers import Acting, Officer
from evenhand.rules.people_finding import Key
from evenhand.rules.public_foi import FoiAsked
from evenhand.rules.public_rights import RightsAsked, RightsKind
from evenhand.rules.rights import CameBy, Mark, Withheld
from evenhand.rules.rights_replies import Reply, RightsOutcome, Route
from evenhand.store.people import PersonRow
from evenhand.store.rights_found import RightsFoundRow
from evenhand.store.rights_packing import whole

FIRST = 1
"""The number of the first letter about a request."""
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
ASKED = FoiAsked(
    name="Quilla Marsh (invented)",
    asked="Who checks a referral before it is sent? And what did your lawyers say about it?",
    postal="1 Quay Street, Harbour (invented)",
)
ASKED_BEFORE = FoiAsked(
    name="Tobit Sand (invented)",
    asked="How does the desk learn that a platform acted?",
    postal="2 Mole Lane, Harbour (invented)",
)
ADVICE = Withholding(
    exemption="s42",
    why="It is advice that a lawyer gave the desk in confidence.",
    public_interest="That advice stays candid weighs more here than that it is read.",
)
HELP = "The counts of the desk are on its public pages."
GIVEN = Reply(outcome=RightsOutcome.GIVEN, reasons="", because="All that is held of her is given.")
ERASE = RightsAsked(
    kind=RightsKind.ERASURE,
    name="Wren Aldous (invented)",
    birth_date=date(1971, 7, 2),
    wish="I reported a clip once. Please erase what you have of me.",
    postal="3 Mole Lane, Harbour (invented)",
)
SPEAKS = RightsAsked(
    kind=RightsKind.ACCESS,
    name="Corin Blythe (invented)",
    birth_date=date(1995, 11, 20),
    wish="I am made-up-speaker. What do you hold about me?",
    postal="5 Mole Lane, Harbour (invented)",
)
WITHHELD = Reply(
    outcome=RightsOutcome.NOTHING_TO_GIVE,
    reasons="",
    because="All of it is held back while it is investigated.",
)


def ask(team: Mapping[str, Officer], speaker: str, *, now: datetime) -> None:
    """Have five requests come on paper: of each desk one is answered, and one to be looked at.

    ``speaker`` is the reference of whoever asks and is given nothing.
    """
    _answered(team, now - 30 * DAY)
    _in_parts(team, now - 20 * MINUTE)
    _about_data(team, now - 15 * MINUTE)
    _held_back(team, speaker, now - 12 * MINUTE)


def _answered(team: Mapping[str, Officer], at: datetime) -> None:
    rights_officer = Acting(officer=team["Nell Shaw"], at=at)
    second = Acting(officer=team["Ida Frost"], at=at + MINUTE)
    number = foi.log(ASKED_BEFORE, Channel.PAPER, (at - 5 * DAY).date(), acting=rights_officer)
    part = foi_parts.add(number, ASKED_BEFORE.asked, Wanted.OTHER, acting=rights_officer)
    told = "The platform answers by mail or by its program, and an officer looks at the address."
    foi_parts.give(number, part, told, acting=rights_officer)
    title = "How the desk learns that a platform acted"
    foi_letters.propose(number, title, HELP, acting=rights_officer)
    foi_letters.approve(number, seen=FIRST, acting=second)
    sent = Acting(officer=team["Nell Shaw"], at=at + 2 * MINUTE)
    foi_sending.sent_by_hand(number, FIRST, acting=sent)


def _in_parts(team: Mapping[str, Officer], at: datetime) -> None:
    acting = Acting(officer=team["Nell Shaw"], at=at)
    number = foi.log(ASKED, Channel.PAPER, (at - 22 * DAY).date(), acting=acting)
    who, advice = (
        foi_parts.add(number, text, Wanted.OTHER, acting=acting)
        for text in ("Who checks a referral before it is sent?", "What the lawyers said.")
    )
    told = "A second officer, who neither logged nor assessed it."
    foi_parts.give(number, who, told, acting=acting)
    foi_parts.withhold(number, advice, ADVICE, acting=acting)


def _about_data(team: Mapping[str, Officer], at: datetime) -> None:
    acting = Acting(officer=team["Nell Shaw"], at=at)
    said = RightsAsked(
        kind=RightsKind.ACCESS,
        name=KEEPER.name,
        birth_date=KEEPER.age.birth_date,
        wish="Everything that you hold about me.",
        postal="4 Quay Street, Harbour (invented)",
    )
    asked = rights_receiving.log(said, CameBy.PAPER, (at - 24 * DAY).date(), acting=acting)
    rights.search(asked, Key(name=said.name, birth_date=said.birth_date), acting=acting)
    person = RightsFoundRow.objects.get(request__reference=asked).person.reference
    why = "She showed her licence to run the shop, and knows the day."
    rights.settle_hit(asked, person, is_theirs=True, reason=why, acting=acting)
    rights_letters.propose(asked, GIVEN, acting=acting)
    rights_receiving.log(ERASE, CameBy.PAPER, (at - 2 * DAY).date(), acting=acting)


def _held_back(team: Mapping[str, Officer], speaker: str, at: datetime) -> None:
    """Have somebody answered with nothing, of whom all is held back, to be reviewed tomorrow."""
    acting = Acting(officer=team["Nell Shaw"], at=at)
    second = Acting(officer=team["Ida Frost"], at=at + MINUTE)
    asked = rights_receiving.log(SPEAKS, CameBy.PAPER, (at - 25 * DAY).date(), acting=acting)
    rights.search(asked, Key(name=SPEAKS.name, birth_date=SPEAKS.birth_date), acting=acting)
    rights.search(asked, Key(reference=speaker), acting=acting)
    why = "He writes from the account that the record names."
    rights.settle_hit(asked, speaker, is_theirs=True, reason=why, acting=acting)
    mark = Mark(
        withheld=Withheld.RESTRICTED_UNTOLD,
        reasons="The force that investigates asks not to warn him.",
        ground=RestrictionGround.CRIME,
        review_on=(at + DAY).date(),
    )
    record = whole(PersonRow.objects.named(speaker))
    rights.hold_back(asked, speaker, record, mark, acting=acting)
    letter = rights_letters.propose(asked, WITHHELD, acting=acting)
    rights_letters.answer(asked, letter, "It is right.", approves=True, acting=second)
    sent = Acting(team["Nell Shaw"], at + 2 * MINUTE)
    rights_sending.send(asked, letter, Route.POST, acting=sent)

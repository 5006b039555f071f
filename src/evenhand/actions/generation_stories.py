"""Synthetic referrals of any number: the same number and seed tell the same stories again."""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TypeVar

from evenhand.actions.stories import (
    TO_APPROVAL,
    TO_DECIDED,
    TO_END,
    TO_SENT,
    TO_SILENCE,
    Step,
    Story,
    duration,
)
from evenhand.rules.answers import Outcome, Seen
from evenhand.rules.assessments import Child, Expression, Ground
from evenhand.rules.intake import ContentType, Source

S = Step
Choice = TypeVar("Choice")
Route = tuple[Step, ...]
YEARS = timedelta(days=3 * 365)
RECENT = timedelta(days=45)
FAMILY = 8
"""In each run of eight referrals the last one may be a duplicate of the one before it."""

QUICKLY = (*TO_SENT, S.DECIDE, S.LOOK, S.CLOSE)
SECOND_TRY = (*TO_APPROVAL, S.RETURN, S.ASSESS, S.APPROVE, S.SEND, S.DECIDE, S.LOOK, S.CLOSE)
ENDED: Mapping[Route, int] = {
    (S.LOG, S.NOT_FOR_US): 44,
    QUICKLY: 16,
    TO_END: 14,
    (*TO_APPROVAL, S.REFUSE): 8,
    (*TO_SILENCE, S.CLOSE): 5,
    (S.LOG, S.WITHDRAW): 4,
    SECOND_TRY: 3,
    (*TO_SENT, S.WITHDRAW): 2,
    (*TO_APPROVAL, S.APPROVE, S.BOUNCE, S.CLOSE): 2,
    (*TO_END, S.REINSTATE, S.SEE_IT_BACK, S.CLOSE): 1,
    (S.LOG, S.STATUTORY): 1,
}
OPEN: Mapping[Route, int] = {
    (S.LOG,): 12,
    (S.LOG, S.PROCEED): 6,
    (S.LOG, S.PROCEED, S.START): 5,
    TO_APPROVAL: 10,
    (*TO_APPROVAL, S.RETURN): 3,
    (*TO_APPROVAL, S.APPROVE): 4,
    (*TO_APPROVAL, S.APPROVE, S.BOUNCE): 1,
    TO_SENT: 16,
    (*TO_SENT, S.CHASE): 6,
    TO_SILENCE: 5,
    (*TO_SENT, S.ACKNOWLEDGE): 8,
    TO_DECIDED: 6,
    (*TO_DECIDED, S.LOOK): 5,
    (*TO_END, S.REOPEN): 1,
}
ROUTES: tuple[Route, ...] = (*OPEN, *ENDED, (S.LOG_AGAIN,))

PLATFORMS: Mapping[str, tuple[int, str]] = {
    "tiktok": (20, "https://www.tiktok.com/@synthetic.{word}/video/9999{number}"),
    "youtube": (18, "https://www.youtube.com/watch?v=Syn{word}"),
    "instagram": (16, "https://www.instagram.com/p/Synthetic{word}/"),
    "x": (12, "https://x.com/i/status/9999{number}"),
    "facebook": (10, "https://www.facebook.com/watch/?v=9999{number}"),
    "snapchat": (8, "https://www.snapchat.com/spotlight/SyntheticSynthetic{word}"),
    "telegram": (4, "https://t.me/synthetic_{word}/9{number:.8}"),
    "soundcloud": (3, "https://soundcloud.com/synthetic-{word}/track-{word}"),
    "reddit": (2, "https://www.reddit.com/comments/zz{word}"),
    "twitch": (1, "https://www.twitch.tv/videos/9999{number:.9}"),
    "vimeo": (1, "https://vimeo.com/9999{number:.8}"),
    "dailymotion": (1, "https://www.dailymotion.com/video/xsyn{word}"),
    "clipnest": (2, "https://clipnest.example/v/synthetic-{word}"),
    "murmur": (1, "https://murmur.example/post/synthetic-{word}"),
    "pinboardly": (1, "https://pinboardly.example/pin/synthetic-{word}"),
    "humbarrel": (1, "https://humbarrel.example/track/synthetic-{word}"),
}
HARMS: Mapping[str, int] = {
    "V1": 22, "V2": 12, "V3": 2, "W1": 9, "H1": 14, "H2": 2, "H3": 8, "R1": 8, "T1": 2, "C2": 1,
    "S1": 5, "S3": 1, "D1": 6, "F1": 6, "F2": 1, "M1": 3, "I1": 1, "N1": 1, "A1": 1, "X1": 2,
}  # fmt: skip
OUTCOMES: Mapping[Outcome, int] = {
    Outcome.RESTRICTED_IN_FULL: 52,
    Outcome.RESTRICTED_IN_PART: 6,
    Outcome.DECLINED: 25,
    Outcome.ALREADY_GONE: 9,
    Outcome.GONE_REASON_UNKNOWN: 5,
    Outcome.REFERRED_ELSEWHERE: 3,
}
GONE = frozenset(OUTCOMES) - {Outcome.DECLINED, Outcome.REFERRED_ELSEWHERE}
SOURCES = (*(5 * [Source.OFFICER_FOUND]), *(3 * [Source.PUBLIC_REPORT]), *Source)
TYPES = (*(8 * [ContentType.VIDEO]), *(3 * [ContentType.IMAGE]), *(3 * [ContentType.TEXT]),
         ContentType.AUDIO, ContentType.SYNTHETIC_MEDIA, ContentType.PRODUCT)  # fmt: skip
LANGUAGES = (*(20 * ["en"]), "cy", "pl", "ur", "so", "fr", "ar", "pt-BR", "tr")
WHO = ("A voice", "A speaker off camera", "A written message", "A caption", "An unseen person")
WHAT = (
    "promises to hurt a named shopkeeper", "asks others to meet for a fight on Friday",
    "gives the house number of a witness", "repeats an insult about one neighbour",
    "offers a forbidden blade with a price", "sells tickets that do not exist",
    "passes on a private picture without leave", "praises an attack and asks for another",
)  # fmt: skip
WHERE = ("over music", "in the second minute", "across the whole picture", "at the very end")


@dataclass(frozen=True, slots=True)
class Plan:
    """How many referrals to tell, from which seed, up to which moment, on which platforms."""

    count: int
    seed: int
    now: datetime
    platforms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A story with when it starts, how quickly it goes, and numbers to choose its officers by."""

    story: Story
    start: datetime
    pace: float
    roll: int


def tell(plan: Plan, index: int) -> Told:
    """Tell one referral of a plan; the newest ones take every route in turn."""
    rng = _random(plan, index, "story")
    age = YEARS * (1 - (index + 1) / plan.count) ** 1.3
    steps = _route(plan, index, age, rng)
    repeated = index - 1 if steps == (S.LOG_AGAIN,) else index
    outcome = Outcome.RESTRICTED_IN_FULL if S.REINSTATE in steps else _one(rng, OUTCOMES)
    gone = outcome in GONE
    harm = _one(rng, HARMS)
    shown = f"{rng.choice(WHO)} {rng.choice(WHAT)}, {rng.choice(WHERE)}."
    story = Story(
        address=_address(plan, repeated),
        description=f"Synthetic: {shown}",
        harm=harm,
        steps=steps,
        ground=_ground(harm, rng),
        child=rng.choices(tuple(Child), (90, 7, 3))[0],
        expression=frozenset(rng.sample(tuple(Expression), _one(rng, {0: 75, 1: 20, 2: 5}))),
        source=rng.choice(SOURCES),
        content_type=rng.choice(TYPES),
        language=rng.choice(LANGUAGES),
        outcome=outcome,
        seen=Seen.NOT_VISIBLE if gone and rng.random() < 0.9 else Seen.VISIBLE,
    )
    pace = 1 + rng.random()
    latest = plan.now - duration(story, pace=pace) - timedelta(minutes=rng.randrange(1, 600))
    return Told(story, min(plan.now - age, latest), pace, rng.randrange(1_000_000))


def _route(plan: Plan, index: int, age: timedelta, rng: Random) -> Route:
    from_the_end = plan.count - 1 - index
    if from_the_end // FAMILY < len(ROUTES) and from_the_end % FAMILY == 1:
        return ROUTES[from_the_end // FAMILY]
    if index % FAMILY == FAMILY - 1 and rng.random() < 0.8:
        return (S.LOG_AGAIN,)
    return _one(rng, OPEN if age < RECENT else ENDED)


def _address(plan: Plan, index: int) -> str:
    rng = _random(plan, index, "address")
    weights = {code: PLATFORMS[code][0] for code in plan.platforms if code in PLATFORMS}
    shape = PLATFORMS[_one(rng, weights)][1]
    word = "".join(rng.choices(string.ascii_lowercase + string.digits, k=8))
    return shape.format(word=word, number=f"{rng.randrange(10**15):015}")


def _ground(harm: str, rng: Random) -> Ground:
    if harm == "X1":
        return Ground.TERMS
    return rng.choices((Ground.ILLEGAL, Ground.TERMS, Ground.BOTH), (20, 15, 65))[0]


def _random(plan: Plan, index: int, what: str) -> Random:
    """Give the chance of one referral: the same in every process, whatever came before it."""
    return Random(f"{plan.seed}/{index}/{what}")  # noqa: S311 - stories, not secrets


def _one(rng: Random, weights: Mapping[Choice, int]) -> Choice:
    return rng.choices(tuple(weights), tuple(weights.values()))[0]


def batches(count: int, size: int) -> Sequence[range]:
    """Cut a number of referrals into runs; a family is never cut."""
    size = max(FAMILY, size - size % FAMILY)
    return [range(start, min(start + size, count)) for start in range(0, count, size)]

"""The demo's challenge, invented: somebody asked, was told that it was this desk, and objects."""

from datetime import datetime, timedelta

from evenhand.actions import posters
from evenhand.rules.officers import PUBLIC, WORKER, Acting

ADDRESS = "https://clipnest.example/v/made-up-0113"
NOT_OURS = "https://clipnest.example/v/nobody-knows"
WORDS = "It is a scene from a play that our school put on. Nobody was threatened in it."


def challenge(*, now: datetime) -> None:
    """Have two ask at the poster's door, both be answered on one day, and one challenge."""
    asked_at = now - timedelta(days=9)
    number = posters.ask(ADDRESS, ADDRESS, acting=Acting(PUBLIC, asked_at))
    posters.ask(NOT_OURS, NOT_OURS, acting=Acting(PUBLIC, asked_at))
    posters.answer_due(acting=Acting(WORKER, now - timedelta(days=2)))
    posters.challenge(number, WORDS, acting=Acting(PUBLIC, now - timedelta(days=1)))

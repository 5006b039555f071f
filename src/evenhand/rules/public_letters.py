"""What whoever used a public door is written: plain words, with nothing of content or people.

The sentences are translated into the language of the page that was used; ``said`` does it.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum

from evenhand.rules.challenges import ChallengeBecame
from evenhand.rules.messages import Message
from evenhand.rules.public_reports import Became
from evenhand.rules.words import words


class WrittenIn(StrEnum):
    """The languages that letters are written in. Of each there is a whole translation."""

    ENGLISH = "en"
    WELSH = "cy"


SETTLED: Mapping[ChallengeBecame, str] = {
    ChallengeBecame.SETTLED: words(
        "An officer who had no part in our request has settled your challenge. Enter your receipt"
        " number on this page to read how:"
    ),
    ChallengeBecame.ERASED: words(
        "What your challenge was about has been erased, and your challenge with it. This page says"
        " so if you enter your receipt number:"
    ),
    ChallengeBecame.WAITING: words(
        "Your challenge waits still. We keep your address for three months only, so you hear no"
        " more from us. Enter your receipt number on this page to see how it stands:"
    ),
}
Translating = Callable[[str], str]

BECAME: Mapping[Became, str] = {
    Became.SET_ASIDE: words(
        "An officer has read your report. It is not something that this desk deals with."
    ),
    Became.TAKEN_UP: words(
        "An officer has read your report and took it up. The work on it has come to an end. We do"
        " not tell anyone what we asked of a platform, because that concerns somebody else."
    ),
    Became.ONGOING: words(
        "An officer has read your report and took it up. The work on it goes on. We keep your"
        " address for three months only, so this is the last that you hear of it from us."
    ),
    Became.LAPSED: words(
        "Nobody at this desk dealt with your report in time, and what you told us has been erased."
        " We are sorry. If it still worries you, report it to the platform, or ring 101."
    ),
}


def challenger_letter(
    became: ChallengeBecame, *, place: str, desk: str, contact: str, said: Translating
) -> Message:
    """Tell a challenger where to read how it stands, and nothing of what it is about."""
    parts = [
        f"{said(SETTLED[became])}\n    {place}",
        said(words("Your e-mail address is erased now. You need not answer this message.")),
        f"{desk}\n{contact}",
    ]
    subject = said(words("What became of your challenge"))
    return Message(subject, "\n\n".join(parts) + "\n")


def reporter_letter(
    became: Became, *, tell: str, reported_on: str, desk: str, contact: str, said: Translating
) -> Message:
    """Tell a reporter what became of their report. ``tell`` says who can help instead, if anyone.

    ``reported_on`` is the day of the report, in words.
    """
    on_this_day = said(words("You reported content to this desk on this day:"))
    parts = [
        f"{on_this_day} {reported_on}",
        said(BECAME[became]),
        *([said(tell)] if tell else []),
        said(words("If somebody is in danger now, ring 999.")),
        said(words("Your e-mail address is erased now. You need not answer this message.")),
        f"{desk}\n{contact}",
    ]
    subject = said(words("What became of your report"))
    return Message(subject, "\n\n".join(parts) + "\n")

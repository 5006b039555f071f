"""A reply says what the Act has it say; what is published of it never says who asked."""

from dataclasses import replace

import pytest

from evenhand.rules.foi_exemptions import Prejudice
from evenhand.rules.public_foi_letters import (
    COMMISSIONER,
    FURTHER,
    OPENINGS,
    REVIEW_RIGHT,
    S50_RIGHT,
    LetterKind,
    PartInWords,
    Refusing,
    ReplyIncomplete,
    ReplyInWords,
    Sender,
    ToldOfRequester,
    check_reply,
    check_says_nobody,
    notice,
    published,
    refusal,
    reply,
)

SENDER = Sender(
    desk="Harbour Police",
    contact="desk@harbour.example",
    number="FOI-2026-0001",
    received="1 June 2026",
    published_at="https://desk.example/public/disclosures/",
)
WITHHELD = Refusing(
    section="31",
    title="Law enforcement",
    why="It tells how.",
    prejudice=Prejudice.LIKELY,
    how="They would go round it.",
    public_interest="That weighs more.",
)


def plain(text: str) -> str:
    return text


FOUND = ReplyInWords(
    parts=[
        PartInWords(asked="How?", answer="By hand."),
        PartInWords(asked="Where?", refused=refusal(WITHHELD, said=plain)),
    ],
    help="Ask about May alone.",
)


def test_a_reply_has_all_that_the_act_asks_for() -> None:
    message = reply(FOUND, SENDER, said=plain)
    check_reply(FOUND, message.body, said=plain)
    for text in (
        "By hand.",
        "s.31, Law enforcement",
        "It tells how.",
        "likely",
        "They would go round it.",
        "That weighs more.",
        "Ask about May alone.",
        SENDER.published_at,
        REVIEW_RIGHT,
        S50_RIGHT,
        COMMISSIONER,
    ):
        assert text in message.body
    assert "[FOI-2026-0001]" in message.subject


@pytest.mark.parametrize("left_out", ["By hand.", "It tells how.", S50_RIGHT, REVIEW_RIGHT])
def test_a_reply_that_lacks_something_is_refused(left_out: str) -> None:
    text = reply(FOUND, SENDER, said=plain).body.replace(left_out, "")
    with pytest.raises(ReplyIncomplete):
        check_reply(FOUND, text, said=plain)


def test_a_reply_helps_on() -> None:
    with pytest.raises(ReplyIncomplete):
        check_reply(ReplyInWords(parts=[], help=" "), "", said=plain)


def test_what_is_not_held_says_why() -> None:
    bare = Refusing(section="", title="", why="", prejudice=None, how="", public_interest="")
    assert refusal(bare, said=plain)[0] == "We do not hold this."
    absolute = Refusing(
        section="21", title="Found elsewhere", why="So.", prejudice=None, how="", public_interest=""
    )
    assert len(refusal(absolute, said=plain)) == 2


@pytest.mark.parametrize("kind", sorted(OPENINGS))
def test_every_letter_on_the_way_says_what_it_is_about(kind: LetterKind) -> None:
    body = notice(kind, "My words.", SENDER, more=[("More:", "this")], said=plain).body
    assert OPENINGS[kind] in body
    assert "My words." in body
    assert "More:\nthis" in body
    with_rights = {LetterKind.MORE_TIME, LetterKind.REVIEW, LetterKind.UPHELD}
    assert (S50_RIGHT in body) is (kind in with_rights)
    assert (REVIEW_RIGHT in body) is (kind is LetterKind.MORE_TIME)


def test_what_is_published_does_not_say_who_asked() -> None:
    text = published(FOUND, said=plain)
    assert "By hand." in text
    assert S50_RIGHT not in text
    check_says_nobody(text, ["Quilla Marsh", "quilla@mailbox.example", "Ha", ""])
    for told in ("BY HAND.", "ask about may alone"):
        with pytest.raises(ToldOfRequester):
            check_says_nobody(text, [told])


def test_a_further_reply_says_that_it_is_one_and_all_else_that_a_reply_says() -> None:
    further = replace(FOUND, is_further=True)
    message = reply(further, SENDER, said=plain)
    check_reply(further, message.body, said=plain)
    assert FURTHER in message.body
    assert OPENINGS[LetterKind.REPLY] not in message.body
    assert published(further, said=plain) == published(FOUND, said=plain)


def test_an_upheld_review_is_told_with_the_right_to_ask_the_commissioner() -> None:
    message = notice(LetterKind.UPHELD, "You are right.", SENDER, more=[], said=plain)
    assert S50_RIGHT in message.body
    assert REVIEW_RIGHT not in message.body

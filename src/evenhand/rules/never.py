"""What a desk with this software does, and what it never does: each with what keeps it so.

``keeps`` names the rule that refuses it, or the test without which no version is released. A test
holds both to what there is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from evenhand.rules.words import words


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise, and what keeps it: codes of rules, and tests of the house."""

    text: str
    rules: Sequence[str] = ()
    tests: Sequence[str] = ()


DOES: Sequence[Promise] = (
    Promise(
        words(
            "Asks a platform to look at one post, film or recording at a time, because it may lead "
            "to serious harm. The platform decides."
        ),
        rules=("E-MOVE-01",),
    ),
    Promise(
        words("Deals with what anyone can see without logging in, and with nothing else."),
        rules=("E-PRIV-72",),
    ),
    Promise(
        words(
            "Has a second officer approve each request, in their own words. Nobody approves their "
            "own work."
        ),
        rules=("E-TWO-01", "E-ADM-46"),
    ),
    Promise(
        words(
            "Enters every act, and every look at a person’s record, in a log that anyone can check."
        ),
        tests=("tests/house/test_guard.py", "tests/house/test_log_holds_no_words.py"),
    ),
    Promise(
        words("Looks again, by an officer with no part in it, when whoever posted it challenges."),
        rules=("E-CHAL-02",),
    ),
)
NEVER: Sequence[Promise] = (
    Promise(
        words(
            "Collect from platforms: no program reads posts, visits an address or follows an "
            "account."
        ),
        tests=("tests/house/test_imports.py",),
    ),
    Promise(
        words("Watch a person or an account. How often it may look at one is counted and limited."),
        rules=("E-RIPA-71",),
    ),
    Promise(
        words("Recognise faces or voices, or use any machine that learns."),
        tests=("tests/house/test_imports.py",),
    ),
    Promise(
        words("Score, rank or colour people or content, or draw networks of people."),
        tests=("tests/house/test_words_never_used.py", "tests/house/test_register.py"),
    ),
    Promise(
        words("Keep a list of people: whoever looks for one must know whom, and say why."),
        tests=("tests/house/test_no_list_of_people.py",),
    ),
    Promise(
        words("Hold a person’s ethnicity, religion, politics, health or sexuality."),
        tests=("tests/house/test_register.py",),
    ),
    Promise(
        words(
            "Treat a kind of music, the words of a song, slang, dress, a place or a friendship as "
            "harm, or as a reason to suspect anybody."
        ),
        rules=("E-SUS-14",),
        tests=("tests/rules/test_harms.py",),
    ),
    Promise(
        words("Make accounts on platforms, or pretend to be somebody."),
        rules=("E-PRIV-72",),
    ),
    Promise(
        words("Let a machine decide, or decide about several at once."),
        rules=("E-ADM-46",),
        tests=("tests/house/test_nothing_decided_in_bulk.py",),
    ),
)

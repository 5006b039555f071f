"""Policies: which logs and witnesses somebody trusts, in the form of c2sp.org/tlog-policy."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.ledger.broken import Malformed, NotSigned, TooFewWitnesses
from evenhand.ledger.checkpoints import Checkpoint
from evenhand.ledger.keys import Kind
from evenhand.ledger.policies import parse_logs, parse_policy, trusting
from evenhand.ledger.signing import SigningKey, sign, sign_checkpoint
from tests.ledger.cast import EAST, LOG, NEXT, ORIGIN, STRANGER, WEST, both, checkpoint, policy

ROOT = bytes(32)
HEAD = (
    f"log {LOG.verifier}",
    f"witness east {EAST.verifier}",
    f"witness west {WEST.verifier} https://west.example/",
)
SEVEN = [
    SigningKey(f"w{number}.example", Kind.COSIGNATURE, bytes([number]) * 32) for number in range(7)
]


def test_a_checkpoint_of_the_log_with_its_quorum_is_opened() -> None:
    opened = both().open(str(checkpoint(7, ROOT, by=(EAST, WEST))).encode())
    assert opened.checkpoint == Checkpoint(ORIGIN, 7, ROOT)
    assert [it.key for it in opened.signed] == [LOG.verifier, EAST.verifier, WEST.verifier]


def test_too_few_witnesses_are_named() -> None:
    with pytest.raises(TooFewWitnesses, match="quorum two is not reached: cosigned by east"):
        both().open(str(checkpoint(7, ROOT, by=(EAST,))).encode())
    with pytest.raises(TooFewWitnesses, match="cosigned by none"):
        both().open(str(checkpoint(7, ROOT)).encode())


def test_witnesses_without_the_log_are_not_enough() -> None:
    note = sign_checkpoint(Checkpoint(ORIGIN, 7, ROOT), [STRANGER])
    note = note.with_signatures(sign(note.text, it) for it in (EAST, WEST))
    with pytest.raises(NotSigned, match="No key that you hold for the log"):
        both().open(str(note).encode())


def test_a_log_signs_only_under_its_own_name() -> None:
    note = sign_checkpoint(Checkpoint("another.example", 7, ROOT), [LOG])
    with pytest.raises(NotSigned, match=r"another.example"):
        trusting(LOG.verifier).open(str(note).encode())


def test_two_keys_of_one_log_may_be_trusted_while_one_replaces_the_other() -> None:
    trusted = policy(HEAD[0], f"log {NEXT.verifier}", "quorum none")
    for keys in ([LOG], [NEXT], [LOG, NEXT]):
        trusted.open(str(sign_checkpoint(Checkpoint(ORIGIN, 7, ROOT), keys)).encode())


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(0, 6)))
def test_the_quorum_of_groups_of_groups_is_counted_as_the_specification_says(
    cosigned: set[int],
) -> None:
    rules = policy(
        f"log {LOG.verifier}",
        *(f"witness {number} {key.verifier}" for number, key in enumerate(SEVEN)),
        "group X 2 0 1 2",
        "group Y any 3 4 5",
        "group X-and-Y all X Y",
        "quorum X-and-Y",
    )
    note = checkpoint(7, ROOT, by=tuple(SEVEN[number] for number in sorted(cosigned)))
    wanted = len(cosigned & {0, 1, 2}) >= 2 and bool(cosigned & {3, 4, 5})
    try:
        rules.open(str(note).encode())
    except TooFewWitnesses:
        assert not wanted
    else:
        assert wanted


def test_space_comments_and_other_letters_are_allowed() -> None:
    text = f"# caf\u00e9\n\n \t# more\n\tlog   {LOG.verifier}\t\nwitness \u00e9 {EAST.verifier}\n"
    rules = parse_policy(
        text.encode() + b"witness \xff " + str(WEST.verifier).encode() + b"\n"
        b"group both all \xc3\xa9 \xff\nquorum both"
    )
    rules.open(str(checkpoint(7, ROOT, by=(EAST, WEST))).encode())


def test_addresses_are_kept_for_whoever_asks_the_witnesses() -> None:
    rules = policy(*HEAD, "quorum west")
    assert [it.url for it in rules.witnesses.values()] == ["", "https://west.example/"]
    assert policy(f"log {LOG.verifier} https://desk.example/", "quorum none").logs[0].url


def test_32_logs_32_witnesses_and_32_groups_are_read() -> None:
    lines = []
    for number in range(32):
        log = SigningKey(f"l{number}", Kind.ED25519, bytes([number]) * 32)
        witness = SigningKey(f"w{number}", Kind.COSIGNATURE, bytes([number]) * 32)
        lines += [f"log {log.verifier}", f"witness w{number} {witness.verifier}"]
        lines += [f"group g{number} 1 w{number}"]
    assert policy(*lines, "quorum g31").quorum == "g31"


BAD = {
    "nothing": ((), "one line that says the quorum"),
    "no quorum": (HEAD, "one line that says the quorum"),
    "two quorums": ((*HEAD, "quorum none", "quorum none"), "Line 5 of the policy: the quorum"),
    "a quorum from below": (("quorum east", *HEAD), "Line 1 of the policy: the quorum"),
    "a quorum of two": ((*HEAD, "quorum east west"), "Line 4 of the policy: this is no log"),
    "an unknown word": ((*HEAD, "mirror m"), "Line 4 of the policy: this is no log"),
    "a log twice": ((HEAD[0], HEAD[0]), "Line 2 of the policy: a log's key stands there twice"),
    "a witness twice": ((*HEAD, f"witness w {EAST.verifier}"), "witness's key stands there twice"),
    "a name twice": ((*HEAD, "group east any west"), "a name stands for one thing"),
    "a witness called none": ((f"witness none {EAST.verifier}",), "a name stands for one thing"),
    "a group of none": ((*HEAD, "group g any none"), "a group names witnesses and groups"),
    "a group of nobody": ((*HEAD, "group g any"), "a group asks for"),
    "a group of the unknown": ((*HEAD, "group g any north"), "a group names witnesses and groups"),
    "a member twice": ((*HEAD, "group g any east east"), "each in one group only"),
    "a member of two groups": (
        (*HEAD, "group g any east", "group h any east west"),
        "each in one group only",
    ),
    "a group in itself": ((*HEAD, "group g any g"), "a group names witnesses and groups"),
    "too many asked for": ((*HEAD, "group g 3 east west"), "a group asks for"),
    "none asked for": ((*HEAD, "group g 0 east west"), "a group asks for"),
    "a giant number": ((*HEAD, f"group g {'9' * 4000} east west"), "a group asks for"),
    "a witness's key for a log": ((f"log {EAST.verifier}",), "a log signs with a key of kind 1"),
    "a log's key for a witness": ((f"witness w {LOG.verifier}",), "a log signs with a key"),
    "no key": (("log east",), "Line 1 of the policy: A key is written as"),
    "a NUL": (("log \0",), "without control characters"),
    "a carriage return": (("quorum none\r",), "without control characters"),
    "a giant line": (("#" * 1_000_001,), "at most 1000000 bytes"),
    "too many lines": (("",) * 10_001, "of a few lines"),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_policy_is_refused_with_its_line(what: str) -> None:
    lines, why = BAD[what]
    with pytest.raises(Malformed, match=why):
        policy(*lines)


def test_a_key_name_that_is_no_text_is_refused() -> None:
    with pytest.raises(Malformed, match="Line 1"):
        parse_policy(b"log \xff" + str(LOG.verifier).encode() + b"\nquorum none\n")


def test_a_witness_reads_the_logs_of_a_policy_with_or_without_a_quorum() -> None:
    lines = [
        "# the desk",
        *HEAD,
        f"log {NEXT.verifier}",
        f"log {STRANGER.verifier} https://s.example/",
    ]
    for more in ([], ["quorum east"]):
        found = parse_logs("\n".join([*lines, *more]).encode())
        assert found == {
            ORIGIN: [LOG.verifier, NEXT.verifier],
            STRANGER.name: [STRANGER.verifier],
        }
    assert parse_logs(b"") == {}
    with pytest.raises(Malformed, match="Line 2 of the policy"):
        parse_logs(b"\nlog nonsense")

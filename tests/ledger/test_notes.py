"""Signed notes and the keys under them, with hostile ones."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evenhand.ledger.broken import Malformed, NotSigned
from evenhand.ledger.keys import Kind, VerifierKey, parse_verifier_key
from evenhand.ledger.notes import Note, Signature, check_note, parse_note
from evenhand.ledger.signing import SigningKey, parse_signing_key, sign
from tests.ledger.cast import EAST, LOG, NEXT, NOON, STRANGER
from tests.ledger.published import published

TEXT = "A text\n\nwith an empty line\n"
# The example of c2sp.org/signed-note, whose key is not published.
EXAMPLE = (
    "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\n"
    "ed \u00e8 subito sera.\n\n\u2014 quasimodo.example/salvatore "
    "NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n"
)


def signed(*keys: SigningKey, at: int = NOON) -> Note:
    return Note(TEXT, tuple(sign(TEXT, key, at=at) for key in keys))


def test_the_example_of_the_specification_is_read() -> None:
    note = parse_note(EXAMPLE.encode())
    assert note.text.endswith("\n\ned \u00e8 subito sera.\n")
    assert [(it.name, len(it.data)) for it in note.signatures] == [
        ("quasimodo.example/salvatore", 64)
    ]
    assert str(note) == EXAMPLE


@settings(deadline=None)
@given(st.lists(st.sampled_from([LOG, EAST, STRANGER]), min_size=1, max_size=4, unique=True))
def test_a_note_is_read_as_it_was_written(keys: list[SigningKey]) -> None:
    note = signed(*keys)
    assert parse_note(str(note).encode()) == note
    assert [it.key for it in check_note(note, [it.verifier for it in keys])] == [
        it.verifier for it in keys
    ]


def test_a_cosignature_says_when() -> None:
    assert [it.at for it in check_note(signed(LOG, EAST), [LOG.verifier, EAST.verifier])] == [
        None,
        NOON,
    ]


def test_signatures_by_unknown_keys_are_passed_over() -> None:
    assert [it.key for it in check_note(signed(STRANGER, LOG), [LOG.verifier])] == [LOG.verifier]


def test_the_same_name_with_another_key_is_another_key() -> None:
    assert [it.key for it in check_note(signed(NEXT, LOG), [LOG.verifier])] == [LOG.verifier]
    with pytest.raises(NotSigned, match="No key that is known here has signed"):
        check_note(signed(NEXT), [LOG.verifier])


def test_the_same_bytes_of_another_kind_are_another_key() -> None:
    other = SigningKey(LOG.name, Kind.COSIGNATURE, LOG.seed)
    assert other.verifier.id != LOG.verifier.id
    with pytest.raises(NotSigned):
        check_note(signed(other), [LOG.verifier])


def test_one_false_signature_of_a_known_key_spoils_the_note() -> None:
    other = sign("Another text\n", LOG)
    note = signed(EAST).with_signatures([other])
    with pytest.raises(NotSigned, match=f"{LOG.name} does not fit the text"):
        check_note(note, [LOG.verifier, EAST.verifier])


def test_a_cosignature_of_another_time_does_not_hold() -> None:
    (true,) = signed(EAST).signatures
    later = Signature(true.name, true.key_id, (NOON + 1).to_bytes(8, "big") + true.data[8:])
    with pytest.raises(NotSigned, match="does not fit"):
        check_note(Note(TEXT, (later,)), [EAST.verifier])


def test_a_cosignature_has_a_time_and_64_bytes() -> None:
    (true,) = signed(EAST).signatures
    for data, why in (
        (true.data[8:], "not 72 bytes"),
        (b"\x80" + true.data[1:], "no possible time"),
    ):
        note = Note(TEXT, (Signature(true.name, true.key_id, data),))
        with pytest.raises(NotSigned, match=why):
            check_note(note, [EAST.verifier])


def test_a_signature_with_other_padding_bits_is_read_and_then_judged() -> None:
    note = str(signed(LOG)).replace("=\n", "\n").rstrip("\n")
    padded = note[:-1] + ("B" if note[-1] == "A" else chr(ord(note[-1]) + 1)) + "=\n"
    assert check_note(parse_note(padded.encode()), [LOG.verifier])


@pytest.mark.parametrize("key", [LOG, EAST])
def test_a_known_key_that_signed_twice_is_refused_without_checking_it_again(
    key: SigningKey,
) -> None:
    note = signed(key)
    twice = replace(note, signatures=note.signatures * 50)
    with pytest.raises(NotSigned, match="signed more than once"):
        check_note(twice, [key.verifier])
    assert check_note(
        replace(twice, signatures=(*twice.signatures, *signed(NEXT).signatures)), [NEXT.verifier]
    )


def test_a_signature_is_added_once() -> None:
    note = signed(LOG)
    assert note.with_signatures(note.signatures) == note


def test_a_newer_signature_of_a_key_takes_the_place_of_its_older_one() -> None:
    note = signed(LOG)
    older, newer = (sign(note.text, EAST, at=at) for at in (1, 2))
    renewed = note.with_signatures([older]).with_signatures([newer])
    assert renewed == note.with_signatures([newer])


BAD_NOTES = {
    "nothing": b"",
    "no signatures": b"text\n",
    "no lines of signature": b"text\n\n",
    "no newline at the end": str(signed(LOG)).encode()[:-1],
    "an empty line at the end": str(signed(LOG)).encode() + b"\n",
    "a hyphen for a dash": str(signed(LOG)).replace("\u2014", "-").encode(),
    "no name": b"text\n\n\xe2\x80\x94  AAAAAAA=\n",
    "no signature": b"text\n\n\xe2\x80\x94 name\n",
    "an empty signature": b"text\n\n\xe2\x80\x94 name \n",
    "a short signature": b"text\n\n\xe2\x80\x94 name AAAAAA==\n",
    "no base64": b"text\n\n\xe2\x80\x94 name AAAA*AAA\n",
    "letters outside base64": "text\n\n\u2014 name \u0410\u0410\u0410\u0410\n".encode(),
    "a plus in the name": b"text\n\n\xe2\x80\x94 na+me AAAAAAA=\n",
    "a wide space in the name": "text\n\n\u2014 na\u2003me AAAAAAA=\n".encode(),
    "two spaces": b"text\n\n\xe2\x80\x94 name AAAA AAA=\n",
    "not UTF-8": b"t\xffxt\n\n\xe2\x80\x94 name AAAAAAA=\n",
    "a NUL": b"t\0xt\n\n\xe2\x80\x94 name AAAAAAA=\n",
    "a carriage return": b"text\r\n\n\xe2\x80\x94 name AAAAAAA=\n",
    "101 signatures": b"text\n\n" + b"\xe2\x80\x94 name AAAAAAA=\n" * 101,
    "a giant text": b"a" * 1_000_000 + b"\n\n\xe2\x80\x94 name AAAAAAA=\n",
}


@pytest.mark.parametrize("what", BAD_NOTES)
def test_what_is_no_note_is_refused_with_a_sentence(what: str) -> None:
    with pytest.raises(Malformed) as found:
        parse_note(BAD_NOTES[what])
    assert str(found.value).endswith(".")


def test_100_signatures_are_allowed() -> None:
    assert len(parse_note(b"text\n\n" + b"\xe2\x80\x94 name AAAAAAA=\n" * 100).signatures) == 100


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_bytes_are_a_note_or_refused(data: bytes) -> None:
    try:
        note = parse_note(b"text\n\n\xe2\x80\x94 " + data)
    except Malformed:
        return
    assert note.signatures


@pytest.mark.parametrize("key", [LOG, EAST])
def test_keys_are_read_as_they_were_written(key: SigningKey) -> None:
    assert parse_verifier_key(str(key.verifier)) == key.verifier
    assert parse_signing_key(key.secret()) == key


def test_a_private_key_does_not_show_itself() -> None:
    assert "llll" not in f"{LOG!r} {LOG}"
    with pytest.raises(Malformed) as found:
        parse_signing_key(LOG.secret().replace("+AW", "+AX"))
    assert "bGxs" not in str(found.value)


BAD_KEYS = {
    "nothing": "",
    "a name only": "name",
    "no id": f"{LOG.name}+AAAA",
    "an id in capitals": str(EAST.verifier).replace(
        EAST.verifier.id.hex(), EAST.verifier.id.hex().upper()
    ),
    "another id": str(LOG.verifier).replace(LOG.verifier.id.hex(), "00000000"),
    "another name": str(LOG.verifier).replace("desk", "dusk"),
    "no base64": f"{LOG.name}+00000000+***",
    "no bytes": f"{LOG.name}+00000000+=",
    "an unknown kind": f"{LOG.name}+00000000+Bgaa",
    "too short": f"{LOG.name}+00000000+AQAA",
    "no name": "+00000000+AQAA",
    "a line break": f"{LOG.verifier}\n",
}


@pytest.mark.parametrize("what", BAD_KEYS)
def test_what_is_no_key_is_refused_with_a_sentence(what: str) -> None:
    for parse in (parse_verifier_key, parse_signing_key):
        with pytest.raises(Malformed) as found:
            parse(BAD_KEYS[what])
        assert str(found.value).endswith(".")


@pytest.mark.parametrize("what", ["a name only", "another id", "an unknown kind", "too short"])
def test_what_is_no_private_key_is_refused_without_showing_it(what: str) -> None:
    with pytest.raises(Malformed) as found:
        parse_signing_key(f"PRIVATE+KEY+{BAD_KEYS[what]}")
    assert str(found.value).endswith(".")


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\nb", "a\u00a0b", "a\x00b"])
def test_a_key_has_a_name_of_one_word(name: str) -> None:
    with pytest.raises(Malformed):
        VerifierKey(name, Kind.ED25519, LOG.verifier.public)


def test_the_key_of_the_published_sample_logs_is_read() -> None:
    line = published("tessera_log/log.vkey").read_text("ascii").strip()
    assert str(parse_verifier_key(line)) == line

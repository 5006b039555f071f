"""Has witnesses of other organisations cosign the newest checkpoint, and keeps what they say.

What they cosign says of every later act that it was not done long before. So a checkpoint is sent
to them while it is the newest there can be, and not when acts have gone on for a while without it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from evenhand.actions.sequencing import publish
from evenhand.ledger.broken import Broken, TooFewWitnesses
from evenhand.ledger.files import reader_of
from evenhand.ledger.keys import VerifierKey
from evenhand.ledger.notes import Note, Signature, parse_note
from evenhand.ledger.policies import Log, Policy, Witness
from evenhand.ledger.proofs import continuing
from evenhand.store import sequencing
from evenhand.store.sequencing import COSIGNER, LogCheckpointRow, LogWitnessRow
from evenhand.transports.witness import Proof, cosign

FRESH = timedelta(minutes=1)
"""So long a checkpoint may go to witnesses though acts are committed that it does not cover."""

COSIGNED_ANEW = timedelta(hours=1)
"""So old the newest cosignature becomes on a desk on which nothing happens. A verifier that allows
a day (``--max-age``) then knows a quiet desk from one whose log has stopped."""


def have_cosigned(folder: Path, policy: Policy, *, now: datetime) -> None:
    """Ask each witness of the policy for what it has not cosigned yet, and publish the result.

    Where nothing is new, they are asked for the same again from time to time.
    A witness that does not answer, or will not cosign, holds nobody up: why is kept.
    """
    with sequencing.alone(COSIGNER) as is_alone:
        newest = sequencing.newest_checkpoint()
        if not is_alone or newest is None or _is_cosigned(newest, now):
            return
        keys = sequencing.known_keys()
        if now - newest.signed_at <= FRESH or sequencing.is_everything(newest.size):
            _have_cosigned(newest, folder, policy, keys, now)
        publish(folder, keys, now=now)


def _is_cosigned(newest: LogCheckpointRow, now: datetime) -> bool:
    return newest.cosigned_at is not None and now - newest.cosigned_at < COSIGNED_ANEW


def _have_cosigned(
    newest: LogCheckpointRow,
    folder: Path,
    policy: Policy,
    keys: Sequence[VerifierKey],
    now: datetime,
) -> None:
    before = parse_note(newest.checkpoint.encode())
    note = before.with_signatures(_cosignatures(folder, policy, newest, before, now))
    if note != before:
        is_enough = _is_enough(note, policy, keys)
        sequencing.keep_cosigned(newest, str(note), at=now if is_enough else None)


def _cosignatures(
    folder: Path, policy: Policy, newest: LogCheckpointRow, note: Note, now: datetime
) -> Iterator[Signature]:
    asked_anew = newest.cosigned_at is not None
    there = set() if asked_anew else {(it.name, it.key_id) for it in note.signatures}
    proof = continuing(reader_of(folder), newest.size)
    for witness in policy.witnesses.values():
        if witness.url and (witness.key.name, witness.key.id) not in there:
            yield from _asked(witness, note, newest.size, proof, now)


def _asked(witness: Witness, note: Note, size: int, proof: Proof, now: datetime) -> list[Signature]:
    row, _is_new = LogWitnessRow.objects.get_or_create(key=str(witness.key))
    try:
        found = cosign(witness.url, note, known=row.size, proof=proof, keys=[witness.key])
    except Broken as error:
        row.fault, row.fault_since = str(error), row.fault_since or now
        row.save(update_fields=["fault", "fault_since"])
        return []
    row.size, row.heard_at, row.fault, row.fault_since = size, now, "", None
    row.save()
    return found


def _is_enough(note: Note, policy: Policy, keys: Sequence[VerifierKey]) -> bool:
    """Say whether the cosignatures make up the quorum of the desk's policy."""
    whole = replace(policy, logs=tuple(map(Log, keys)))
    try:
        whole.open(str(note).encode())
    except TooFewWitnesses:
        return False
    return True

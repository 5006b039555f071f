"""What the software does without a person choosing it then, and what that does to records.

A test keeps the list the same as the worker's real jobs, and the acts that the log holds of the
worker within those that are named here.
"""

from dataclasses import dataclass

from evenhand.rules.words import words

NO_EFFECT = words("None")
"""The effect on a person's record of most of what goes on by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation: in which job of the worker, how often, what it does, and to a person's record.

    ``acts`` are the acts in the log by which it changes anything at all.
    """

    job: str
    often: str
    does: str
    effect: str = NO_EFFECT
    acts: frozenset[str] = frozenset()


def _op(job: str, often: str, does: str, *acts: str, effect: str = NO_EFFECT) -> Operation:
    return Operation(job=job, often=often, does=does, effect=effect, acts=frozenset(acts))


_ASKED = words("When an officer asked for it")
_MINUTE, _FIVE = words("Every minute"), words("Every five minutes")
_HOUR, _NIGHT, _ALWAYS = words("Every hour"), words("Every night"), words("All the time")
OPERATIONS: tuple[Operation, ...] = (
    _op(
        "send_notice",
        _ASKED,
        words(
            "Sends a request that two officers made and approved, and tries again where it fails."
        ),
        "notice.accept",
        "notice.fail",
    ),
    _op(
        "send_proof",
        _ASKED,
        words("Sends the proof of a request that went out before witnesses had cosigned it."),
        "proof.send",
        "proof.fail",
    ),
    _op(
        "send_recall",
        _ASKED,
        words("Sends a recall that an officer asked to be sent by e-mail."),
        "recall.send",
        "recall.fail",
    ),
    _op(
        "send_foi_letter",
        _ASKED,
        words("Sends a letter about a request for information that officers wrote or approved."),
        "foi.send",
        "foi.fail",
    ),
    _op(
        "tell_reporter",
        words("When a report was settled by an officer"),
        words("Tells whoever reported content what became of it, and forgets their address."),
        "reporter.tell",
        "reporter.fail",
        "reporter.forget",
    ),
    _op(
        "send_rights_letter",
        _ASKED,
        words("Sends a letter about a request about data that officers wrote or approved."),
        "rights.send",
        "rights.fail",
        effect=words("The request is answered, and nothing is held for it, as a reply leaves."),
    ),
    _op(
        "tell_challenger",
        words("When a challenge was settled by an officer"),
        words("Tells whoever challenged that it is settled, and forgets their address."),
        "challenger.tell",
        "challenger.fail",
        "challenger.forget",
    ),
    _op("tell_of_note", _ASKED, words("Mails an officer that a colleague’s note is for them.")),
    _op(
        "note_silence",
        _FIVE,
        words("Marks a request as unanswered when every reminder’s time is over."),
        "answer.silence",
    ),
    _op(
        "count_consultations",
        _FIVE,
        words("Enters how often a look or a refused attempt was repeated."),
        "consultation.repeat",
        "attempt.repeat",
    ),
    _op(
        "keep_public_doors",
        _FIVE,
        words("Answers posters who asked, when their day has come, and forgets who used a door."),
        "poster.answer",
    ),
    _op("sweep_captures", _FIVE, words("Removes files of captures that were disposed of.")),
    _op(
        "stamp_captures",
        _MINUTE,
        words("Has the fingerprint of a capture timestamped by an authority, where one is named."),
        "capture.timestamp",
    ),
    _op(
        "settle_quarters",
        _FIVE,
        words("Settles what is published of people in a quarter once its last day is added up."),
        "quarter.settle",
    ),
    _op(
        "keep_to_schedule",
        _NIGHT,
        words("Dates records by the schedule and closes what nobody reviewed in time."),
        "record.date",
        "record.restrict",
        "erasure.due",
        "recall.begin",
        effect=words(
            "A person’s record that was not reviewed in time is closed to casework until somebody"
            " reviews it; one that the law has erased is marked so."
        ),
    ),
    _op(
        "keep_to_schedule",
        _NIGHT,
        words("Destroys what is past its last day and what nobody released within 14 days."),
        "record.dispose",
        "content.dispose",
        effect=words("A person’s record past its last day is destroyed, unless a hold keeps it."),
    ),
    _op(
        "restrict_undecided",
        _NIGHT,
        words("Closes records of people of whom nobody decided in time whether they are told."),
        "person.restrict",
        effect=words("Such a record is closed to casework until somebody decides."),
    ),
    _op(
        "tidy",
        _NIGHT,
        words(
            "Deletes what is past its time: drafts, looks, traces, quarantine, leavers, mail,"
            " packages, reports, requests for information and about data, what was said of"
            " breaches, and counts of equality."
        ),
        "look.forget",
        "trace.forget",
        "officer.forget",
        "package.forget",
        "superseded.forget",
        "mail.forget",
        "import.erase",
        "report.lapse",
        "report.forget",
        "poster.forget",
        "foi.forget",
        "foi.forgetwho",
        "foi.forgetold",
        "rights.forget",
        "breach.forget",
        "equality.forget",
        "hold.end",
        effect=words(
            "A hold on what somebody asked for ends once no review of the reply can be asked for."
        ),
    ),
    _op("add_up_days", _HOUR, words("Adds up the counts of days that are over by months.")),
    _op(
        "compare_with_log", _NIGHT, words("Compares every row with the log, and says what differs.")
    ),
    _op("rescue", _MINUTE, words("Gives the jobs of a worker that died back to the queue.")),
    _op(
        "The log",
        _ALWAYS,
        words("Gives entries of the log their order, signs it, and asks witnesses to cosign it."),
        "key.rotate",
    ),
    _op(
        "Mail",
        _ALWAYS,
        words(
            "Keeps mail that somebody sent to the desk, sealed, for an officer to read and sort."
        ),
        "mail.keep",
        "notice.comeback",
    ),
    _op(
        "Counts",
        words("With every act"),
        words("Counts what the act did; clocks are worked out when somebody looks."),
    ),
)
"""Every operation, in the order in which it is published. Backups are the operator's command."""


def acts_of_operations() -> frozenset[str]:
    """Give every act that is done without a person choosing it at that moment."""
    return frozenset(act for it in OPERATIONS for act in it.acts)

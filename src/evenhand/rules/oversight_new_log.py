"""When a log may be closed and a new one begun: where it cannot go on or its key is exposed."""

from enum import StrEnum

from evenhand.rules.refusals import Kind, Refused
from evenhand.rules.words import words


class WhyClosed(StrEnum):
    """Why a log is closed. The names are part of the log's format and never change."""

    ENTRIES_LOST = "entries_lost"
    KEY_LOST = "key_lost"
    KEY_EXPOSED = "key_exposed"


class HowItStands(StrEnum):
    """How a log stands that is to be closed: it is signed on, refused, or nobody can sign it."""

    GOES_ON = "goes_on"
    STUCK = "stuck"
    NO_SIGNER = "no_signer"


class LogGoesOn(Refused):
    """A log is closed only where it cannot go on, or where somebody else may have its key."""

    code = "E-LOG-59"
    clause = words("DPA 2018 s.62: logs that can be relied on")
    kind = Kind.CONFLICT


class LogNameNotNew(Refused):
    """A new log has a name that no log of this desk ever had."""

    code = "E-LOG-60"
    clause = words("Rule of this desk: the name of a log stands for one history")
    kind = Kind.CONFLICT


def check_may_close(why: WhyClosed, stands: HowItStands) -> None:
    """Refuse to close a log for a reason that is not so. Raises LogGoesOn."""
    if why is WhyClosed.KEY_EXPOSED:
        return
    if stands is HowItStands.GOES_ON:
        raise LogGoesOn(
            words("Nothing is wrong with this log: it was signed just now."),
            do=words("Only if somebody else may have its key, say so: --why key_exposed."),
        )
    if why is WhyClosed.ENTRIES_LOST and stands is HowItStands.NO_SIGNER:
        raise LogGoesOn(
            words("The signer does not answer, so nobody knows whether the log can go on."),
            do=words("Start it. If its key and its memory are lost, say so: --why key_lost."),
        )
    if why is WhyClosed.KEY_LOST and stands is HowItStands.STUCK:
        raise LogGoesOn(
            words("The signer answers, so its key is not lost."),
            do=words("It refuses to go back, because entries are lost: --why entries_lost."),
        )


def name_used(name: str) -> LogNameNotNew:
    """Refuse a name that a log of this desk has or had."""
    return LogNameNotNew(
        words("A log of this desk is or was called {name}."),
        do=words("Choose a name that none ever had, for example the same with a year behind it."),
        name=name,
    )


def not_a_name() -> LogNameNotNew:
    """Refuse what cannot be the name of a log."""
    return LogNameNotNew(
        words("A log’s name is a host and a path, without a scheme."),
        do=words("For example: desk.example/log-2027."),
    )


def other_name(name: str) -> LogNameNotNew:
    """Refuse another name than that of the log that is being begun already."""
    return LogNameNotNew(
        words("A new log with the name {name} is being begun already."),
        do=words("Run the command again with that name: it goes on where it stopped."),
        name=name,
    )

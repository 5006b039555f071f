"""What somebody is in a referral. The role stands on the link between both, never on the person."""

from collections.abc import Mapping
from enum import StrEnum

from evenhand.rules.words import words


class PersonRole(StrEnum):
    """What a person is in one referral. DPA 2018 s.38(3). There is no “unknown” and no default."""

    SUSPECT = "suspect"
    CONVICTED = "convicted"
    VICTIM = "victim"
    WITNESS_OR_INFORMANT = "witness_or_informant"
    REPORTER = "reporter"
    CONTENT_POSTER_NOT_SUSPECTED = "content_poster_not_suspected"


_R = PersonRole
ROLE_WORDS: Mapping[PersonRole, str] = {
    _R.SUSPECT: words("Suspect"),
    _R.CONVICTED: words("Convicted of an offence"),
    _R.VICTIM: words("Victim"),
    _R.WITNESS_OR_INFORMANT: words("Witness or informant"),
    _R.REPORTER: words("Reporter"),
    _R.CONTENT_POSTER_NOT_SUSPECTED: words("Posted the content, not suspected"),
}
"""What people call the roles."""

ACCUSED = frozenset({_R.SUSPECT, _R.CONVICTED})
"""The roles that allege an offence: each needs the offence and its date. Nobody else has one."""
WITH_CONTACT = frozenset({_R.VICTIM, _R.WITNESS_OR_INFORMANT, _R.REPORTER})
"""The roles of which contact details may be kept, to protect or to answer."""
PROTECTED = frozenset({_R.VICTIM, _R.WITNESS_OR_INFORMANT})
"""The roles that somebody under ten can have, and that become another only for new grounds."""

SCHEDULES: Mapping[PersonRole, str] = {
    _R.SUSPECT: "D05",
    _R.CONVICTED: "D05",
    _R.VICTIM: "D07",
    _R.WITNESS_OR_INFORMANT: "D08",
    _R.REPORTER: "D09",
    # The schedule names no row for them: nobody who is not suspected stays longer than a suspect.
    _R.CONTENT_POSTER_NOT_SUSPECTED: "D05",
}
"""The row of the retention schedule that a role falls under."""
HANDED_OVER = "D06"
"""The row of a suspect who was handed over to a named investigation: the desk keeps less."""

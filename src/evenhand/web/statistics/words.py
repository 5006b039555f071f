"""What the numbers of the public site are called, in plain words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as later

from evenhand.rules.answers import Outcome
from evenhand.rules.assessments import Ground
from evenhand.rules.counting import Counted
from evenhand.rules.own_errors import OwnError
from evenhand.web.words import Words

TITLES: Mapping[Counted, Words] = {
    Counted.LOGGED: later("Logged"),
    Counted.NOT_FOR_US: later("Not for this desk"),
    Counted.NOT_REFERRED: later("Assessed and not referred"),
    Counted.REFERRED: later("Referred"),
    Counted.REMOVALS: later("Removals"),
    Counted.WITHDRAWN: later("Withdrawn"),
    Counted.CHALLENGED: later("Challenged"),
    Counted.UPHELD: later("Challenges upheld"),
}
OUTCOMES: Mapping[Outcome, Words] = {
    Outcome.RESTRICTED_IN_FULL: later("Restricted in full"),
    Outcome.RESTRICTED_IN_PART: later("Restricted in part"),
    Outcome.DECLINED: later("Declined"),
    Outcome.ALREADY_GONE: later("Already gone"),
    Outcome.GONE_REASON_UNKNOWN: later("Gone, and nobody knows why"),
    Outcome.REFERRED_ELSEWHERE: later("Sent us to somebody else"),
    Outcome.REINSTATED: later("Put back"),
}
OF_OUTCOMES: Mapping[Words, frozenset[Outcome]] = {
    later("Restricted"): frozenset({Outcome.RESTRICTED_IN_FULL, Outcome.RESTRICTED_IN_PART}),
    later("Declined"): frozenset({Outcome.DECLINED}),
    later("Anything else"): frozenset(
        {
            Outcome.ALREADY_GONE,
            Outcome.GONE_REASON_UNKNOWN,
            Outcome.REFERRED_ELSEWHERE,
            Outcome.REINSTATED,
        }
    ),
}
"""How what platforms decided is added up where it is divided by something else."""
GROUNDS: Mapping[Ground, Words] = {
    Ground.ILLEGAL: later("The law"),
    Ground.TERMS: later("The platform’s terms"),
    Ground.BOTH: later("The law and the platform’s terms"),
}
ERRORS: Mapping[OwnError, Words] = {
    OwnError.WRONG: later("Declined as wrong"),
    OwnError.IMPRECISE: later("Declined as imprecise"),
    OwnError.DUPLICATE: later("Declined as made before"),
    OwnError.ALREADY_GONE: later("Already gone"),
}

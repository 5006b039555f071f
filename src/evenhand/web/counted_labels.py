"""What codes are called by which published numbers are divided: in every language of the site."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as later

from evenhand.rules.answers import PlatformStatus
from evenhand.rules.assessments import Ground
from evenhand.rules.disposal import SYSTEM
from evenhand.rules.intake import Source
from evenhand.rules.people_ages import NOT_KEPT, UNKNOWN_AGE
from evenhand.web.words import Words

SOURCES: Mapping[Source, Words] = {
    Source.OFFICER_FOUND: later("An officer of this desk found it"),
    Source.PUBLIC_REPORT: later("A member of the public reported it"),
    Source.VICTIM_OR_FAMILY: later("A victim or their family told us"),
    Source.OTHER_BODY: later("Another force or public body told us"),
    Source.SCHOOL_OR_YOUTH_SERVICE: later("A school or youth service told us"),
    Source.COURT: later("A court"),
}
STATUSES: Mapping[PlatformStatus, Words] = {
    PlatformStatus.NONE_YET: later("No answer yet"),
    PlatformStatus.ACKNOWLEDGED: later("Acknowledged"),
    PlatformStatus.RESTRICTED_IN_FULL: later("Restricted in full"),
    PlatformStatus.RESTRICTED_IN_PART: later("Restricted in part"),
    PlatformStatus.DECLINED: later("Declined"),
    PlatformStatus.ALREADY_GONE: later("Already gone"),
    PlatformStatus.GONE_REASON_UNKNOWN: later("Gone, reason unknown"),
    PlatformStatus.REFERRED_ELSEWHERE: later("Referred elsewhere"),
    PlatformStatus.REINSTATED: later("Put back"),
    PlatformStatus.NO_RESPONSE: later("No response"),
}
KINDS: Mapping[str, Words] = {
    "referral": later("Referrals"),
    "person": later("Records of people"),
    "old_record": later("Lines of old systems"),
}
SYSTEMS: Mapping[str, Words] = {SYSTEM: later("This desk")}
GROUNDS: Mapping[Ground, Words] = {
    Ground.ILLEGAL: later("The law"),
    Ground.TERMS: later("The platform’s terms"),
    Ground.BOTH: later("The law and the platform’s terms"),
}
ACTORS: Mapping[str, Words] = {
    "officer": later("An officer"),
    "public": later("Somebody of the public"),
    "worker": later("The desk’s own worker"),
}
AGES: Mapping[str, Words] = {UNKNOWN_AGE: later("Not known"), NOT_KEPT: later("Not kept")}
KNOWN: Mapping[str, Words] = {
    "birth_date": later("A birth date"),
    "age": later("An age"),
    "unknown": later("Not known"),
}
TELLING: Mapping[str, Words] = {
    "told": later("They are told"),
    "withheld": later("They are not told"),
    "undecided": later("Not decided yet"),
}
ANSWERS: Mapping[str, Words] = {"allowed": later("Allowed"), "refused": later("Refused")}
STEPS: Mapping[str, Words] = {
    "begun": later("Begun"),
    "sent": later("Sent"),
    "acknowledged": later("Acknowledged"),
}
OLD: Mapping[str, Words] = {"rejected": later("Rejected by an officer")}
"""Why a line of an old system is gone that was not erased when its time was over."""

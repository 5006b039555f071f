"""What codes are called by which published numbers are divided: in every language of the site."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as later

from evenhand.rules.answers import PlatformStatus
from evenhand.rules.intake import Source
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

"""Addresses of all pages; each room adds its own line."""

from django.urls import include, path, register_converter
from django.urls.converters import IntConverter, StringConverter

from evenhand.rules.assurance import DocumentKind
from evenhand.rules.foi import NUMBER, FoiStep
from evenhand.rules.people import REFERENCE
from evenhand.rules.rights import REFERENCE as ASKED


class ReferenceConverter(StringConverter):
    """A referral's reference in an address."""

    regex = r"\d{4}-\d{6,12}"


class KeptConverter(StringConverter):
    """The reference of any record that is kept for a time: of a referral, or of a person."""

    regex = rf"{ReferenceConverter.regex}|{REFERENCE.pattern}"


class PersonConverter(StringConverter):
    """A person's reference in an address."""

    regex = REFERENCE.pattern


class FoiConverter(StringConverter):
    """The number of a request for information."""

    regex = NUMBER.pattern


class FoiStepConverter(StringConverter):
    """A step of a request for information."""

    regex = "|".join(FoiStep)

    def to_python(self, value: str) -> FoiStep:
        """Read the step."""
        return FoiStep(value)


class AskedConverter(StringConverter):
    """The reference of a request about somebody's own data in an address."""

    regex = ASKED.pattern


class SmallNumberConverter(IntConverter):
    """A number in an address that fits every column."""

    regex = r"\d{1,6}"


class EntryConverter(IntConverter):
    """The number of an entry of the log."""

    regex = r"\d{1,18}"


class DocumentConverter(StringConverter):
    """Which document an address means."""

    regex = "|".join(DocumentKind)

    def to_python(self, value: str) -> DocumentKind:
        """Read the kind of document."""
        return DocumentKind(value)


register_converter(FoiConverter, "foi")
register_converter(FoiStepConverter, "foistep")
register_converter(AskedConverter, "asked")
register_converter(DocumentConverter, "document")
register_converter(EntryConverter, "entry")
register_converter(KeptConverter, "kept")
register_converter(ReferenceConverter, "reference")
register_converter(PersonConverter, "person")
register_converter(SmallNumberConverter, "small")

# Django tries one after the other: what is opened all day comes first.
urlpatterns = [
    path("", include("evenhand.web.worklist.urls")),
    path("", include("evenhand.web.referrals.urls")),
    path("", include("evenhand.web.health.urls")),
    path("account/", include("evenhand.web.account.urls")),
    path("", include("evenhand.web.public.urls")),
    path("", include("evenhand.web.statistics.urls")),
    path("", include("evenhand.web.yearly.urls")),
    path("", include("evenhand.web.order_reviews.urls")),
    path("", include("evenhand.web.platform_links.urls")),
    path("", include("evenhand.web.saved_lists.urls")),
    path("", include("evenhand.web.counting.urls")),
    path("", include("evenhand.web.imports.urls")),
    path("", include("evenhand.web.reports.urls")),
    path("", include("evenhand.web.challenges.urls")),
    path("", include("evenhand.web.mail.urls")),
    path("foi/", include("evenhand.web.foi.urls")),
    path("", include("evenhand.web.assessments.urls")),
    path("", include("evenhand.web.groups.urls")),
    path("", include("evenhand.web.decisions.urls")),
    path("", include("evenhand.web.sending.urls")),
    path("", include("evenhand.web.due.urls")),
    path("", include("evenhand.web.answers.urls")),
    path("", include("evenhand.web.endings.urls")),
    path("", include("evenhand.web.handover.urls")),
    path("", include("evenhand.web.notes.urls")),
    path("", include("evenhand.web.captures.urls")),
    path("", include("evenhand.web.people.urls")),
    path("you/", include("evenhand.web.you.urls")),
    path("", include("evenhand.web.platforms.urls")),
    path("", include("evenhand.web.rules_kept.urls")),
    path("", include("evenhand.web.disposal.urls")),
    path("people/", include("evenhand.web.combinations.urls")),
    path("people/telling/", include("evenhand.web.notification.urls")),
    path("rights/", include("evenhand.web.rights.urls")),
    path("documents/", include("evenhand.web.assurance.urls")),
    path("", include("evenhand.web.training.urls")),
    path("breaches/", include("evenhand.web.breaches.urls")),
    path("equality/", include("evenhand.web.equality.urls")),
    path("scrutiny/", include("evenhand.web.scrutiny.urls")),
    path("oversight/", include("evenhand.web.oversight.urls")),
    path("log/", include("evenhand.web.log.urls")),
    path("sharing/", include("evenhand.web.sharing.urls")),
    path("opening/", include("evenhand.web.opening.urls")),
    path("questions/", include("evenhand.web.questions.urls")),
    # Rooms: each its own line here.
]

"""Addresses of the yearly reports: officers' pages, and the published ones with their files."""

from datetime import date

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from evenhand.rules.yearly import ReportKind
from evenhand.web.yearly import pages, public


class KindConverter(StringConverter):
    """Which report an address means."""

    regex = "|".join(ReportKind)

    def to_python(self, value: str) -> ReportKind:
        """Read the kind of report."""
        return ReportKind(value)


class LastConverter:
    """The last month of a report, as 2026-05."""

    regex = "2[0-9]{3}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        """Read the first day of the month."""
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date) -> str:
        """Write the month."""
        return f"{value:%Y-%m}"


register_converter(KindConverter, "report")
register_converter(LastConverter, "month")
urlpatterns = [
    path("yearly/", pages.editions, name="yearly"),
    path("yearly/<report:kind>/prepare/", pages.prepare, name="prepare_yearly"),
    path("yearly/<report:kind>/<month:last>/<small:number>/", pages.edition, name="yearly_edition"),
    path(
        "yearly/<report:kind>/<month:last>/<small:number>/publish/",
        pages.publish,
        name="publish_yearly",
    ),
    path("public/reports/", public.reports, name="public_reports"),
    path("public/reports/catalogue.jsonld", public.catalogue, name="public_catalogue"),
    path(
        "public/reports/<report:kind>/<month:last>/<small:number>/",
        public.report,
        name="public_yearly",
    ),
    path(
        "public/reports/<report:kind>/<month:last>/<small:number>/report.json",
        public.as_json,
        name="public_yearly_json",
    ),
    path(
        "public/reports/<report:kind>/<month:last>/<small:number>/metadata.json",
        public.metadata,
        name="public_yearly_metadata",
    ),
    path(
        "public/reports/<report:kind>/<month:last>/<small:number>/<slug:table>.csv",
        public.as_csv,
        name="public_yearly_csv",
    ),
]

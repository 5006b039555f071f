"""The published reports as files that programs read: CSV, its metadata, JSON, and a catalogue.

CSV on the Web: https://www.w3.org/TR/tabular-metadata/. The catalogue keeps to DCAT-AP 3.0.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evenhand.rules.yearly import Cell, Column, Report, ReportKind, Table, as_text

CSV = "text/csv"
METADATA = "application/csvm+json"
JSON = "application/json"
JSON_LD = "application/ld+json"
TITLES: Mapping[ReportKind, str] = {
    ReportKind.TRANSPARENCY: "Annual transparency report",
    ReportKind.TRUSTED_FLAGGER: "Report of a trusted flagger (DSA Article 22(3))",
}
FILE_TYPES = "http://publications.europa.eu/resource/authority/file-type"
_CONTEXT: Mapping[str, object] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A published edition, and the address below which its page and files stand."""

    report: Report
    number: int
    address: str

    def file(self, name: str) -> str:
        """Give the whole address of one of its files."""
        return f"{self.address}{name}"


def title(report: Report) -> str:
    """Name a report with its months."""
    return f"{TITLES[report.kind]}, {report.start:%Y-%m} to {report.last}"


def csv_text(table: Table) -> str:
    """Write a table as CSV. A cell without a number is empty."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\r\n")
    lines.writerow([it.name for it in table.columns])
    lines.writerows([_written(it) for it in row] for row in table.rows)
    return text.getvalue()


def json_text(report: Report) -> str:
    """Write a report whole."""
    return as_text(report)


def metadata(place: Place) -> Mapping[str, object]:
    """Say what the CSV files of a report are: what each column holds and means."""
    report = place.report
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": title(report),
        "dc:creator": report.desk,
        "dc:issued": {"@value": report.made_on.isoformat(), "@type": "xsd:date"},
        "tables": [_described(it) for it in report.tables],
    }


def catalogue(
    places: Sequence[Place], *, desk: str, email: str, address: str
) -> Mapping[str, object]:
    """List the published reports with their files, for catalogues of open data."""
    publisher = {"@id": f"{address}#publisher", "@type": "foaf:Agent", "foaf:name": _en(desk)}
    contact = {
        "@id": f"{address}#contact",
        "@type": "vcard:Organization",
        "vcard:fn": desk,
        "vcard:hasEmail": {"@id": f"mailto:{email}"},
    }
    return {
        "@context": _CONTEXT,
        "@id": address,
        "@type": "dcat:Catalog",
        "dct:title": _en(f"Published reports of {desk}"),
        "dct:description": _en("What the desk did, as tables that programs read."),
        "dct:publisher": publisher,
        "dcat:contactPoint": contact,
        "dcat:dataset": [_dataset(it, publisher["@id"], contact["@id"]) for it in places],
    }


def _dataset(place: Place, publisher: object, contact: object) -> Mapping[str, object]:
    report = place.report
    files = [(f"{it.name}.csv", CSV, "CSV", it.title) for it in report.tables]
    files.append(("report.json", JSON, "JSON", "Everything in one file"))
    return {
        "@id": place.address,
        "@type": "dcat:Dataset",
        "dct:title": _en(title(report)),
        "dct:description": _en(f"Edition {place.number}. {report.explanation}".strip()),
        "dct:identifier": f"{report.kind}-{report.last}-{place.number}",
        "dct:issued": _date(report.made_on.isoformat()),
        "dct:publisher": {"@id": publisher},
        "dcat:contactPoint": {"@id": contact},
        "dcat:landingPage": {"@id": place.address, "@type": "foaf:Document"},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _date(report.start.isoformat()),
            "dcat:endDate": _date(report.end.isoformat()),
        },
        "dcat:distribution": [
            {
                "@id": f"{place.file(name)}#file",
                "@type": "dcat:Distribution",
                "dct:title": _en(told),
                "dcat:accessURL": {"@id": place.file(name)},
                "dcat:downloadURL": {"@id": place.file(name)},
                "dct:format": {"@id": f"{FILE_TYPES}/{kind}", "@type": "dct:MediaTypeOrExtent"},
                "dcat:mediaType": {
                    "@id": f"http://www.iana.org/assignments/media-types/{media}",
                    "@type": "dct:MediaType",
                },
            }
            for name, media, kind, told in files
        ],
    }


def _described(table: Table) -> Mapping[str, object]:
    return {
        "url": f"{table.name}.csv",
        "dc:title": table.title,
        "dialect": {"header": True, "lineTerminators": ["\r\n", "\n"]},
        "tableSchema": {"columns": [_column(it) for it in table.columns]},
    }


def _column(it: Column) -> Mapping[str, object]:
    """Say what a column holds; where it has codes, which there are and what each means."""
    codes = "; ".join(f"{code}: {meaning}" for code, meaning in it.codes.items())
    about = ". ".join(text for text in (it.about, codes) if text)
    only = {"base": it.type.value, "format": "|".join(it.codes)}
    return {
        "name": it.name,
        "titles": it.name,
        "dc:title": it.title,
        "datatype": only if it.codes else it.type.value,
        **({"dc:description": about} if about else {}),
    }


def _written(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _en(text: str) -> Mapping[str, str]:
    return {"@value": text, "@language": "en"}


def _date(text: str) -> Mapping[str, str]:
    return {"@value": text, "@type": "xsd:date"}


def files_of(report: Report) -> Iterable[str]:
    """Name the files of an edition."""
    return [*(f"{it.name}.csv" for it in report.tables), "metadata.json", "report.json"]

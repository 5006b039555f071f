"""The public pages: where each is and what it is for. A new page adds its line here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as later

from evenhand.web.for_everybody import in_language
from evenhand.web.words import Words


class Part(StrEnum):
    """A part of the public home."""

    DO = "do"
    NUMBERS = "numbers"
    HELD = "held"


PARTS: Mapping[Part, Words] = {
    Part.DO: later("Tell us, ask us, complain"),
    Part.NUMBERS: later("What this desk did"),
    Part.HELD: later("What it holds, and by which rules"),
}


@dataclass(frozen=True, slots=True)
class Way:
    """One page: where it is, its name, and what it is for. ``short`` puts it in the navigation."""

    part: Part
    href: str
    text: Words
    about: Words
    short: Words = ""


WAYS: Sequence[Way] = (
    Way(
        Part.DO,
        "/public/report",
        later("Report public content"),
        later("Tell us of something online that may lead to serious harm. No name is needed."),
        short=later("Report"),
    ),
    Way(
        Part.DO,
        "/public/challenge",
        later("Ask whether we had your content restricted, and challenge it"),
        later("For whoever posted something that a platform took down."),
        short=later("Challenge"),
    ),
    Way(
        Part.DO,
        "/public/rights",
        later("Ask about your own data"),
        later("To have a copy, to have it put right, erased or restricted, or to complain."),
    ),
    Way(
        Part.DO,
        "/public/foi",
        later("Ask this desk for information"),
        later("Anybody may ask, under the Freedom of Information Act."),
    ),
    Way(
        Part.DO,
        "/public/contact",
        later("How to reach this desk"),
        later("Where to write, who is responsible for your data, and whom else you may ask."),
        short=later("Contact"),
    ),
    Way(
        Part.NUMBERS,
        "/public/statistics/",
        later("Statistics"),
        later("What was logged, sent, removed and wrong, by month and year, as tables and charts."),
        short=later("Statistics"),
    ),
    Way(
        Part.NUMBERS,
        "/public/reports/",
        later("Yearly reports"),
        later("The transparency report, and the report of a trusted flagger, as open data."),
        short=later("Reports"),
    ),
    Way(
        Part.NUMBERS,
        "/public/figures/",
        later("Figures that we published"),
        later("Each number that was worked out exactly, with what it means and as at which day."),
    ),
    Way(
        Part.NUMBERS,
        "/public/corrections/",
        later("What we published wrong"),
        later("Each figure that was wrong, what is right, and why."),
    ),
    Way(
        Part.NUMBERS,
        "/public/disclosures/",
        later("What we have answered"),
        later("Each request for information, and what we answered, without who asked."),
    ),
    Way(
        Part.NUMBERS,
        "/public/equality/",
        later("Equality: who is counted"),
        later("What was counted by ethnic group, joined to no record, and what was not counted."),
    ),
    Way(
        Part.NUMBERS,
        "/public/scrutiny/",
        later("Who looked at this desk from outside"),
        later("What they recommended, and what this desk did about it."),
    ),
    Way(
        Part.NUMBERS,
        "/log/",
        later("The log that anyone can check"),
        later("How far it is signed, who cosigned it, and how to check it without us."),
        short=later("Log"),
    ),
    Way(
        Part.HELD,
        "/public/data/",
        later("Every kind of data held"),
        later("How many, what for, for how long, and what changed since when."),
        short=later("Data held"),
    ),
    Way(
        Part.HELD,
        "/public/documents/",
        later("The documents of this desk"),
        later(
            "Impact assessments, policy, registers and what is published on equality, and when each"
            " is reviewed."
        ),
        short=later("Documents"),
    ),
    Way(
        Part.HELD,
        "/public/rules",
        later("The rules this desk keeps"),
        later("Every rule that can refuse something, with the law behind it."),
        short=later("Rules"),
    ),
    Way(
        Part.HELD,
        "/public/clocks",
        later("Clocks of law"),
        later("How long each duty may take, where the law says so, and how far that was read."),
    ),
    Way(
        Part.HELD,
        "/public/by-itself",
        later("What the software does by itself"),
        later("Each thing that goes on without a person choosing it, and what it does to records."),
    ),
    Way(
        Part.HELD,
        "/public/looking",
        later("How this desk looks at accounts"),
        later("How often it may look at one account, and what it never does."),
    ),
    Way(
        Part.HELD,
        "/public/sharing",
        later("With whom this desk shares"),
        later("Agreements in force, and recalls that no recipient has acknowledged yet."),
    ),
    Way(
        Part.HELD,
        "/public/accessibility",
        later("Accessibility statement"),
        later("How accessible this service is, and what to do where it is not."),
    ),
)


def of_part(part: Part) -> Sequence[Way]:
    """Give the pages of one part of the home."""
    return [it for it in WAYS if it.part is part]


def navigation(path: str) -> Sequence[Mapping[str, object]]:
    """Give the navigation of the public pages; the one that the page is in is marked."""
    ways = [(it.short, it.href) for it in WAYS if it.short]
    within = [href for _text, href in ways if path == href or path.startswith(href)]
    here = max(within, key=len, default=None)
    return [
        {"text": text, "href": in_language(href), "active": href == here} for text, href in ways
    ]

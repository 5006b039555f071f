"""A list that was narrowed, in words: by what, how far it goes, and where to go from here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.filters import Sought, sought
from evenhand.queries.referrals import Page
from evenhand.queries.saved_lists import SavedList
from evenhand.rules.answers import PlatformStatus
from evenhand.rules.assessments import Ground
from evenhand.rules.referrals import State
from evenhand.web import labels, times
from evenhand.web.referrals.finding import ListForm, filters_in
from evenhand.web.words import Words


@dataclass(frozen=True, slots=True)
class Chosen:
    """One filter in words, and the address of the list without it."""

    text: str
    without: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way on from a page: its words, its address and, for a search, the cursor to send."""

    text: str
    address: str
    cursor: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A saved list by its name, and the address of what it keeps."""

    name: str
    address: str


def address(filters: Mapping[str, str], *, cursor: str = "") -> str:
    """Give the address of the list with these filters."""
    query = urlencode({**filters, **({"cursor": cursor} if cursor else {})})
    return reverse("referrals") + (f"?{query}" if query else "")


def links(several: Iterable[SavedList]) -> list[Link]:
    """Lead to each saved list in one click."""
    return [Link(it.name, address(it.filters)) for it in several]


def chosen(form: ListForm) -> list[Chosen]:
    """Name what the list was narrowed to, each with the address of the list without it."""
    filters = filters_in(form.data)
    return [Chosen(text, address(_without(filters, name))) for name, text in _told(form)]


def in_words(form: ListForm) -> str:
    """Say in one line what filters keep, or that they keep nothing any more."""
    if not form.is_valid():
        return _("A choice in it is not offered any more")
    return " · ".join(text for _name, text in _told(form))


def way_on(page: Page, filters: Mapping[str, str], *, by_form: bool) -> Way | None:
    """Lead to the next page; words go along in a form, so that the address does not hold them."""
    if page.next is None:
        return None
    text = _("Look further back") if page.looked_back_to else _("Next page")
    if by_form:
        return Way(text, address(filters), page.next)
    return Way(text, address(filters, cursor=page.next))


def how_far(page: Page) -> str:
    """Say how far back the look went, where it ended before the page was full."""
    if page.looked_back_to is None:
        return ""
    day = times.local_day(page.looked_back_to)
    if page.lines:
        return _("Looked back as far as %(day)s. There may be more before.") % {"day": day}
    return _(
        "Looked back as far as %(day)s and found nothing. Look further back, or choose a period to "
        "look in."
    ) % {"day": day}


NOTHING: Mapping[Sought, Words] = {
    Sought.REFERENCE: later("There is no referral with this reference."),
    Sought.SITE: later("Nothing was logged on this site."),
    Sought.ADDRESS: later("Nothing was logged at this address, in any spelling of it."),
    Sought.WORDS: later(
        "Nothing was found. Words are found whole, and all of them must be in the referral."
        " Platforms, harms and officers are found by the filters."
    ),
}


def nothing(page: Page, filters: Mapping[str, str], *, q: str, first: bool) -> str:
    """Say what to do where there is nothing to show."""
    if page.lines or page.looked_back_to:
        return ""
    if not first:
        return _("There is no more.")
    if q:
        said = str(NOTHING[sought(q)])
        return f"{said} {_('Remove a filter to see more.')}" if filters else said
    if filters:
        return _("No referral is like this. Remove a filter to see more.")
    return _("Nothing has been logged yet.")


def _told(form: ListForm) -> Iterator[tuple[str, str]]:
    said = form.cleaned_data
    if said["state"]:
        yield "state", str(labels.STATES[State(said["state"])].text)
    if said["outcome"]:
        status = labels.PLATFORM_STATUSES[PlatformStatus(said["outcome"])].text
        yield "outcome", _("at the platform: %(status)s") % {"status": status}
    if said["officer"]:
        yield "officer", _("with %(name)s") % {"name": form.colleagues[said["officer"]]}
    yield from _told_of_content(form)
    if said["since"]:
        yield "since", _("from %(day)s") % {"day": times.day(said["since"])}
    if said["until"]:
        yield "until", _("to %(day)s") % {"day": times.day(said["until"])}
    if said["overdue"]:
        yield "overdue", _("overdue")


def _told_of_content(form: ListForm) -> Iterator[tuple[str, str]]:
    said = form.cleaned_data
    if said["platform"]:
        yield "platform", form.platforms[said["platform"]]
    if said["harm"]:
        yield "harm", labels.harm_name(said["harm"])
    if said["ground"]:
        yield "ground", str(labels.GROUNDS[Ground(said["ground"])])


def _without(filters: Mapping[str, str], name: str) -> dict[str, str]:
    return {
        it: text for it, text in filters.items() if it != name and not it.startswith(f"{name}_")
    }

"""What officers enter to find referrals: codes and days for the list, anything for a search."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.queries.platforms import lawbook
from evenhand.queries.referrals import Filter
from evenhand.rules.answers import PlatformStatus
from evenhand.rules.assessments import Ground
from evenhand.rules.officers import Officer, Permission, may
from evenhand.rules.referrals import State
from evenhand.rules.saved_lists import FILTERS
from evenhand.rules.texts import SHORT
from evenhand.web import labels
from evenhand.web.controls import draw_all
from evenhand.web.forms import DayField, HouseForm, LineField, OneField, SelectField, TickField

ANY = ("", later("Any"))
MOST_KEPT = 100
"""How many ways to narrow the list are kept in memory. They hold codes and days, never words."""


class ListForm(HouseForm):
    """Which referrals to list. Codes and days only: the address bar never holds words."""

    state = SelectField(
        label=later("State on this desk"),
        required=False,
        options=[ANY, *((it.value, tag.text) for it, tag in labels.STATES.items())],
    )
    outcome = SelectField(
        label=later("State at the platform"),
        required=False,
        options=[ANY, *((it.value, tag.text) for it, tag in labels.PLATFORM_STATUSES.items())],
    )
    officer = SelectField(
        label=later("Officer who logged or owns it"), required=False, options=[ANY]
    )
    platform = SelectField(label=later("Platform"), required=False, options=[ANY])
    harm = SelectField(label=later("Harm"), required=False, options=[ANY])
    ground = SelectField(
        label=later("Ground"),
        required=False,
        options=[ANY, *((it.value, text) for it, text in labels.GROUNDS.items())],
    )
    since = DayField(
        label=later("Logged from"),
        called=later("The first day"),
        hint=later("For example, 27 3 2026"),
        required=False,
    )
    until = DayField(
        label=later("Logged to"),
        called=later("The last day"),
        hint=later("This day is included"),
        required=False,
    )
    overdue = TickField(label=later("Only what is overdue"), small=True)

    def __init__(
        self, chosen: Mapping[str, str], colleagues: Mapping[str, str], sites: Mapping[str, str]
    ) -> None:
        super().__init__(chosen)
        law = lawbook()
        self.colleagues = colleagues
        self.platforms = {**{code: it.name for code, it in law.platforms.items()}, **sites}
        self._offer("platform", list(self.platforms.items()))
        self._offer("harm", [(code, f"{code} {_(it.title)}") for code, it in law.harms.items()])
        self._offer("officer", list(colleagues.items()))
        for field in self.fields.values():
            if isinstance(field, OneField):
                said = _("%(filter)s: choose one from the list") % {"filter": field.label}
                field.error_messages["invalid_choice"] = said

    @cached_property
    def drawn(self) -> SafeString:
        """Draw the filters, once for each form."""
        return render_to_string("evenhand/referrals/filters.html", {"form": self})

    def _offer(self, name: str, options: Sequence[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, OneField)  # noqa: S101 - tells the type
        field.offer([*field.options, *options])

    def filter(self, *, q: str, cursor: str, now: datetime) -> Filter:
        """Give the answers as the query asks them."""
        said = self.cleaned_data
        return Filter(
            state=State(said["state"]) if said["state"] else None,
            platform=said["platform"],
            harm=said["harm"],
            ground=Ground(said["ground"]) if said["ground"] else None,
            officer=said["officer"],
            outcome=PlatformStatus(said["outcome"]) if said["outcome"] else None,
            since=said["since"],
            until=said["until"],
            overdue_at=now if said["overdue"] else None,
            q=q,
            cursor=cursor,
        )


def narrowing(
    filters: Mapping[str, str], colleagues: Mapping[str, str], sites: Mapping[str, str]
) -> ListForm:
    """Give the form with these filters. One that can be used is kept, for all who narrow alike.

    ``sites`` names, by their code, platforms besides those of the law data.
    """
    try:
        return _usable(
            tuple(filters.items()), tuple(colleagues.items()), tuple(sites.items()), get_language()
        )
    except ValueError:
        return ListForm(filters, colleagues, sites)


@lru_cache(maxsize=MOST_KEPT)
def _usable(
    filters: tuple[tuple[str, str], ...],
    colleagues: tuple[tuple[str, str], ...],
    sites: tuple[tuple[str, str], ...],
    _language: str | None,
) -> ListForm:
    form = ListForm(dict(filters), dict(colleagues), dict(sites))
    if not form.is_valid():
        raise ValueError("Only a form that can be used is kept.")
    return form


class FindForm(HouseForm):
    """What to look for. It is sent as a form, never in an address."""

    q = LineField(
        label=later("Find a referral"),
        called=later("What you look for"),
        hint=later("A reference, an address in any spelling, the name of a site, or whole words."),
        missing=later("Enter a reference, an address or words"),
        longest=4 * SHORT,
        width="two-thirds",
        spellcheck=False,
        autocomplete="off",
    )


def for_officer(find: FindForm, officer: Officer) -> FindForm:
    """Ask for a reference alone where the role does not see addresses and words."""
    return _asking(find, for_words=may(officer, Permission.READ_WORDS))


def drawn(find: FindForm, officer: Officer) -> SafeString:
    """Draw what to look for. Where nothing was entered, it is the same for all with this right."""
    if find.is_bound:
        return draw_all(find)
    return _empty(get_language(), for_words=may(officer, Permission.READ_WORDS))


@lru_cache(maxsize=MOST_KEPT)
def _empty(_language: str | None, *, for_words: bool) -> SafeString:
    return draw_all(_asking(FindForm(), for_words=for_words))


def _asking(find: FindForm, *, for_words: bool) -> FindForm:
    if not for_words:
        field = find.fields["q"]
        assert isinstance(field, LineField)  # noqa: S101 - tells the type
        hint = _("A reference. Your role does not see addresses and words, nor look for them.")
        field.look = {**field.look, "hint": hint}
    return find


def filters_in(sent: Mapping[str, str]) -> dict[str, str]:
    """Take from what was sent the filters that say anything, in one order."""
    found = {name: str(sent.get(name, "")).strip() for name in FILTERS}
    return {name: text for name, text in found.items() if text}


def sites_in(filters: Mapping[str, str]) -> list[str]:
    """Give the site that filters are for, where the code of its platform is its host."""
    site = filters.get("platform", "")
    return [site] if "." in site else []

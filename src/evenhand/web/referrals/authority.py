"""One look at an account too many: asking for the authorisation, with nothing typed lost."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from evenhand.queries import looks
from evenhand.rules.content import Content
from evenhand.rules.looks import FREE_LOOKS, WINDOW, LookNeedsAuthority
from evenhand.rules.officers import Acting
from evenhand.rules.texts import SHORT
from evenhand.web.drafting import NOT_ANSWERS
from evenhand.web.forms import HouseForm, LineField
from evenhand.web.words import translated

OF_AUTHORITY = ("authority_asked", "authorisation_")
Contents = Mapping[str, Content]


class AuthorityForm(HouseForm):
    """For each account that was looked at too often: the reference of its authorisation."""

    asks = "authority"

    def __init__(self, data: Any, several: Mapping[int, Sequence[str]]) -> None:
        super().__init__(data)
        self.several = several
        for number, addresses in several.items():
            self.fields[f"authorisation_{number}"] = LineField(
                label=_("Reference of the authorisation"),
                called=_("The reference"),
                hint=_("For %(addresses)s") % {"addresses": ", ".join(addresses)},
                missing=_("Enter the reference of the authorisation"),
                longest=SHORT,
                spellcheck=False,
                autocomplete="off",
            )


def by_account(contents: Contents) -> dict[int, list[str]]:
    """Group the addresses by the account that they name, each group by the place of its first."""
    places: dict[str, int] = {}
    several: dict[int, list[str]] = {}
    for number, (address, content) in enumerate(contents.items()):
        if content.account is not None:
            several.setdefault(places.setdefault(content.account, number), []).append(address)
    return several


def asked_before(contents: Contents, sent: Mapping[str, Any]) -> dict[int, list[str]]:
    """Give the groups whose authorisation this form was sent with."""
    return {
        number: addresses
        for number, addresses in by_account(contents).items()
        if f"authorisation_{number}" in sent
    }


def given(form: AuthorityForm) -> dict[str, str]:
    """Give the reference that was entered for each address."""
    return {
        address: str(form.cleaned_data[f"authorisation_{number}"])
        for number, addresses in form.several.items()
        for address in addresses
    }


def ask(
    request: HttpRequest, contents: Mapping[str, Content], sent: AuthorityForm, now: Acting
) -> HttpResponse:
    """Ask for the authorisation of one look too many; what was entered goes along unseen."""
    accounts = {it.account for it in contents.values() if it.account is not None}
    today = timezone.localdate(now.at)
    needing = looks.needing_authority(accounts, today=today, officer=now.officer)
    several = {
        number: addresses
        for number, addresses in by_account(contents).items()
        if number in sent.several or contents[addresses[0]].account in needing
    }
    form = AuthorityForm(request.POST if "authority_asked" in request.POST else None, several)
    shown = {
        "form": form,
        "carried": _carried(request, without=OF_AUTHORITY),
        "free": FREE_LOOKS,
        "days": WINDOW.days,
        "rule": LookNeedsAuthority.code,
        "clause": translated(LookNeedsAuthority.clause),
    }
    status = 422 if form.is_bound else 200
    return render(request, "evenhand/referrals/authority.html", shown, status=status)


def _carried(request: HttpRequest, *, without: tuple[str, ...]) -> list[tuple[str, str]]:
    """Give what was entered elsewhere, to go along unseen."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in NOT_ANSWERS and not name.startswith(without)
    ]

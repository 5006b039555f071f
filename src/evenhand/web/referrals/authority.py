"""One look at an account too many: asking for the authorisation, with nothing typed lost."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from evenhand.rules.content import Content
from evenhand.rules.texts import SHORT
from evenhand.web.forms import HouseForm, LineField

OF_AUTHORITY = ("authority_asked", "authorisation_")
Contents = Mapping[str, Content]


class AuthorityForm(HouseForm):
    """For each account that was looked at too often: the reference of its authorisation."""

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

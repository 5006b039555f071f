"""What officers enter about referrals: content to log, what to do with the same content, triage."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.actions.referrals import Continuing
from evenhand.rules.content import LONGEST, split_addresses
from evenhand.rules.intake import (
    MOST_ADDRESSES,
    ContentType,
    Intake,
    Source,
    check_number_of_addresses,
)
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import LONG
from evenhand.web import labels
from evenhand.web.faults import RefusalError
from evenhand.web.forms import (
    HouseForm,
    LineField,
    MomentField,
    OneField,
    Option,
    SelectField,
    WordsField,
)
from evenhand.web.referrals.languages import LANGUAGES, OTHER, UNKNOWN

PUBLIC = "yes"
SHOWN_OF_ADDRESS = 100


class AddressRefused(RefusalError):
    """A refusal of one address among several, which names it."""

    def __init__(self, number: int, address: str, refused: Refused) -> None:
        super().__init__(refused)
        shown = address[:SHOWN_OF_ADDRESS] + ("…" if len(address) > SHOWN_OF_ADDRESS else "")
        self.said.sentence = _("Address %(number)d (%(address)s): %(sentence)s") % {
            "number": number,
            "address": shown,
            "sentence": self.said.sentence,
        }
        self.params = {"sentence": self.said.sentence}


class LogForm(HouseForm):
    """One or several addresses with what is said of them."""

    url = WordsField(
        label=later("Addresses"),
        called=later("The addresses"),
        hint=later(
            "Paste one address or several, each on a line of its own. Each becomes a referral."
        ),
        missing=later("Enter the address of the content"),
        longest=MOST_ADDRESSES * (LONGEST + 2),
        rows=4,
        spellcheck=False,
        autocomplete="off",
    )
    public_without_login = OneField(
        label=later("Can anyone see it without logging in, following or being invited?"),
        hint=later("If not, nothing about it may be recorded here."),
        missing=later("Select yes if anyone can see it"),
        options=[(PUBLIC, later("Yes")), ("no", later("No"))],
        inline=True,
    )
    observed_at = MomentField(
        label=later("When did you see it?"),
        called=later("The time you saw it"),
        missing=later("Enter when you saw it"),
    )
    source = OneField(
        label=later("How did this desk come to know of it?"),
        missing=later("Select how this desk came to know of it"),
        options=[(it.value, labels.SOURCES[it]) for it in Source],
    )
    source_detail = WordsField(
        label=later("More about the source (optional)"),
        called=later("More about the source"),
        hint=later("For example a reference number. Do not name anyone."),
        required=False,
        longest=LONG,
        rows=2,
    )
    content_type = OneField(
        label=later("What kind of content is it?"),
        missing=later("Select the kind of content"),
        options=[(it.value, text) for it, text in labels.CONTENT_TYPES.items()],
    )
    language = SelectField(
        label=later("Language of the content"),
        missing=later("Select the language"),
        options=[
            *LANGUAGES.items(),
            (UNKNOWN, later("Not known, or no words")),
            (OTHER, later("Another language")),
        ],
    )
    language_code = LineField(
        label=later("Code of another language (optional)"),
        called=later("The code of the language"),
        hint=later("Only if it is not in the list: two or three letters, such as mt for Maltese."),
        required=False,
        longest=35,
        width=5,
        spellcheck=False,
    )
    description = WordsField(
        label=later("What does it show or say?"),
        called=later("The description"),
        hint=later(
            "In your own neutral words, without names. If it is child sexual abuse imagery, do not "
            "describe it: write only that it is."
        ),
        missing=later("Describe what it shows or says"),
        longest=LONG,
        count=True,
    )

    @property
    def says_not_public(self) -> bool:
        """Say whether the officer answered that it is not public, whatever else was filled in."""
        return self.data.get("public_without_login") == "no"

    def clean_url(self) -> list[str]:
        """Take the addresses apart."""
        addresses = split_addresses(self.cleaned_data["url"])
        try:
            check_number_of_addresses(len(addresses))
        except Refused as refused:
            raise RefusalError(refused) from refused
        return addresses

    def clean(self) -> dict[str, Any]:
        """Need a code for a language that is not in the list."""
        if self.cleaned_data.get("language") == OTHER and not self.cleaned_data.get(
            "language_code"
        ):
            self.add_error("language_code", _("Enter the code of the language"))
        return self.cleaned_data

    def intake(self) -> Intake:
        """Give the answers as the rules see them."""
        said = self.cleaned_data
        observed: datetime = said["observed_at"]
        other = said["language"] == OTHER
        return Intake(
            source=Source(said["source"]),
            source_detail=said["source_detail"],
            public_without_login=said["public_without_login"] == PUBLIC,
            observed_at=observed,
            content_type=ContentType(said["content_type"]),
            language=said["language_code"] if other else said["language"],
            description=said["description"],
        )


LINK, CONTINUE, LEAVE = "link", "continue", "leave"
OF_SAME = ("asked", "same_", "reason_")


class SameContentForm(HouseForm):
    """For each address whose content this desk has already: link it, go on, or leave it out."""

    def __init__(self, data: Any, addresses: Mapping[int, str]) -> None:
        super().__init__(data)
        self.addresses = addresses
        for number, address in addresses.items():
            self.fields[f"same_{number}"] = OneField(
                label=_("What do you want to do?"),
                missing=_("Select what to do with %(address)s")
                % {"address": address[:SHOWN_OF_ADDRESS]},
                options=[
                    Option(LINK, _("Link it as a duplicate"), _("It is kept and not worked on.")),
                    Option(CONTINUE, _("Go on with a new referral"), _("Give a reason below.")),
                    Option(LEAVE, _("Leave it out"), _("Nothing about it is recorded.")),
                ],
            )
            self.fields[f"reason_{number}"] = WordsField(
                label=_("Why go on with a new referral?"),
                called=_("The reason"),
                hint=_("Only if you go on: for example, it was put up again."),
                required=False,
                longest=LONG,
                rows=2,
            )

    def clean(self) -> dict[str, Any]:
        """Need a reason for going on."""
        for number in self.addresses:
            goes_on = self.cleaned_data.get(f"same_{number}") == CONTINUE
            if goes_on and not self.cleaned_data.get(f"reason_{number}", "").strip():
                self.add_error(f"reason_{number}", _("Enter why you go on with a new referral"))
        return self.cleaned_data

    def chosen(self, number: int) -> Continuing | None:
        """Give what to do with the address of this number; None leaves it out."""
        reason = str(self.cleaned_data[f"reason_{number}"])
        match self.cleaned_data[f"same_{number}"]:
            case "link":
                return Continuing(as_duplicate=True, reason=reason)
            case "continue":
                return Continuing(reason=reason)
            case _:
                return None

"""What officers enter about referrals: content to log, what to do with the same content, triage."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.rules.content import LONGEST
from evenhand.rules.content_pasted import take_apart
from evenhand.rules.intake import (
    MOST_ADDRESSES,
    ContentType,
    Intake,
    Source,
    check_number_of_addresses,
)
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import LONG
from evenhand.web import counted_labels, labels
from evenhand.web.faults import RefusalError
from evenhand.web.forms import (
    HouseForm,
    LineField,
    MomentField,
    OneField,
    SelectField,
    WordsField,
)
from evenhand.web.referrals.languages import LANGUAGES, OTHER, UNKNOWN

PUBLIC = "yes"


class LogForm(HouseForm):
    """One or several addresses with what is said of them."""

    asks = "log"
    url = WordsField(
        label=later("Addresses"),
        called=later("The addresses"),
        hint=later(
            "Paste one address or up to 50, or a message that holds them. Each becomes a referral."
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
        hint=later("The time now is filled in. Change it if it was earlier."),
        initial=timezone.now,
        missing=later("Enter when you saw it"),
    )
    source = OneField(
        label=later("How did this desk come to know of it?"),
        missing=later("Select how this desk came to know of it"),
        options=[(it.value, counted_labels.SOURCES[it]) for it in Source],
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

    left_aside: Sequence[str] = ()

    @property
    def says_not_public(self) -> bool:
        """Say whether the officer answered that it is not public, whatever else was filled in."""
        return self.data.get("public_without_login") == "no"

    def clean_url(self) -> list[str]:
        """Take the addresses out of what was pasted; the words around them are left aside."""
        try:
            pasted = take_apart(self.cleaned_data["url"])
            check_number_of_addresses(len(pasted.addresses))
        except Refused as refused:
            raise RefusalError(refused) from refused
        self.left_aside = pasted.others
        return list(pasted.addresses)

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

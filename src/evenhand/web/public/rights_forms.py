"""What whoever asks about their own data is asked at the public door."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as later

from evenhand.rules.public_rights import LONGEST_ASKED, RightsAsked, RightsKind
from evenhand.rules.texts import SHORT
from evenhand.web.forms import DayField, OneField, Option, WordsField
from evenhand.web.public.forms import named, posted_to, reached_at
from evenhand.web.reached import ReachedForm
from evenhand.web.words import Words

KINDS: Mapping[RightsKind, Words] = {
    RightsKind.ACCESS: later("See what you hold about me"),
    RightsKind.RECTIFICATION: later("Put something right"),
    RightsKind.ERASURE: later("Erase something"),
    RightsKind.RESTRICTION: later("Keep something without using it"),
    RightsKind.COMPLAINT: later("Complain about how you use my data"),
}


class AskAboutDataForm(ReachedForm):
    """What somebody asks about their own data, who they are, and where the answer goes."""

    kind = OneField(
        label=later("What do you want us to do?"),
        missing=later("Select what you want us to do"),
        options=[Option(it, text) for it, text in KINDS.items()],
    )
    name = named(
        later("Your whole name"),
        later("We look for exactly this name. If you had another one, write it below."),
        missing=later("Enter your whole name"),
        longest=SHORT,
    )
    birth_date = DayField(
        label=later("Your birth date (optional)"),
        called=later("Your birth date"),
        required=False,
        hint=later("Without it we find you only by the reference of a letter that we sent you."),
    )
    wish = WordsField(
        label=later("What should we know?"),
        called=later("What you write"),
        hint=later(
            "To see what we hold you need not write anything. Otherwise say what is wrong or what"
            " you want, and give the reference of any letter from us."
        ),
        required=False,
        longest=LONGEST_ASKED,
        rows=5,
        count=True,
        autocomplete="off",
    )
    email = reached_at(
        later("E-mail address for the answer"),
        later("E-mail is not sealed on its way. If you want paper instead, leave it out."),
    )
    postal = posted_to(later("Or postal address for the answer"), longest=SHORT)

    def asked(self) -> RightsAsked:
        """Give the answers as the rules see them."""
        said: dict[str, Any] = self.cleaned_data
        return RightsAsked(
            kind=RightsKind(said["kind"]),
            name=said["name"],
            wish=said["wish"],
            birth_date=said["birth_date"],
            email=said["email"],
            postal=said["postal"],
            language=said.get("language") or get_language() or "en",
        )

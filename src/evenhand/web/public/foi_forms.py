"""What is asked of whoever asks for information: no more than the Act has a request say."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as later

from evenhand.rules.public_foi import LONGEST_ASKED, LONGEST_NAME, LONGEST_POSTAL, FoiAsked
from evenhand.web.forms import WordsField
from evenhand.web.public.forms import named, posted_to, reached_at
from evenhand.web.reached import ReachedForm


class FoiForm(ReachedForm):
    """A request for information: what is wanted, who asks, and where the reply goes."""

    asked = WordsField(
        label=later("What do you want to know?"),
        called=later("What you ask"),
        hint=later(
            "Describe the information, and the days it is about. Do not write about yourself: for"
            " what we hold about you there is another way."
        ),
        missing=later("Say what you want to know"),
        longest=LONGEST_ASKED,
        rows=6,
        count=True,
        autocomplete="off",
    )
    name = named(
        later("Your name"),
        later("The law asks for your real name. It is never published."),
        missing=later("Enter your name"),
        longest=LONGEST_NAME,
    )
    email = reached_at(later("E-mail address"), later("Give this, or a postal address below."))
    postal = posted_to(
        later("Postal address, if you want the reply on paper"), longest=LONGEST_POSTAL
    )

    def asked_as_given(self) -> FoiAsked:
        """Give the answers as the rules see them."""
        said: dict[str, Any] = self.cleaned_data
        return FoiAsked(
            name=said["name"],
            asked=said["asked"],
            email=said["email"],
            postal=said["postal"],
            language=get_language() or "en",
        )

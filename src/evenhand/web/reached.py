"""Forms that ask where a reply goes, by e-mail, on paper or both, and in which language."""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from evenhand.rules.public_letters import WrittenIn
from evenhand.web.forms import HouseForm, OneField
from evenhand.web.words import Words

ADDRESSES = frozenset({"email", "postal"})
LANGUAGES: Mapping[str, Words] = {
    WrittenIn.ENGLISH: later("English"),
    WrittenIn.WELSH: later("Welsh"),
}


def written_in() -> OneField:
    """Ask in which language somebody is written to who used no page of ours."""
    return OneField(
        label=later("In which language are they written to?"),
        missing=later("Select a language"),
        options=list(LANGUAGES.items()),
        initial=WrittenIn.ENGLISH,
        inline=True,
    )


class ReachedForm(HouseForm):
    """A form that needs one of two addresses, and says so together with all else that lacks."""

    def clean(self) -> None:
        """Ask for an address where neither was given."""
        given = {*self.errors, *(name for name, said in self.cleaned_data.items() if said)}
        if given.isdisjoint(ADDRESSES):
            self.add_error("email", _("Enter an e-mail address or a postal address"))

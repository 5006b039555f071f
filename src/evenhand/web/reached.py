"""Forms that ask where a reply goes: by e-mail, on paper, or both."""

from django.utils.translation import gettext as _

from evenhand.web.forms import HouseForm

ADDRESSES = frozenset({"email", "postal"})


class ReachedForm(HouseForm):
    """A form that needs one of two addresses, and says so together with all else that lacks."""

    def clean(self) -> None:
        """Ask for an address where neither was given."""
        given = {*self.errors, *(name for name, said in self.cleaned_data.items() if said)}
        if given.isdisjoint(ADDRESSES):
            self.add_error("email", _("Enter an e-mail address or a postal address"))

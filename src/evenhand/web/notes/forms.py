"""What is asked for a note: the words, and whom they are meant for."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from evenhand.queries import officers
from evenhand.rules.officers import OfficerRef
from evenhand.web.act_forms import ActForm
from evenhand.web.fields import offer_only
from evenhand.web.forms import ManyField, Option, WordsField
from evenhand.web.handover.present import with_absence


class NoteForm(ActForm):
    """A note and who shall see it on their worklist."""

    asks = "note"
    text = WordsField(
        label=_("Your note"),
        called=_("The note"),
        missing=_("Write the note"),
        hint=_("Write @ and a user name to mention a colleague, or choose below."),
        rows=5,
    )
    mentions = ManyField(
        label=_("Who should see it on their worklist?"),
        hint=_("Choose any, or nobody."),
        required=False,
        options=[],
        small=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = officers.team(today=timezone.localdate())
        field = self.fields["mentions"]
        assert isinstance(field, ManyField)  # noqa: S101 - tells the type
        field.offer([Option(it.username, with_absence(it)) for it in self.known])

    def offer_others(self, officer: OfficerRef) -> None:
        """Leave out whoever writes the note: they know of it."""
        others = [it.username for it in self.known if it.ref != officer]
        if others:
            offer_only(self.fields["mentions"], others)
        else:
            del self.fields["mentions"]

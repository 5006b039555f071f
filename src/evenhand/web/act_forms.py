"""What the forms of every act on a referral have in common: the version seen, and a reason."""

from typing import Unpack

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from evenhand.rules.referrals import ChangedMeanwhile
from evenhand.rules.refusals import Refused
from evenhand.rules.texts import ReasonMissing, check_reason, says_nothing
from evenhand.web.faults import RefusalError
from evenhand.web.fields import Look
from evenhand.web.forms import HouseForm, NumberField, WordsField
from evenhand.web.words import Words

VERSION = "version"
"""The field of the version that was seen."""


class SeenVersion(NumberField):
    """The version that the officer was shown, carried along unseen."""

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(
            label=_("Version"),
            most=2**31 - 1,
            missing=_("This form is not complete; open the page again"),
        )


class ReasonField(WordsField):
    """A reason in the officer's own words; the rule about reasons says what is wrong with it."""

    def __init__(self, *, label: Words, needed: Words, **look: Unpack[Look]) -> None:
        look.setdefault("rows", 5)
        super().__init__(label=label, required=False, **look)
        self.needed = needed

    def to_python(self, value: object) -> str:
        """Normalise line endings."""
        return with_plain_lines(str(value or ""))

    def validate(self, value: str) -> None:
        """Ask the rule."""
        try:
            check_reason(value)
        except ReasonMissing as refused:
            needed = self.needed if says_nothing(value) else ""
            raise RefusalError(refused, sentence=needed) from refused
        except Refused as refused:
            raise RefusalError(refused) from refused


class ActForm(HouseForm):
    """A form about one version of one referral."""

    version = SeenVersion()


def look_anew(form: HouseForm, refused: Refused) -> None:
    """Put the version that the page shows now in a form that was refused for an older one.

    So it can be sent again, with what was typed.
    """
    sent, seen = form.data, form.initial.get(VERSION)
    if isinstance(refused, ChangedMeanwhile) and seen and isinstance(sent, QueryDict):
        form.data = sent.copy()
        form.data[VERSION] = str(seen)


def with_plain_lines(text: str) -> str:
    """Give a text with one kind of line ending; a browser sends another than it was given."""
    return text.replace("\r\n", "\n").replace("\r", "\n")

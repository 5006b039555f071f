"""Fields of a form: what a person may enter, and the sentence when it cannot be used."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias, TypedDict, Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evenhand.rules.texts import SHORT, says_nothing
from evenhand.web.words import Words


class Look(TypedDict, total=False):
    """How a field looks; names as in the GOV.UK Design System where it has one.

    ``width`` is 2, 3, 4, 5, 10, 20, 30, or a part of the page (``two-thirds``). ``called`` names
    the field inside an error ("The address must be …"); without it the label does.
    """

    hint: Words
    called: Words
    width: int | str
    inputmode: str
    autocomplete: str
    spellcheck: bool
    prefix: Words
    suffix: Words
    rows: int
    count: bool
    inline: bool
    small: bool


class Option(NamedTuple):
    """One answer of several: what is sent, what is read, a hint, and what is asked of it alone.

    ``asks`` names fields of the same form, which are drawn under the answer. Without scripts they
    are all seen; the form takes only those of the answer that was chosen.
    """

    value: str
    text: Words
    hint: Words = ""
    asks: Sequence[str] = ()


Options: TypeAlias = Iterable[Option | tuple[str, Words]]


def checked_missing(missing: Words, *, required: bool) -> dict[str, Words]:
    """Give the error for an empty answer. A required field cannot do without one."""
    if required and not missing:
        raise TypeError("A required field says what is missing: missing='Enter the address'.")
    return {"required": missing} if missing else {}


def checked_text(text: str, *, called: Words, longest: int) -> str:
    """Refuse a text that cannot be stored exactly, or is too long."""
    if len(text) > longest:
        raise ValidationError(
            _("%(called)s must be %(longest)s characters or fewer; it has %(length)s"),
            code="too_long",
            params={"called": called, "longest": f"{longest:,}", "length": f"{len(text):,}"},
        )
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValidationError(
            _("%(called)s must not contain signs that cannot be stored; type it again"),
            code="unstorable",
            params={"called": called},
        )
    return text


class WordsField(forms.CharField):
    """Free text, kept exactly as written; only line endings become one kind."""

    widget: type[forms.Widget] = forms.Textarea

    def __init__(
        self,
        *,
        label: Words,
        missing: Words = "",
        longest: int = 10_000,
        required: bool = True,
        initial: str | None = None,
        **look: Unpack[Look],
    ) -> None:
        super().__init__(
            label=label,
            required=required,
            initial=initial,
            strip=False,
            error_messages=checked_missing(missing, required=required),
        )
        self.validators.clear()
        self.longest = longest
        self.look = look

    def to_python(self, value: object) -> str:
        """Normalise line endings and measure."""
        text = str(value or "").replace("\r\n", "\n").replace("\r", "\n")
        called = self.look.get("called") or self.label or ""
        return checked_text(text, called=called, longest=self.longest)

    def validate(self, value: str) -> None:
        """Take white space and signs that nobody can see as no answer."""
        super().validate("" if says_nothing(value) else value)


class LineField(WordsField):
    """One line of text; the spaces around it are dropped unless ``exact``."""

    widget: type[forms.Widget] = forms.TextInput

    def __init__(
        self,
        *,
        label: Words,
        missing: Words = "",
        longest: int = 500,
        required: bool = True,
        initial: str | None = None,
        exact: bool = False,
        **look: Unpack[Look],
    ) -> None:
        super().__init__(
            label=label,
            missing=missing,
            longest=longest,
            required=required,
            initial=initial,
            **look,
        )
        self.exact = exact

    def to_python(self, value: object) -> str:
        """Refuse more than one line."""
        text = super().to_python(value)
        text = text if self.exact else text.strip()
        if "\n" in text:
            called = self.look.get("called") or self.label or ""
            raise ValidationError(
                _("%(called)s must be on one line"), code="lines", params={"called": called}
            )
        return text


class SecretField(LineField):
    """A password: kept exactly, never shown again."""

    widget = forms.PasswordInput


class NumberField(forms.IntegerField):
    """A whole number within limits."""

    widget: type[forms.Widget] = forms.TextInput

    def __init__(
        self,
        *,
        label: Words,
        least: int = 0,
        most: int = 1_000_000,
        missing: Words = "",
        required: bool = True,
        initial: int | None = None,
        **look: Unpack[Look],
    ) -> None:
        called = look.get("called") or label
        super().__init__(
            label=label,
            required=required,
            initial=initial,
            error_messages=checked_missing(missing, required=required),
        )
        self.look: Look = {"inputmode": "numeric", "width": 5, "spellcheck": False, **look}
        self.called, self.least, self.most = called, least, most

    def to_python(self, value: object) -> int | None:
        """Read digits only; commas and spaces between them are allowed."""
        text = str(value if value is not None else "").replace(",", "").replace(" ", "")
        if not text:
            return None
        limits = {"called": self.called, "least": f"{self.least:,}", "most": f"{self.most:,}"}
        digits = text.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
            message = _("%(called)s must be a whole number, like %(least)s")
            raise ValidationError(message, code="number", params=limits)
        if not self.least <= int(text) <= self.most:
            message = _("%(called)s must be between %(least)s and %(most)s")
            raise ValidationError(message, code="range", params=limits)
        return int(text)


class _Offering(forms.ChoiceField):
    """Knows its answers as options, which a form may set when it is made."""

    options: Sequence[Option] = ()

    def offer(self, options: Options) -> None:
        """Offer these answers and no others."""
        self.options = [Option(*it) for it in options]
        self.choices = [(it.value, it.text) for it in self.options]


class OneField(_Offering):
    """One answer of several, as radios."""

    widget: type[forms.Widget] = forms.RadioSelect

    def __init__(
        self,
        *,
        label: Words,
        options: Options,
        missing: Words = "",
        required: bool = True,
        initial: str | None = None,
        **look: Unpack[Look],
    ) -> None:
        super().__init__(
            label=label,
            required=required,
            initial=initial,
            error_messages={
                "invalid_choice": gettext_lazy("Select one of the answers on this page"),
                **checked_missing(missing, required=required),
            },
        )
        self.look = look
        self.offer(options)


def offer_only(field: forms.Field, values: Iterable[str]) -> None:
    """Leave out of a field what cannot be chosen now. What was sent is judged by the rules."""
    assert isinstance(field, _Offering)  # noqa: S101 - tells the type
    wanted = frozenset(values)
    field.offer([it for it in field.options if it.value in wanted])


class SelectField(OneField):
    """One answer of many, as a drop-down list: only when radios would be too many."""

    widget = forms.Select


class ManyField(_Offering, forms.MultipleChoiceField):
    """Any number of answers, as checkboxes."""

    widget = forms.CheckboxSelectMultiple

    def __init__(
        self,
        *,
        label: Words,
        options: Options,
        missing: Words = "",
        required: bool = True,
        initial: Sequence[str] = (),
        **look: Unpack[Look],
    ) -> None:
        super().__init__(
            label=label,
            required=required,
            initial=list(initial),
            error_messages={
                "invalid_choice": gettext_lazy("Select only answers on this page"),
                **checked_missing(missing, required=required),
            },
        )
        self.look = look
        self.offer(options)


class OneFileField(forms.FileField):
    """One file that is not empty; what becomes of its bytes is its page's business."""

    widget = forms.FileInput

    def __init__(self, *, label: Words, hint: Words, missing: Words) -> None:
        nothing = {"required": missing, "empty": missing, "missing": missing, "invalid": missing}
        super().__init__(label=label, help_text=hint, error_messages=nothing, max_length=SHORT)


class TickField(forms.BooleanField):
    """One checkbox. Required means that it must be ticked."""

    def __init__(
        self,
        *,
        label: Words,
        missing: Words = "",
        required: bool = False,
        initial: bool = False,
        **look: Unpack[Look],
    ) -> None:
        super().__init__(
            label=label,
            required=required,
            initial=initial,
            error_messages=checked_missing(missing, required=required),
        )
        self.look = look

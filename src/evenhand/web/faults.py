"""What is wrong with an answer: found in a form's errors, worded for the page."""

from typing import NamedTuple

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from evenhand.rules.refusals import Refused
from evenhand.web.words import Said, Words


class RefusalError(ValidationError):
    """A refusal of the rules, put at a field of a form."""

    def __init__(self, refused: Refused, *, sentence: Words = "") -> None:
        self.said = Said(refused)
        if sentence:
            # The page knows the question, so its sentence says what to do.
            self.said.sentence, self.said.do = str(sentence), ""
        super().__init__("%(sentence)s", code="", params={"sentence": self.said.sentence})


class Fault(NamedTuple):
    """One thing that is wrong: the sentence, the control it is about, and the refusal if any."""

    sentence: str
    at: str = ""
    said: Said | None = None

    @property
    def what_to_do(self) -> SafeString:
        """What to do next, as HTML; the rule itself is named once, in the summary."""
        if self.said is None or not self.said.do:
            return SafeString()
        return format_html('<span class="eh-do">{}</span>', self.said.do)


def faults_of(bound: BoundField) -> list[Fault]:
    """Find what is wrong with one answer."""
    errors = bound.form.errors.as_data().get(bound.name, []) if bound.form.is_bound else []
    return [_fault(error, _control(bound, error)) for error in errors]


def all_faults(form: BaseForm) -> list[Fault]:
    """Find everything that is wrong with a form: in the order of its fields, then the rest."""
    found: list[Fault] = []
    for bound in form.visible_fields():
        found += faults_of(bound)
    for bound in form.hidden_fields():
        found += [fault._replace(at="") for fault in faults_of(bound)]
    return found + form_faults(form)


def form_faults(form: BaseForm) -> list[Fault]:
    """Find what is wrong with a form as a whole."""
    errors = form.errors.as_data().get(NON_FIELD_ERRORS, []) if form.is_bound else []
    return [_fault(error, "") for error in errors]


def _control(bound: BoundField, error: ValidationError) -> str:
    """Give the id to go to: the first part that is wrong of a field in parts, else the field."""
    parts: tuple[str, ...] = getattr(bound.field.widget, "parts", ())
    wrong = [part for part in parts if part in (error.code or "").split()] or parts
    return "_".join([bound.auto_id, *wrong[:1]])


def _fault(error: ValidationError, control: str) -> Fault:
    sentence = " ".join(error.messages)
    return Fault(sentence, control, error.said if isinstance(error, RefusalError) else None)

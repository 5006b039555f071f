"""Draws a field of any Django form as the GOV.UK component that fits it."""

import re
from collections.abc import Callable

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from evenhand.web.components import Params, render
from evenhand.web.dates import MomentWidget, PartsWidget
from evenhand.web.faults import faults_of
from evenhand.web.fields import Look, ManyField, OneField, WordsField
from evenhand.web.guidance import beside
from evenhand.web.words import Words

WIDE = {"full", "three-quarters", "two-thirds", "one-half", "one-third", "one-quarter"}
OF_SCRIPT = re.compile(r' data-aria-controls="[^"]*"| govuk-radios__conditional--hidden')
SIZES = {"s", "m", "l", "xl"}


def draw(bound: BoundField, *, size: str = "s", heading: bool = False) -> SafeString:
    """Draw one field with its label, hint and errors. ``heading``: the label is the page's h1."""
    widget = bound.field.widget
    if widget.is_hidden:
        return bound.as_hidden()
    for kind, drawn in KINDS:
        if isinstance(widget, kind):
            return drawn(bound, _label(size, heading=heading))
    raise TypeError(f"No GOV.UK component is known for {type(widget).__name__}.")


def draw_all(form: forms.BaseForm, *, size: str = "s") -> SafeString:
    """Draw every field of a form in its order, hidden ones too, each once."""
    under = {name for field in form.fields.values() for name in _asked_under(field)}
    drawn = ((draw(bound, size=size),) for bound in form if bound.name not in under)
    return format_html_join("\n", "{}", drawn)


def _line(bound: BoundField, label: Params) -> SafeString:
    look, field = _look(bound), bound.field
    attributes = field.widget.attrs
    params: dict[str, object] = {
        **_common(bound, label, look),
        "type": getattr(field.widget, "input_type", "text"),
        "value": _typed(bound),
        "classes": _width(look),
        "inputmode": look.get("inputmode") or attributes.get("inputmode"),
        "autocomplete": look.get("autocomplete") or attributes.get("autocomplete"),
        "spellcheck": look.get("spellcheck"),
        "prefix": {"text": look["prefix"]} if look.get("prefix") else None,
        "suffix": {"text": look["suffix"]} if look.get("suffix") else None,
    }
    return render("input", params)


def _secret(bound: BoundField, label: Params) -> SafeString:
    look = _look(bound)
    autocomplete = look.get("autocomplete") or bound.field.widget.attrs.get("autocomplete")
    told = {
        "showPasswordText": _("Show"),
        "hidePasswordText": _("Hide"),
        "showPasswordAriaLabelText": _("Show password"),
        "hidePasswordAriaLabelText": _("Hide password"),
        "passwordShownAnnouncementText": _("Your password is visible"),
        "passwordHiddenAnnouncementText": _("Your password is hidden"),
    }
    params = {**_common(bound, label, look), **told, "autocomplete": autocomplete}
    return render("password-input", {**params, "classes": _width(look)})


def _words(bound: BoundField, label: Params) -> SafeString:
    look, field = _look(bound), bound.field
    value = _typed(bound)
    params: dict[str, object] = {
        **_common(bound, label, look),
        # A browser drops the first line break inside <textarea>.
        "value": f"\n{value}" if value.startswith(("\n", "\r")) else value,
        "rows": look.get("rows"),
        "spellcheck": look.get("spellcheck"),
        "autocomplete": look.get("autocomplete"),
    }
    if look.get("count") and isinstance(field, WordsField):
        limit = {"maxlength": field.longest, "threshold": 75}
        told = _("You can enter up to %(longest)s characters") % {"longest": f"{field.longest:,}"}
        return render("character-count", {**params, **limit, "textareaDescriptionText": told})
    return render("textarea", params)


def _typed(bound: BoundField) -> str:
    """Give what was typed; of far more than fits, only the beginning is sent back."""
    text = str(bound.value() if bound.value() is not None else "")
    longest = getattr(bound.field, "longest", None)
    return text if longest is None or len(text) <= 2 * longest else text[:longest]


def _radios(bound: BoundField, label: Params) -> SafeString:
    look = _look(bound)
    styles = [
        style
        for style, chosen in (
            ("govuk-radios--inline", look.get("inline")),
            ("govuk-radios--small", look.get("small")),
        )
        if chosen
    ]
    chosen = str(bound.value() if bound.value() is not None else "")
    items = [
        {**item, "checked": item["value"] == chosen, "conditional": _under(bound, item["value"])}
        for item in _items(bound)
    ]
    drawn = render("radios", {**_group(bound, label), "items": items, "classes": " ".join(styles)})
    # Their script would say aria-expanded of a radio, which may not have it (WCAG 4.1.2). The style
    # sheet shows what is asked of the chosen answer, also where no script runs.
    return mark_safe(OF_SCRIPT.sub("", drawn))  # noqa: S308 - only takes away


def _asked_under(field: forms.Field, answer: object = None) -> list[str]:
    """Name the fields that are asked under the answers of a field, or under one of them."""
    options = field.options if isinstance(field, OneField) else ()
    return [name for it in options if answer in {None, it.value} for name in it.asks]


def _under(bound: BoundField, answer: object) -> Params | None:
    """Draw what is asked of one answer alone, as far as the form has it."""
    form = bound.form
    asked = [form[it] for it in _asked_under(bound.field, answer) if it in form.fields]
    drawn = format_html_join("\n", "{}", ((draw(it),) for it in asked))
    return {"html": drawn} if asked else None


def _checkboxes(bound: BoundField, label: Params) -> SafeString:
    chosen = {str(it) for it in bound.value() or ()}
    items = [{**item, "checked": item["value"] in chosen} for item in _items(bound)]
    small = "govuk-checkboxes--small" if _look(bound).get("small") else ""
    return render("checkboxes", {**_group(bound, label), "items": items, "classes": small})


def _tick(bound: BoundField, label: Params) -> SafeString:
    look = _look(bound)
    item: dict[str, object] = {
        "value": "on",
        "text": bound.label,
        "checked": bool(bound.value()),
        "hint": {"text": look["hint"]} if look.get("hint") else None,
    }
    small = "govuk-checkboxes--small" if look.get("small") else ""
    common = {"name": bound.html_name, "idPrefix": bound.auto_id, "classes": small}
    return render("checkboxes", {**common, "items": [item], "errorMessage": _error(bound)})


def _select(bound: BoundField, label: Params) -> SafeString:
    look = _look(bound)
    items = _items(bound)
    if all(item["value"] for item in items):
        items.insert(0, {"value": "", "text": _("Choose one")})
    chosen = str(bound.value() if bound.value() is not None else "")
    items = [{**item, "selected": item["value"] == chosen} for item in items]
    params = {**_common(bound, label, look), "items": items, "classes": _width(look)}
    return render("select", params)


def _parts(bound: BoundField, label: Params) -> SafeString:
    widget = bound.field.widget
    assert isinstance(widget, PartsWidget)  # noqa: S101 - tells the type, KINDS keeps it
    typed = widget.typed(bound.value())
    wrong = _wrong_parts(bound, widget)
    labels = {
        "day": _("Day"),
        "month": _("Month"),
        "year": _("Year"),
        "hour": _("Hour"),
        "minute": _("Minute"),
    }
    items = [
        {
            "name": f"{bound.html_name}_{part}",
            "id": f"{bound.auto_id}_{part}",
            "label": labels[part],
            "value": typed[part],
            "classes": f"govuk-input--width-{4 if part == 'year' else 2}"
            + (" govuk-input--error" if part in wrong else ""),
        }
        for part in widget.parts
    ]
    group = {**_group(bound, label), "id": bound.auto_id, "items": items}
    moment = "eh-moment" if isinstance(widget, MomentWidget) else ""
    return render("date-input", {**group, "classes": moment})


def _file(bound: BoundField, label: Params) -> SafeString:
    return render("file-upload", _common(bound, label, _look(bound)))


def _wrong_parts(bound: BoundField, widget: PartsWidget) -> set[str]:
    """Say which parts to mark: those an error names, else all of them."""
    errors = bound.form.errors.as_data().get(bound.name, []) if bound.form.is_bound else []
    named = {part for error in errors for part in (error.code or "").split() if part}
    return named & set(widget.parts) or (set(widget.parts) if errors else set())


def _common(bound: BoundField, label: Params, look: Look) -> dict[str, object]:
    classes = str(label["classes"]).replace("fieldset__legend", "label")
    return {
        "id": bound.auto_id,
        "name": bound.html_name,
        "label": {**label, "classes": classes, "text": bound.label},
        "hint": _hint(bound),
        "errorMessage": _error(bound),
        "formGroup": {"beforeInput": _beside(bound), "classes": "eh-asked"},
    }


def _group(bound: BoundField, label: Params) -> dict[str, object]:
    return {
        "name": bound.html_name,
        "idPrefix": bound.auto_id,
        "fieldset": {"legend": {**label, "text": bound.label}},
        "hint": _hint(bound),
        "errorMessage": _error(bound),
        "formGroup": {"beforeInputs": _beside(bound)},
    }


def _beside(bound: BoundField) -> Params | None:
    """Give the guidance that stands between a question and its answer."""
    told = beside(bound)
    return {"html": told} if told else None


def _items(bound: BoundField) -> list[dict[str, object]]:
    field = bound.field
    if isinstance(field, OneField | ManyField):
        return [
            {"value": it.value, "text": it.text, "hint": _told(it.hint)} for it in field.options
        ]
    choices = getattr(field, "choices", ())
    return [{"value": str(value), "text": text} for value, text in choices]


def _look(bound: BoundField) -> Look:
    look: Look | None = getattr(bound.field, "look", None)
    return look or {}


def _hint(bound: BoundField) -> Params | None:
    return _told(_look(bound).get("hint") or bound.field.help_text)


def _told(hint: Words) -> Params | None:
    return {"html" if hasattr(hint, "__html__") else "text": hint} if hint else None


def _error(bound: BoundField) -> Params | None:
    faults = faults_of(bound)
    lines = ((format_html("{}{}", it.sentence, it.what_to_do),) for it in faults)
    told = {"html": format_html_join(mark_safe("<br>"), "{}", lines)}
    return {**told, "visuallyHiddenText": _("Error")} if faults else None


def _label(size: str, *, heading: bool) -> Params:
    classes = f"govuk-fieldset__legend--{size}" if size in SIZES else ""
    return {"classes": classes, "isPageHeading": heading}


def _width(look: Look) -> str:
    width = look.get("width")
    if width is None:
        return ""
    return f"govuk-!-width-{width}" if width in WIDE else f"govuk-input--width-{width}"


KINDS: tuple[tuple[type[forms.Widget], Callable[[BoundField, Params], SafeString]], ...] = (
    (PartsWidget, _parts),
    (forms.PasswordInput, _secret),
    (forms.FileInput, _file),
    (forms.CheckboxSelectMultiple, _checkboxes),
    (forms.CheckboxInput, _tick),
    (forms.RadioSelect, _radios),
    (forms.Select, _select),
    (forms.Textarea, _words),
    (forms.TextInput, _line),
)

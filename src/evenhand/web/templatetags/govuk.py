"""The tags of every page: components, fields and what is wrong with a form."""

from collections.abc import Collection, Iterable
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from evenhand.web import controls
from evenhand.web.components import Params, render
from evenhand.web.faults import Fault, all_faults
from evenhand.web.for_everybody import in_language

register = template.Library()


@register.simple_tag
def govuk(component: str, params: Params | None = None, **given: Any) -> SafeString:
    """Draw a component: ``{% govuk "tag" tag %}`` or ``{% govuk "button" text=save href=there %}``.

    What is named in the tag goes before what is in the mapping.
    """
    drawn = render(component, {**(params or {}), **given})
    if component != "back-link":
        return drawn
    # It stands before <main>, and everything on a page belongs to a landmark.
    return format_html('<nav aria-label="{}">{}</nav>', _("Back"), drawn)


@register.simple_tag
def way(page: str, *args: object) -> str:
    """Give the address of a public page; of one that caches keep, in the reader’s language."""
    return in_language(reverse(page, args=args))


@register.simple_tag
def form_field(bound: BoundField, *, size: str = "s", heading: bool = False) -> SafeString:
    """Draw one field: ``{% form_field form.url %}``; ``heading=True`` makes its label the h1."""
    return controls.draw(bound, size="l" if heading and size == "s" else size, heading=heading)


@register.simple_tag
def form_fields(form: BaseForm, *, size: str = "s") -> SafeString:
    """Draw every field of a form in its order."""
    return controls.draw_all(form, size=size)


@register.simple_tag
def error_summary(*forms: BaseForm | str | None) -> SafeString:
    """List what is wrong with the forms of a page, each linked to its field."""
    # A template gives "" for a form that its page does not have.
    faults = [fault for form in forms if isinstance(form, BaseForm) for fault in all_faults(form)]
    if not faults:
        return SafeString()
    errors = [{"html": _line(fault)} for fault in faults]
    rules = {fault.said.rule: fault.said.small_print for fault in faults if fault.said}
    summary = {"titleText": _("There is a problem"), "errorList": errors}
    return format_html("{}{}", render("error-summary", summary), _rules(rules.values()))


@register.simple_tag
def banners(messages: Iterable[Message]) -> SafeString:
    """Show what was just done, said with Django's ``messages``."""
    drawn = (
        render(
            "notification-banner",
            {
                "text": str(message),
                "type": "success" if message.level_tag == "success" else None,
                "titleText": _("Success") if message.level_tag == "success" else _("Important"),
                "titleId": f"message-{number}",
            },
        )
        for number, message in enumerate(messages or (), 1)
    )
    return format_html_join("\n", "{}", ((it,) for it in drawn))


def _line(fault: Fault) -> SafeString:
    if not fault.at:
        return format_html("{}{}", fault.sentence, fault.what_to_do)
    return format_html('<a href="#{}">{}</a>', fault.at, fault.sentence)


def _rules(small_prints: Collection[SafeString]) -> SafeString:
    """Name the rules behind what is wrong, each once, for whoever asks."""
    if not small_prints:
        return SafeString()
    lines = format_html_join("", "{}", ((it,) for it in small_prints))
    return render("details", {"summaryText": _("The rules behind this"), "html": lines})

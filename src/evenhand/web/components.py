"""GOV.UK components as HTML: what is text is escaped, what is HTML must say so."""

from collections.abc import Mapping
from functools import cache
from typing import TypeAlias

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader

Params: TypeAlias = Mapping[str, object]
PACKAGE = "govuk_frontend_jinja"


def render(component: str, params: Params) -> SafeString:
    """Draw one component, named and filled as in the GOV.UK Design System's Nunjucks tables.

    Only a SafeString under ``html``, ``…Html`` or ``slots`` is taken as HTML; everything else is
    escaped, also a SafeString given as ``text``.
    """
    template = _environment().get_template(f"{PACKAGE}/components/{component}/macro.html")
    macro = "govuk" + "".join(part.capitalize() for part in component.split("-"))
    # Safe: the macros escape every value, and _told() let no text through as HTML.
    return mark_safe(str(getattr(template.module, macro)(_told(params))).strip())  # noqa: S308


def _told(value: object, *, html: bool = False) -> object:
    """Give the macros plain values: no lazy words, no None, no HTML that was not meant to be."""
    match value:
        case Mapping():
            if isinstance(value.get("attributes"), str):
                raise TypeError("The attributes of a component are a mapping, never a text.")
            return {
                key: _told(it, html=html or _is_html(key))
                for key, it in value.items()
                if it is not None
            }
        case list() | tuple():
            return [_told(it, html=html) for it in value]
        case None | bool() | int() | float():
            return value
        case _ if html:
            return str(value if isinstance(value, SafeString) else escape(str(value)))
        case _:
            return _plain(str(value))


def _plain(text: str) -> str:
    """Give the text without the promise that it is HTML, which a SafeString carries."""
    return "".join(text)


def _is_html(key: str) -> bool:
    return key in {"html", "slots"} or key.endswith("Html")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PrefixLoader({PACKAGE: PackageLoader(PACKAGE)}),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # The macros indent what they nest, which would change the lines inside a <textarea>.
    environment.filters["indent"] = lambda text, *_how, **_named: text
    return environment

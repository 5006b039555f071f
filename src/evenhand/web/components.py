"""GOV.UK components as HTML: what is text is escaped, what is HTML must say so."""

import json
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any, TypeAlias

from django.utils.html import escape
from django.utils.safestring import SafeString
from jinja2 import ChainableUndefined, Environment, PackageLoader, PrefixLoader

from evenhand.web import plain_components

Params: TypeAlias = Mapping[str, object]
PACKAGE = "govuk_frontend_jinja"
HTML_KEYS = frozenset({"html", "slots"})
KEPT = frozenset({"date-input", "select", "service-navigation"})
"""Drawn once and kept: what these show are the house's own words, codes and days. A component that
may show what somebody wrote about a case is never kept in memory."""
MOST_KEPT = 1_000


def render(component: str, params: Params) -> SafeString:
    """Draw one component, named and filled as in the GOV.UK Design System's Nunjucks tables.

    Only a SafeString under ``html``, ``…Html`` or ``slots`` is taken as HTML; everything else is
    escaped, also a SafeString given as ``text``.
    """
    plain = plain_components.draw(component, params)
    if plain is not None:
        return SafeString(plain)  # escaped there as here
    told = _told_all(params)
    if component in KEPT:
        return _drawn_once(component, json.dumps(told, ensure_ascii=False))
    return _drawn(component, told)


@lru_cache(maxsize=MOST_KEPT)
def _drawn_once(component: str, told: str) -> SafeString:
    return _drawn(component, json.loads(told))


def _drawn(component: str, told: Params) -> SafeString:
    # Safe: the macros escape every value, and _told() let no text through as HTML.
    return SafeString(str(_macro(component)(told)).strip())


@cache
def _macro(component: str) -> Callable[[Params], object]:
    template = _environment().get_template(f"{PACKAGE}/components/{component}/macro.html")
    name = "govuk" + "".join(part.capitalize() for part in component.split("-"))
    macro: Callable[[Params], object] = getattr(template.module, name)
    return macro


def _told_all(params: Params, *, html: bool = False) -> dict[str, object]:
    """Give the macros plain values: no lazy words, no None, no HTML that was not meant to be."""
    if isinstance(params.get("attributes"), str):
        raise TypeError("The attributes of a component are a mapping, never a text.")
    return {
        key: _told(it, html or key in HTML_KEYS or key.endswith("Html"))
        for key, it in params.items()
        if it is not None
    }


def _told(value: object, html: bool) -> object:
    # Asked in the order of how often each is met: this is done for every value of every page.
    if type(value) is str and not html:
        return value
    if isinstance(value, dict | Mapping):
        return _told_all(value, html=html)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple):
        return [_told(it, html) for it in value]
    if html:
        return str(value if isinstance(value, SafeString) else escape(str(value)))
    return _plain(str(value))


def _plain(text: str) -> str:
    """Give the text without the promise that it is HTML, which a SafeString carries."""
    return "".join(text)


class _Components(Environment):
    """An environment that looks into a mapping first: all that the macros are given is one."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give what a mapping holds under a name; nothing where it holds none."""
        if type(obj) is dict:
            if attribute in obj:
                return obj[attribute]
            if not hasattr(dict, attribute):
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


@cache
def _environment() -> Environment:
    environment = _Components(
        loader=PrefixLoader({PACKAGE: PackageLoader(PACKAGE)}),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    # The macros indent what they nest, which would change the lines inside a <textarea>.
    environment.filters["indent"] = lambda text, *_how, **_named: text
    return environment

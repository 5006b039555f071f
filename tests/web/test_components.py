"""The macros draw what govuk-frontend itself draws, and let no text through as HTML."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy

from evenhand.web import components
from evenhand.web.components import render

FIXTURES = Path(__file__).parent / "fixtures"
EVIL = "<script>alert(1)</script>"

# Where govuk-frontend-jinja 4.1 (made for 6.3) differs from govuk-frontend 6.6. Each is known, and
# the list shrinks when the macros are renewed: a name here that is drawn right is a failure.
KNOWN = {
    # 6.6 adds widths and error classes to each part itself; our fields give both.
    "date-input": frozenset(
        {
            "custom inputmode",
            "custom pattern",
            "day and month",
            "items with classes",
            "items without classes",
            "month and year",
            "suffixed id",
            "with error message and described by",
            "with error message and hint",
            "with error message and hint (using items)",
            "with error on day input",
            "with error on day input (using items)",
            "with error on month input",
            "with error on month input (using items)",
            "with error on single field",
            "with error on single field by omission",
            "with error on single field using classes",
            "with error on single item",
            "with error on single item by omission",
            "with error on year input",
            "with error on year input (using items)",
            "with errors only",
            "with errors only (using classes)",
            "with errors only (using items)",
            "with field value",
            "with field value and item value",
            "with field value and items",
            "with field value overriding values",
            "with field value, item value and values",
            "with id on items",
            "with item value",
            "with nested name",
            "with translations",
            "with values",
            "with values and name prefix",
            "with values, name prefix and custom names",
        }
    ),
    # 6.6 says what is counted, in data-count-type; our fields count characters.
    "character-count": frozenset(
        {
            "with count type 'characters'",
            "with count type 'characters' and error message",
            "with count type 'characters' and threshold",
            "with count type 'characters' and value",
            "with count type 'length'",
            "with count type 'words'",
            "with count type 'words' and error message",
            "with count type 'words' and threshold",
            "with count type 'words' and value",
            "with maxwords",
        }
    ),
    # 6.5 added the interruption panel; we have none.
    "panel": frozenset(
        {
            "interruption",
            "interruption with custom classes",
            "interruption, button link",
            "interruption, no actions",
            "interruption, no actions items",
            "interruption, submit action",
            "interruption, with actions classes and attributes",
            "interruption-with-content-with-long-line-length",
            "interruption-with-headings-content-and-lists",
        }
    ),
    # 6.6 wraps HTML in a start button; ours are text.
    "button": frozenset(
        {
            "start link with html",
        }
    ),
    # 6.4 added slots with an alignment; we use none.
    "service-navigation": frozenset(
        {
            "with `inline` end slot",
            "with right-aligned language navigation",
        }
    ),
}


def fixtures() -> Iterator[Any]:
    for path in sorted(FIXTURES.glob("*.json")):
        for fixture in json.loads(path.read_text(encoding="utf-8"))["fixtures"]:
            yield pytest.param(path.stem, fixture, id=f"{path.stem}: {fixture['name']}")


def meant_as_html(value: Any, *, html: bool = False) -> Any:
    """Mark what a fixture gives as HTML: under the keys that the Design System names so."""
    match value:
        case dict():
            return {
                key: meant_as_html(it, html=html or key in {"html", "slots"} or key[-4:] == "Html")
                for key, it in value.items()
            }
        case list():
            return [meant_as_html(it, html=html) for it in value]
        case str() if html:
            return mark_safe(value)  # noqa: S308
        case _:
            return value


def normal(html: str) -> list[object]:
    """The tree that a browser makes of it, without white space that does not show."""

    def walk(node: Any) -> list[object]:
        found: list[object] = []
        if text := " ".join((node.text or "").split()):
            found.append(text)
        for child in node:
            classes = {"class": " ".join((child.get("class") or "").split())}
            attributes = {**child.attrib, **(classes if "class" in child.attrib else {})}
            found.append((str(child.tag), attributes, walk(child)))
            if text := " ".join((child.tail or "").split()):
                found.append(text)
        return found

    return walk(html5lib.parseFragment(html, namespaceHTMLElements=False))


@pytest.mark.parametrize(("component", "fixture"), list(fixtures()))
def test_a_component_is_drawn_as_govuk_frontend_draws_it(
    component: str, fixture: dict[str, Any]
) -> None:
    drawn = normal(render(component, meant_as_html(fixture["options"])))
    same = drawn == normal(fixture["html"])
    assert same is (fixture["name"] not in KNOWN.get(component, ()))


@pytest.mark.parametrize("component", ["button", "tag", "inset-text", "hint", "back-link"])
@pytest.mark.parametrize("value", [EVIL, mark_safe(EVIL), gettext_lazy(EVIL)])  # noqa: S308
def test_a_text_is_never_html_even_when_it_is_marked_safe(component: str, value: object) -> None:
    assert EVIL not in render(component, {"text": value})
    assert "&lt;script&gt;" in render(component, {"text": value})


def test_html_is_html_only_when_it_is_marked_safe() -> None:
    assert EVIL not in render("inset-text", {"html": EVIL})
    assert "<b>so</b>" in render("inset-text", {"html": mark_safe("<b>so</b>")})


SAID: list[dict[str, object]] = [
    {"text": EVIL},
    {"text": mark_safe(EVIL)},  # noqa: S308
    {"text": gettext_lazy(EVIL), "classes": '"><b>'},
    {"text": 7, "html": ""},
    {"text": None, "html": None, "classes": None},
    {"html": EVIL},
    {"html": mark_safe(" <b>so</b>\n"), "text": "not this", "classes": "a b"},
    {},
]


def plain_and_not() -> Iterator[tuple[str, dict[str, object]]]:
    for it in SAID:
        yield "tag", it
        yield "summary-list", {"rows": [{"key": it, "value": {"text": "a"}}, None], "classes": "c"}
        yield "summary-list", {"rows": [{"key": it, "value": it, "classes": "d"}]}
        task = {"title": it, "href": "/?a=1&b", "status": it}
        yield "task-list", {"idPrefix": "a", "items": [task, {**task, "hint": it}, None]}
        yield "task-list", {"items": [{**task, "href": None}]}
        yield "task-list", {"items": [{**task, "status": {"tag": it}}], "classes": "c"}
    for plain in ({"text": EVIL, "href": EVIL}, {"text": "a"}, {"classes": "b", "text": None}):
        yield "button", dict(plain)
        yield "back-link", dict(plain)
    yield "summary-list", {}


@pytest.mark.parametrize(("component", "params"), list(plain_and_not()))
def test_what_is_drawn_without_a_macro_is_what_the_macro_draws(
    component: str, params: dict[str, object]
) -> None:
    by_macro = components._drawn(component, components._told_all(params))
    assert normal(render(component, params)) == normal(by_macro)


def test_nothing_breaks_out_of_an_attribute() -> None:
    evil = '"><script>'
    drawn = render("input", {"id": "a", "name": "a", "value": evil, "attributes": {"title": evil}})
    assert "<script>" not in drawn


def test_attributes_given_as_a_text_are_refused() -> None:
    with pytest.raises(TypeError):
        render("button", {"text": "Save", "attributes": ' onclick="x"'})


def test_what_the_tag_names_goes_before_what_the_mapping_says() -> None:
    page = Template('{% govuk "button" params text="Send" %}')
    drawn = page.render(Context({"params": {"text": "Save", "name": "act"}}))
    assert "Send" in drawn
    assert 'name="act"' in drawn
    assert isinstance(drawn, SafeString)


def test_lines_inside_a_nested_textarea_keep_their_beginnings() -> None:
    words = "one\n  two\nthree"
    drawn = render("character-count", {"id": "a", "name": "a", "maxlength": 9, "value": words})
    assert f">{words}</textarea>" in drawn

"""The components that stand on nearly every page, as the HTML that GOV.UK publishes for them.

The macros draw them too, and take several times as long: they ask each row for whatever a row may
have. Whatever has more than is drawn here, such as a row's actions, is left to them. A test holds
both to the same HTML.
"""

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from django.utils.safestring import SafeString

Part = Mapping[str, Any]
SUMMARY_LIST, ROW = frozenset({"rows", "classes"}), frozenset({"key", "value"})
TASK_LIST = frozenset({"items", "idPrefix"})
NEEDED = frozenset({"title", "href", "status"})
TASK = NEEDED | {"hint"}
BUTTON = frozenset({"text", "href", "classes"})
LINK = frozenset({"text", "href"})
SAID = frozenset({"text", "html", "classes"})


class _Other(Exception):
    """A component has something that is not drawn here."""


def draw(component: str, params: Part) -> str | None:
    """Draw a component; None where its macro is to draw it."""
    draws = DRAWN.get(component)
    try:
        return draws(params) if draws else None
    except _Other:
        return None


def _summary_list(params: Part) -> str:
    _check(params, SUMMARY_LIST)
    rows = "".join([_row(it) for it in params.get("rows") or () if it])
    return f'<dl class="govuk-summary-list{_classes(params)}">\n{rows}</dl>'


def _row(row: Part) -> str:
    if row.keys() != ROW:
        raise _Other
    key, value = row["key"], row["value"]
    return (
        '  <div class="govuk-summary-list__row">\n'
        f'    <dt class="govuk-summary-list__key{_classes(key)}">\n      {_said(key)}\n    </dt>\n'
        f'    <dd class="govuk-summary-list__value{_classes(value)}">\n      {_said(value)}\n'
        "    </dd>\n  </div>\n"
    )


def _task_list(params: Part) -> str:
    _check(params, TASK_LIST)
    prefix, items = _text(params.get("idPrefix") or "task-list"), params["items"]
    tasks = [_task(it, f"{prefix}-{number}") for number, it in enumerate(items, 1) if it]
    return f'<ul class="govuk-task-list">\n{"".join(tasks)}</ul>'


def _task(task: Part, anchor: str) -> str:
    if not task.get("href") or not NEEDED <= task.keys() <= TASK:
        raise _Other
    hint, about, described = task.get("hint"), "", f"{anchor}-status"
    if hint and any(it is not None for it in hint.values()):
        described = f"{anchor}-hint {described}"
        about = f'      <div id="{anchor}-hint" class="govuk-task-list__hint">{_said(hint)}</div>\n'
    return (
        '  <li class="govuk-task-list__item govuk-task-list__item--with-link">\n'
        '    <div class="govuk-task-list__name-and-hint">\n'
        f'      <a class="govuk-link govuk-task-list__link{_classes(task["title"])}"'
        f' href="{_text(task["href"])}" aria-describedby="{described}">\n'
        f"        {_said(task['title'])}\n      </a>\n{about}    </div>\n"
        f'    <div class="govuk-task-list__status{_classes(task["status"])}"'
        f' id="{anchor}-status">\n      {_said(task["status"])}\n    </div>\n  </li>\n'
    )


def _button(params: Part) -> str:
    _check(params, BUTTON)
    common = f'class="govuk-button{_classes(params)}" data-module="govuk-button"'
    text, href = _text(params.get("text")), params.get("href")
    if not href:
        return f'<button type="submit" {common}>\n  {text}\n</button>'
    return f'<a href="{_text(href)}" role="button" draggable="false" {common}>\n  {text}\n</a>'


def _tag(params: Part) -> str:
    return f'<strong class="govuk-tag{_classes(params)}">\n  {_said(params)}\n</strong>'


def _back_link(params: Part) -> str:
    _check(params, LINK)
    text, href = _text(params.get("text") or "Back"), _text(params.get("href") or "#")
    return f'<a href="{href}" class="govuk-back-link">{text}</a>'


def _check(params: Part, known: frozenset[str]) -> None:
    if not params.keys() <= known:
        raise _Other


def _classes(part: Part) -> str:
    classes = part.get("classes")
    return f" {_text(classes)}" if classes else ""


def _said(part: Part) -> str:
    """Give what a part says; only a SafeString under ``html`` is taken as HTML."""
    _check(part, SAID)
    html = part.get("html")
    if html:
        return html.strip() if isinstance(html, SafeString) else _text(html)
    return _text(part.get("text"))


def _text(text: object) -> str:
    return "" if text is None else escape(str(text))


DRAWN: Mapping[str, Callable[[Part], str]] = {
    "summary-list": _summary_list,
    "task-list": _task_list,
    "button": _button,
    "tag": _tag,
    "back-link": _back_link,
}

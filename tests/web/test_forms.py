"""Forms collect what a person wrote, exactly, and say in words what cannot be used."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.refusals import Refused
from evenhand.rules.texts import says_nothing
from evenhand.web.faults import all_faults
from evenhand.web.forms import (
    DayField,
    HouseForm,
    LineField,
    ManyField,
    MomentField,
    NumberField,
    OneField,
    Option,
    SecretField,
    SelectField,
    TickField,
    WordsField,
    add_refusals,
)
from tests.web.test_components import EVIL, normal


class Wrong(Refused):
    """Nothing here is right."""

    code = "E-TEST-01"
    clause = "A clause <of> its own"


class Everything(HouseForm):
    url = LineField(label="Address", missing="Enter the address", longest=50)
    why = WordsField(label="Reason", missing="Enter the reason", longest=100, count=True)
    harm = OneField(
        label="Harm",
        missing="Select the harm",
        options=[Option("hate", "Hate", "Stirring up hatred"), Option("terror", "Terrorism")],
    )
    rights = ManyField(label="Rights", missing="Select one", options=[("a", "News"), ("b", "Art")])
    language = SelectField(label="Language", missing="Select one", options=[("en", "English")])
    age = NumberField(label="Age", missing="Enter the age", most=120)
    day = DayField(label="When?", missing="Enter the date", called="The date")
    seen = MomentField(label="Seen?", missing="Enter when", called="The time", required=False)
    secret = SecretField(label="Password", missing="Enter the password")
    sure = TickField(label="I looked", missing="Tick that you looked", required=True)


GOOD = {
    "url": "https://a.example/",
    "why": "Because",
    "harm": "hate",
    "rights": "a",
    "language": "en",
    "age": "17",
    "day_day": "27",
    "day_month": "3",
    "day_year": "2026",
    "secret": "s",
    "sure": "on",
}


def filled(**changes: str) -> Everything:
    data = QueryDict(mutable=True)
    data.update({**GOOD, **changes})
    return Everything(data)


def errors(**changes: str) -> dict[str, list[str]]:
    form = filled(**changes)
    return {name: [str(it) for it in lines] for name, lines in form.errors.items()}


def drawn(form: Any) -> str:
    page = Template("{% error_summary form %}{% form_fields form %}")
    return page.render(Context({"form": form}))


def test_a_good_form_gives_clean_answers() -> None:
    form = filled()
    assert form.is_valid()
    assert form.cleaned_data["day"] == date(2026, 3, 27)
    assert form.cleaned_data["seen"] is None
    assert form.cleaned_data["age"] == 17


def test_an_empty_form_says_what_to_enter_in_the_order_of_the_page() -> None:
    form = Everything(QueryDict())
    assert [fault.sentence for fault in all_faults(form)] == [
        "Enter the address",
        "Enter the reason",
        "Select the harm",
        "Select one",
        "Select one",
        "Enter the age",
        "Enter the date",
        "Enter the password",
        "Tick that you looked",
    ]


def test_a_required_field_must_say_what_is_missing() -> None:
    with pytest.raises(TypeError):
        LineField(label="Address")


def test_every_error_of_the_summary_leads_to_a_control() -> None:
    html = drawn(Everything(QueryDict()))
    tree = normal(html)
    ids: set[str] = set()
    targets: list[str] = []

    def look(nodes: list[Any]) -> None:
        for node in nodes:
            if isinstance(node, tuple):
                tag, attributes, children = node
                if tag in {"input", "textarea", "select"}:
                    ids.add(attributes["id"])
                if tag == "a":
                    targets.append(attributes["href"].removeprefix("#"))
                look(children)

    look(tree)
    assert len(targets) == 9
    assert set(targets) <= ids


@given(
    st.text(
        alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"]),
        min_size=1,
        max_size=90,
    )
)
def test_words_are_kept_exactly_but_for_line_endings(words: str) -> None:
    form = filled(why=words)
    form.is_valid()
    if not says_nothing(words):
        expected = words.replace("\r\n", "\n").replace("\r", "\n")
        assert form.cleaned_data["why"] == expected
    else:
        assert errors(why=words) == {"why": ["Enter the reason"]}


def test_words_are_shown_again_as_they_were_written() -> None:
    form = filled(why="\n  first\n    second\n", age="")
    assert ">\n\n  first\n    second\n</textarea>" in drawn(form)


@pytest.mark.parametrize("bad", ["a\x00b", "a\ud800b"])
def test_signs_that_cannot_be_stored_are_refused_with_a_sentence(bad: str) -> None:
    form = filled(why=bad, url=bad)
    sentence = "must not contain signs that cannot be stored; type it again"
    assert form.errors == {"url": [f"Address {sentence}"], "why": [f"Reason {sentence}"]}


def test_a_text_that_is_too_long_is_measured_and_refused() -> None:
    assert errors(why="x" * 101) == {"why": ["Reason must be 100 characters or fewer; it has 101"]}


def test_a_line_is_one_line() -> None:
    assert errors(url="a\r\nb") == {"url": ["Address must be on one line"]}
    form = filled(url="  a ")
    assert form.is_valid()
    assert form.cleaned_data["url"] == "a"


@pytest.mark.parametrize(
    ("typed", "sentence", "part"),
    [
        (("", "3", "2026"), "The date must include a day", "day"),
        (("27", "", ""), "The date must include a month and a year", "month"),
        (("31", "2", "2026"), "The date must be a real date", "day"),
        (("27", "3", "26"), "The date must have a year of 4 numbers", "year"),
        (("x", "3", "2026"), "The date must be written in numbers, like 27 3 2026", "day"),
        (("²", "3", "2026"), "The date must be written in numbers, like 27 3 2026", "day"),
    ],
)
def test_a_date_that_is_none_says_why(typed: tuple[str, ...], sentence: str, part: str) -> None:
    form = filled(**dict(zip(("day_day", "day_month", "day_year"), typed, strict=True)))
    assert [(it.sentence, it.at) for it in all_faults(form)] == [(sentence, f"id_day_{part}")]
    assert f'value="{typed[2]}"' in drawn(form)


@pytest.mark.parametrize("month", ["March", "mar", "MARCH", "03"])
def test_a_month_may_be_a_name(month: str) -> None:
    form = filled(day_month=month)
    assert form.is_valid()
    assert form.cleaned_data["day"] == date(2026, 3, 27)


def moment(day: str, month: str, hour: str, minute: str) -> dict[str, str]:
    parts = {"day": day, "month": month, "year": "2026", "hour": hour, "minute": minute}
    return {f"seen_{part}": text for part, text in parts.items()}


def test_a_moment_knows_the_zone_of_the_desk() -> None:
    form = filled(**moment("1", "7", "9", "05"))
    assert form.is_valid()
    assert form.cleaned_data["seen"].astimezone(UTC) == datetime(2026, 7, 1, 8, 5, tzinfo=UTC)


def test_the_hour_that_the_clocks_skip_is_no_time() -> None:
    assert errors(**moment("29", "3", "1", "30")) == {
        "seen": ["The time must not be in the hour that the clocks skipped"]
    }
    form = filled(**moment("25", "10", "1", "30"))
    assert form.is_valid()
    assert form.cleaned_data["seen"].astimezone(UTC).hour == 0


@pytest.mark.parametrize(("hour", "minute"), [("24", "0"), ("9", "60")])
def test_a_time_that_no_clock_shows_is_refused(hour: str, minute: str) -> None:
    sentence = "The time must be a real time, like 9 05 or 21 30"
    assert errors(**moment("1", "7", hour, minute)) == {"seen": [sentence]}


def test_a_known_moment_is_shown_in_its_parts() -> None:
    at = datetime(2026, 7, 1, 8, 5, tzinfo=UTC)
    html = drawn(Everything(initial={"seen": at, "day": date(2026, 3, 27)}))
    local = timezone.localtime(at)
    assert f'name="seen_hour" type="text" value="{local.hour}"' in html
    assert 'name="seen_minute" type="text" value="05"' in html
    assert 'name="day_month" type="text" value="3"' in html


@pytest.mark.parametrize("age", ["x", "1.5", "٣", "1e3", "-"])
def test_a_number_is_digits(age: str) -> None:
    assert errors(age=age) == {"age": ["Age must be a whole number, like 0"]}


@pytest.mark.parametrize("age", ["121", "-1", "9" * 18])
def test_a_number_keeps_its_limits(age: str) -> None:
    assert errors(age=age) == {"age": ["Age must be between 0 and 120"]}


def test_an_answer_that_was_not_offered_is_refused() -> None:
    assert errors(harm="other") == {"harm": ["Select one of the answers on this page"]}


def test_refusals_stand_at_their_fields_with_rule_clause_and_a_way_on() -> None:
    form = filled()
    first = Wrong("It is not {what}.", do="Look again.", at="harm", what=EVIL)
    add_refusals(form, first.with_others([Wrong("All of it."), Wrong("Gone.", at="nowhere")]))
    faults = all_faults(form)
    assert [(it.sentence, it.at) for it in faults] == [
        (f"It is not {EVIL}.", "id_harm"),
        ("All of it.", ""),
        ("Gone.", ""),
    ]
    html = drawn(form)
    assert EVIL not in html
    assert "Look again." in html
    assert "Rule E-TEST-01: A clause &lt;of&gt; its own" in html


def test_what_was_typed_is_escaped_when_it_is_shown_again() -> None:
    html = drawn(filled(url=EVIL, why=EVIL, day_day=EVIL, harm=EVIL, age=EVIL))
    assert EVIL not in html


def test_a_password_is_not_shown_again() -> None:
    assert "hunter2" not in drawn(filled(secret="hunter2", age=""))


def test_chosen_answers_stay_chosen() -> None:
    html = drawn(filled(age=""))
    assert 'value="hate" checked' in html
    assert 'value="a" checked' in html
    assert '<option value="en" selected>' in html
    assert 'value="on" checked' in html


def test_a_form_may_offer_its_answers_when_it_is_made() -> None:
    form = Everything(QueryDict("harm=fraud"))
    harm = form.fields["harm"]
    assert isinstance(harm, OneField)
    harm.offer([Option("fraud", "Fraud")])
    assert "harm" not in form.errors
    assert 'value="fraud" checked' in drawn(form)
    assert "Terrorism" not in drawn(form)
    assert "Terrorism" in drawn(Everything())

"""An agreement leaves nothing open, and closed kinds of recipients stay closed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenhand.rules.agreements import (
    CLOSED,
    Agreement,
    NamedPerson,
    Opened,
    RecipientClosed,
    RecipientKind,
    Transfer,
    check_in_date,
    check_open,
    check_opening,
    check_terms,
    named,
)
from evenhand.rules.refusals import Refused
from tests.builders import KIM, TODAY, terms

LOCK = "age1" + "q" * 58
NEXT_YEAR = TODAY + timedelta(days=366)
WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"organisation": " "}, "E-SHR-64", "organisation"),
    ({"purpose": ""}, "E-SHR-64", "purpose"),
    ({"purpose": "."}, "E-SHR-64", "purpose"),
    ({"enactment": "x" * 501}, "E-SHR-64", "enactment"),
    ({"guidance": "\u200b"}, "E-SHR-64", "guidance"),
    ({"people": ()}, "E-SHR-64", "people"),
    ({"people": (NamedPerson(UUID(int=1), " "),)}, "E-SHR-64", "people"),
    ({"people": (NamedPerson(UUID(int=1), "Kim", "nowhere"),)}, "E-SHR-64", "people"),
    ({"people": (KIM,) * 21}, "E-SHR-64", "people"),
    ({"lock": "age1bio"}, "E-SHR-64", "lock"),
    ({"country": "gb"}, "E-SHR-64", "country"),
    ({"country": "FR"}, "E-TRF-68", "transfer"),
    ({"transfer": Transfer.SAFEGUARDS}, "E-TRF-68", "transfer"),
    ({"fields": frozenset()}, "E-SHR-64", "fields"),
    ({"roles": frozenset()}, "E-SHR-64", "roles"),
    ({"keep_days": 0}, "E-SHR-64", "keep_days"),
    ({"keep_days": 367}, "E-SHR-64", "keep_days"),
    ({"recall_days": 21}, "E-SHR-64", "recall_days"),
    ({"review_on": TODAY}, "E-SHR-64", "review_on"),
    ({"review_on": NEXT_YEAR + timedelta(days=1)}, "E-SHR-64", "review_on"),
]


def agreement(**changes: Any) -> Agreement:
    plain = Agreement(reference="A-1", number=1, terms=terms(), signed=True, over=False)
    return replace(plain, **changes)


def leave(kind: RecipientKind, **changes: Any) -> Opened:
    return replace(Opened(kind, approved=True, ended=False, expires_on=TODAY), **changes)


@pytest.mark.parametrize(("changes", "code", "at"), WRONG)
def test_terms_that_leave_something_open_are_refused_at_their_question(
    changes: dict[str, Any], code: str, at: str
) -> None:
    with pytest.raises(Refused) as told:
        check_terms(terms(**changes), home="GB", today=TODAY)
    assert (told.value.code, told.value.at) == (code, at)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"lock": LOCK},
        {"country": "FR", "transfer": Transfer.SPECIAL},
        {"review_on": NEXT_YEAR},
        {"people": (NamedPerson(UUID(int=1), "Kim"),)},
    ],
)
def test_terms_that_say_everything_pass(changes: dict[str, Any]) -> None:
    check_terms(terms(**changes), home="GB", today=TODAY)


@given(days=st.integers(-400, 400), signed=st.booleans(), over=st.booleans())
def test_nothing_is_shared_but_under_an_agreement_in_date(
    days: int, signed: bool, over: bool
) -> None:
    review_on = TODAY + timedelta(days=days)
    one = agreement(terms=terms(review_on=review_on), signed=signed, over=over)
    if signed and not over and days >= 0:
        assert check_in_date(one, today=TODAY) is one
        return
    with pytest.raises(Refused) as told:
        check_in_date(one, today=TODAY)
    assert told.value.code == "E-SHR-63"


def test_without_an_agreement_nothing_is_shared() -> None:
    with pytest.raises(Refused) as told:
        check_in_date(None, today=TODAY)
    assert told.value.code == "E-SHR-63"


@pytest.mark.parametrize("kind", RecipientKind)
def test_a_closed_kind_gets_nothing_unless_a_law_opened_it(kind: RecipientKind) -> None:
    if kind not in CLOSED:
        check_open(kind, [], child=True, today=TODAY)
        return
    others = [leave(it) for it in CLOSED - {kind}]
    for opened in (
        [],
        others,
        [leave(kind, approved=False)],
        [leave(kind, ended=True)],
        [leave(kind, expires_on=TODAY - timedelta(days=1))],
    ):
        with pytest.raises(RecipientClosed):
            check_open(kind, opened, child=False, today=TODAY)
    check_open(kind, [leave(kind)], child=False, today=TODAY)


@pytest.mark.parametrize("kind", sorted(CLOSED))
def test_a_closed_kind_never_gets_anything_about_a_child(kind: RecipientKind) -> None:
    with pytest.raises(RecipientClosed) as told:
        check_open(kind, [leave(kind)], child=True, today=TODAY)
    assert told.value.code == "E-PUR-09"


@pytest.mark.parametrize(
    ("kind", "enactment", "until", "code"),
    [
        (RecipientKind.POLICE, "Act s.1", NEXT_YEAR, "E-SHR-64"),
        (RecipientKind.HOUSING, " ", NEXT_YEAR, "E-PUR-09"),
        (RecipientKind.HOUSING, "x" * 501, NEXT_YEAR, "E-PUR-09"),
        (RecipientKind.HOUSING, "Act s.1", TODAY, "E-SHR-64"),
        (RecipientKind.HOUSING, "Act s.1", NEXT_YEAR + timedelta(days=1), "E-SHR-64"),
    ],
)
def test_a_kind_is_opened_by_a_named_law_for_a_year_at_most(
    kind: RecipientKind, enactment: str, until: date, code: str
) -> None:
    with pytest.raises(Refused) as told:
        check_opening(kind, enactment, until, today=TODAY)
    assert told.value.code == code
    check_opening(RecipientKind.HOUSING, "Act s.1", NEXT_YEAR, today=TODAY)


def test_a_package_goes_to_nobody_whom_the_agreement_does_not_name() -> None:
    assert named(terms(), KIM.ref) is KIM
    with pytest.raises(Refused) as told:
        named(terms(), UUID(int=1))
    assert told.value.code == "E-CTR-62"

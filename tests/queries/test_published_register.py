"""The register that anybody reads is that of the tables which this desk has."""

import pytest

from evenhand.queries.published_register import differs, published
from evenhand.rules.register_desk import REGISTER

pytestmark = pytest.mark.django_db


def test_the_tables_of_a_desk_are_those_of_its_register() -> None:
    assert differs() is None


def test_the_changes_end_with_as_many_fields_as_are_held() -> None:
    assert published().days[-1].count == len(REGISTER)

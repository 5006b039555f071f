"""The contact page: whom to write to, who is responsible for data, and what anybody may ask."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client, override_settings

from tests.web.filling import check_valid
from tests.web.people import text_of

pytestmark = pytest.mark.django_db
PAGE = "/public/contact"


def test_the_page_gives_the_five_items_that_the_law_has_every_desk_publish() -> None:
    response = Client().get(PAGE)
    check_valid(response)
    page = text_of(response)
    desk = settings.DESK
    for item in (
        f"{desk.name}, {desk.contact_email}",
        desk.dpo_email,
        "To prevent harm by asking online platforms",
        "put right, erased, or its use restricted",
        "ico.org.uk",
    ):
        assert item in page
    assert "E-PUB-32" not in page
    for way in ("/public/rights", "/public/foi", "/public/challenge", "/public/looking"):
        assert f'href="{way}"' in page


@pytest.mark.parametrize(
    ("language", "told"), [("en", "Not said yet"), ("cy", "Heb ei ddweud eto")]
)
def test_a_desk_that_leaves_an_item_out_says_so_where_everybody_looks(
    language: str, told: str
) -> None:
    with override_settings(DESK=replace(settings.DESK, dpo_email="")):
        response = Client(headers={"Accept-Language": language}).get(PAGE)
    check_valid(response)
    page = text_of(response)
    assert "E-PUB-32" in page
    assert told in page

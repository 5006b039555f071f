"""The public pages are whole in every language that they are offered in."""

import ast
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from evenhand.cli.docs_words import CODE, HOUSE, KEYWORDS, LOCALE, catalogues, marked_words
from evenhand.config import settings
from evenhand.rules.public_letters import WrittenIn

ROOT = Path(__file__).parents[2]
CATALOGUES = sorted((ROOT / LOCALE).glob("*/LC_MESSAGES/django.po"))
PLACE = re.compile(r"%\(\w+\)[sd]|%%|%(?!\()")


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def forms(message: Message) -> list[str]:
    told = message.string or ""
    return [told] if isinstance(told, str) else list(told)


def places(text: str) -> Counter[str]:
    return Counter(PLACE.findall(text))


def test_each_language_that_is_offered_has_a_catalogue() -> None:
    offered = {code for code, _name in settings.LANGUAGES} - {settings.LANGUAGE_CODE}
    assert {path.parts[-3] for path in CATALOGUES} == offered


def test_letters_are_written_in_each_language_that_is_offered() -> None:
    assert {*WrittenIn} == {code for code, _name in settings.LANGUAGES}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda it: str(it.parts[-3]))
def test_every_public_word_is_translated_and_none_is_a_guess(path: Path) -> None:
    found = catalogue(path)
    for _place, word in marked_words(ROOT):
        message = found.get(word if isinstance(word, str) else word[0])
        assert message, word
        assert not message.fuzzy, word
        assert all(it.strip() for it in forms(message)), word


@pytest.mark.parametrize("pattern", CODE)
def test_no_public_word_is_marked_where_the_catalogue_does_not_look(pattern: str) -> None:
    for path in (ROOT / HOUSE).glob(pattern):
        formatted = (
            it for it in ast.walk(ast.parse(path.read_text())) if isinstance(it, ast.JoinedStr)
        )
        names = {
            call.func.id
            for it in formatted
            for call in ast.walk(it)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
        }
        assert names.isdisjoint(KEYWORDS), f"{path}: mark the words before the text they are put in"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda it: str(it.parts[-3]))
def test_a_translation_has_the_places_of_its_english_for_numbers_and_names(path: Path) -> None:
    for message in catalogue(path):
        if message.id:
            english = message.id if isinstance(message.id, str) else message.id[1]
            assert all(places(it) == places(english) for it in forms(message)), english


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda it: str(it.parts[-3]))
def test_what_the_service_reads_is_what_the_translator_wrote(path: Path) -> None:
    for file, right in catalogues(ROOT):
        assert file.read_bytes() == right, f"Run: ./evenhand dev docs ({os.fspath(file)})"

"""The catalogues of translated words: kept the same as the words marked on the public pages."""

import csv
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import cast

HOUSE = "src/evenhand"
LOCALE = f"{HOUSE}/web/locale"
CODE = (
    "queries/registers_told.py",
    "rules/challenges.py",
    "rules/content.py",
    "rules/equality.py",
    "rules/exact_json.py",
    "rules/counted_words.py",
    "rules/counting.py",
    "rules/never.py",
    "rules/people_roles.py",
    "rules/public_*.py",
    "rules/publishing_tables.py",
    "rules/questions_*.py",
    "rules/receipts.py",
    "rules/register_changes.py",
    "rules/rights_pack*.py",
    "rules/statistics.py",
    "store/rights_values.py",
    "web/account/adapter.py",
    "web/account/forms.py",
    "web/controls.py",
    "web/dates.py",
    "web/doorway.py",
    "web/fields.py",
    "web/frame.py",
    "web/log/*.py",
    "web/opening/door.py",
    "web/platform_links/forms.py",
    "web/platform_links/pages.py",
    "web/platform_links/present.py",
    "web/statements.py",
    "web/law_clocks.py",
    "web/public/*.py",
    "web/reached.py",
    "web/questions/told.py",
    "web/rules_kept/present.py",
    "web/statistics/*.py",
    "web/templatetags/govuk.py",
    "web/times.py",
    "web/ways.py",
    "web/words.py",
    "web/yearly/present.py",
)
"""What is said on the pages that anyone can meet, and to whoever used them; else it is English."""

EXEMPTIONS = "config/law/foi_exemptions.csv"
"""What a refusal calls the section that it rests on."""
CONDITIONS = "config/law/schedule_8.csv"
"""What a policy document calls each condition of Schedule 8."""
HARMS = "config/law/harms.toml"
"""What a number that is divided by harms calls each of them."""

PAGES = (
    "account/account_inactive.html",
    "account/login.html",
    "evenhand/account/passkey_failed.html",
    "evenhand/base.html",
    "evenhand/notice.html",
    "evenhand/parts/chart.html",
    "evenhand/parts/footer.html",
    "evenhand/parts/languages.html",
    "evenhand/parts/shortcuts.html",
    "evenhand/log/*.html",
    "evenhand/platform_links/answer.html",
    "evenhand/platform_links/content.html",
    "evenhand/platform_links/opened.html",
    "evenhand/public/*.html",
    "evenhand/rules_kept/*.html",
    "evenhand/statistics/*.html",
    "evenhand/yearly/body.html",
    "evenhand/yearly/report.html",
    "evenhand/yearly/reports.html",
    "mfa/authenticate.html",
)
KEYWORDS = {
    "_": None,
    "later": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "words": None,
}
Marked = tuple[str, str | tuple[str, ...]]


def marked_words(root: Path) -> Iterator[Marked]:
    """Give every marked word of the public pages: its file, and the word with its plural if any."""
    for file in _files(root / HOUSE, CODE):
        yield from ((f"{HOUSE}/{file}", it) for it in _of_code(root / HOUSE / file))
    for table in (EXEMPTIONS, CONDITIONS):
        with (root / HOUSE / table).open(encoding="utf-8", newline="") as rows:
            yield from ((f"{HOUSE}/{table}", it["title"]) for it in csv.DictReader(rows))
    harms = tomllib.loads((root / HOUSE / HARMS).read_text(encoding="utf-8"))["harm"]
    yield from ((f"{HOUSE}/{HARMS}", it["title"]) for it in harms)
    pages = root / HOUSE / "web" / "templates"
    for file in _files(pages, PAGES):
        yield from ((f"{HOUSE}/web/templates/{file}", it) for it in _of_page(file))


def catalogues(root: Path) -> Iterator[tuple[Path, bytes]]:
    """Give every catalogue as it should be: what a translator edits, and what the service reads.

    A translation is kept while its English stays the same, letter for letter.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po, write_po

    words = list(marked_words(root))
    for path in sorted((root / LOCALE).glob("*/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            before = read_po(file, locale=path.parts[-3])
        after = Catalog(before.locale, header_comment=before.header_comment, fuzzy=False)
        after.mime_headers = before.mime_headers
        for place, word in words:
            known = before.get(word if isinstance(word, str) else word[0])
            after.add(word, known.string if known else None, [(place, 0)])
        edited, read = BytesIO(), BytesIO()
        write_po(edited, after, include_lineno=False, width=100)
        write_mo(read, after)
        yield path, edited.getvalue()
        yield path.with_suffix(".mo"), read.getvalue()


def _files(folder: Path, patterns: tuple[str, ...]) -> Iterator[Path]:
    for pattern in patterns:
        yield from (path.relative_to(folder) for path in sorted(folder.glob(pattern)))


def _of_code(path: Path) -> Iterator[str | tuple[str, ...]]:
    from babel.messages.extract import extract

    with path.open("rb") as file:
        for _line, word, _comments, _context in extract("python", file, KEYWORDS):
            yield word


def _of_page(page: Path) -> Iterator[str]:
    from django.template import Engine
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    nodes = Engine.get_default().get_template(str(page)).nodelist
    for node in nodes.get_nodes_by_type(TranslateNode):
        # As Django looks it up: a template's percent sign is no place for a value.
        yield cast("TranslateNode", node).filter_expression.var.literal.replace("%", "%%")
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        block = cast("BlockTranslateNode", node)
        word, _values = block.render_token_list(block.singular)
        yield word

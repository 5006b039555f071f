"""The generated pages: what the code says, the same every time."""

from pathlib import Path

from evenhand.cli.docs import NOTE, generated_pages, table
from evenhand.cli.main import GROUPS
from evenhand.ledger.acts import Act
from evenhand.rules.officers import Permission, Role
from evenhand.rules.referrals import MOVES, State
from evenhand.rules.register_desk import REGISTER

ROOT = Path(__file__).parents[2]
PAGES = generated_pages()


def page(name: str) -> str:
    return PAGES[f"docs/reference/{name}.md"]


def test_the_pages_in_the_checkout_are_fresh() -> None:
    stale = [name for name, text in PAGES.items() if (ROOT / name).read_text("utf-8") != text]
    assert not stale, f"Run ./evenhand dev docs: {', '.join(stale)}"


def test_a_page_says_what_made_it_and_that_nobody_edits_it() -> None:
    start = NOTE.partition("{")[0]
    assert [name for name, text in PAGES.items() if not text.startswith(start)] == []


def test_the_pages_are_the_same_when_made_again() -> None:
    assert generated_pages() == PAGES


def test_the_matrix_has_every_permission_and_role() -> None:
    assert all(f"| {it} |" in page("matrix") for it in (*Permission, *Role))


def test_the_diagram_has_every_move() -> None:
    arrows = [f"    {here} --> {there}\n" for here in State for there in MOVES[here]]
    assert [it for it in arrows if it not in page("moves")] == []
    assert page("moves").count(" --> ") == len(arrows) + 1


def test_the_register_has_every_field() -> None:
    told = page("register")
    assert [it for it in REGISTER if f"| {it.column} | {it.about} |" not in told] == []


def test_the_page_of_the_log_has_every_act() -> None:
    assert [it for it in Act if f"| {it} | " not in page("log-entries")] == []


def test_every_command_has_an_example() -> None:
    commands = page("cli").split("\n## ")[1:]
    assert len(commands) > len(GROUPS)
    assert [it.partition("\n")[0] for it in commands if "\n```\nevenhand " not in it] == []


def test_the_api_page_has_the_calls_that_others_script_against() -> None:
    assert "## POST /api/v1/referrals\n" in page("api")
    assert "`public_without_login`" in page("api")


def test_a_cell_cannot_break_its_table() -> None:
    assert list(table(["a"], [["x|y\nz"]])) == ["| a |", "|---|", "| x\\|y z |", ""]

import sys

from tests.house.imports import ROOT, files, imported, is_of, offences

NETWORK = ("requests", "urllib.request", "http.client", "httpx", "aiohttp", "socket", "urllib3",
           "ftplib", "telnetlib", "websockets", "smtplib", "imaplib", "poplib")  # fmt: skip


def outsiders(floor: str, allowed: set[str]) -> list[str]:
    own = {"evenhand.rules", f"evenhand.{floor}"}
    return [
        f"{path.relative_to(ROOT)} imports {module}"
        for path in files(floor)
        for module in imported(path)
        if module.partition(".")[0] not in sys.stdlib_module_names | allowed
        and not any(is_of(module, it) for it in own)
        and module != "evenhand"
    ]


def test_the_rules_know_only_the_standard_library_and_how_to_read_an_address() -> None:
    assert outsiders("rules", {"ada_url"}) == []


def test_the_ledger_knows_only_the_standard_library_and_how_to_sign() -> None:
    assert outsiders("ledger", {"cryptography"}) == []


def test_only_five_transports_the_verifier_and_the_command_line_open_a_connection() -> None:
    elsewhere = {it for it in offences((), NETWORK) if not it.startswith("src/evenhand/cli/")}
    asks = "src/evenhand/transports/posting.py imports"
    http = ("http.client", *(f"http.client.HTTP{it}" for it in ("Connection", "Exception")))
    # It reads the published log that whoever checks it names.
    verifier = "src/evenhand/ledger/verify_published.py imports"
    reads = ("http.client", "http.client.HTTPException", "urllib.request", "urllib.request.urlopen")
    assert elsewhere == {
        *(f"{verifier} {it}" for it in reads),
        "src/evenhand/transports/email.py imports smtplib",
        "src/evenhand/transports/imap.py imports imaplib",
        "src/evenhand/transports/imap.py imports socket",
        "src/evenhand/transports/imap.py imports socket.SHUT_RDWR",
        "src/evenhand/transports/antivirus.py imports socket",
        "src/evenhand/transports/signer.py imports socket",
        f"{asks} socket",
        f"{asks} http.client.HTTPSConnection",
        *(f"{asks} {it}" for it in http),
    }


def test_the_command_line_only_asks_itself_whether_it_answers_and_a_demo_its_own_pages() -> None:
    asks = [it for it in offences(("cli",), NETWORK) if not it.endswith("socket")]
    of_a_demo = {f"src/evenhand/cli/{name}.py" for name in ("demo", "fictional")}
    assert {it.partition(" ")[0] for it in asks} <= of_a_demo


def test_a_door_never_touches_a_row_a_seal_or_a_transport() -> None:
    forbidden = ("evenhand.store", "evenhand.seal", "evenhand.transports")
    assert offences(("web", "api", "cli", "work"), forbidden) == []

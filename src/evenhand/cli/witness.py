"""``evenhand witness …``: cosigns the logs of others. It has neither desk nor database."""

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.children import stopped_by_signals
from evenhand.cli.failures import told_as
from evenhand.cli.leash import tie_to_parent
from evenhand.cli.output import add_command, add_group, print_json, tell

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers

DOES = "cosign the logs of other organisations, so that none can show two histories"
ADDRESS = re.compile(r"(?:\[(?P<six>[^\[\]]+)\]|(?P<host>[^:\[\]]+)):(?P<port>[0-9]{1,5})")
FOLDER = "--folder /var/lib/evenhand-witness"


def register(commands: "Subparsers") -> None:
    """Add the commands of a witness."""
    group = add_group(commands, "witness", does=DOES)
    key = add_command(
        group,
        "key",
        make,
        does="make a witness: its key, its memory, its list of logs; once",
        example=f"evenhand witness key witness.example/w1 {FOLDER}",
    )
    key.add_argument("name", type=_name, metavar="NAME", help="its name: your domain and a path")
    shown = add_command(
        group,
        "show",
        show,
        does="print its public key, the logs that it trusts and what it cosigned last",
        example=f"evenhand witness show {FOLDER} --json",
    )
    served = add_command(
        group,
        "serve",
        serve,
        does="answer logs that ask for cosignatures, until told to stop",
        example=f"evenhand witness serve {FOLDER} --bind 127.0.0.1:8017",
    )
    served.add_argument(
        "--bind",
        type=_address,
        default="127.0.0.1:8017",
        metavar="HOST:PORT",
        help="where to listen (127.0.0.1:8017)",
    )
    for parser in (key, shown, served):
        parser.add_argument(
            "--folder", type=Path, metavar="DIR", required=True, help="the witness's folder"
        )


def make(arguments: argparse.Namespace) -> int:
    """Make the key of a witness and print the public one, which the desk needs."""
    from evenhand.cli.witness_folder import KEY, LOGS, make_witness

    folder: Path = arguments.folder
    with told_as(f"A witness cannot be made in {folder}"):
        public = make_witness(folder, arguments.name)
    tell(f"{folder / KEY} is the private key. It never leaves this machine.")
    tell(f"Put the key of each log to witness into {folder / LOGS}, and give the desk this line:")
    if arguments.json:
        print_json({"vkey": str(public)})
    else:
        print(public)
    return 0


def show(arguments: argparse.Namespace) -> int:
    """Print what the witness says to everybody who asks."""
    from evenhand.cli.witness_folder import Witness

    with told_as(f"The witness in {arguments.folder} cannot be read"):
        witness = Witness.open(arguments.folder)
        if arguments.json:
            print_json(witness.as_json())
        else:
            print(witness.page(), end="")
    return 0


def serve(arguments: argparse.Namespace) -> int:
    """Answer until told to stop; requests that are under way are answered first."""
    tie_to_parent()
    from evenhand.cli.witness_folder import Witness
    from evenhand.cli.witness_server import WitnessServer

    with stopped_by_signals():
        with told_as(f"The witness in {arguments.folder} cannot be used"):
            witness = Witness.open(arguments.folder)
        host, port = arguments.bind
        with told_as(f"The witness cannot listen on {host} port {port}"):
            server = WitnessServer((host, port), witness)
        try:
            tell(f"{witness.key.name} cosigns {', '.join(witness.logs)} at {server.url}")
            if arguments.json:
                print_json({"url": server.url, "vkey": str(witness.key.verifier)})
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
        finally:
            server.finish()
    return 0


def _name(text: str) -> str:
    from evenhand.ledger.broken import Malformed
    from evenhand.ledger.keys import check_name

    try:
        check_name(text)
    except Malformed as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


def _address(text: str) -> tuple[str, int]:
    found = ADDRESS.fullmatch(text)
    if not found or int(found["port"]) > 65535:
        raise argparse.ArgumentTypeError("give HOST:PORT, such as 127.0.0.1:8017 or [::1]:8017")
    return found["six"] or found["host"], int(found["port"])

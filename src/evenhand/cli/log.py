"""``evenhand log …``: the log, and whether casework agrees with it."""

import argparse
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evenhand.cli.desk import open_desk
from evenhand.cli.failures import CannotStart, told_as
from evenhand.cli.output import add_command, add_group, print_json, tell
from evenhand.cli.progress import Progress
from evenhand.ledger.verify_options import add_options
from evenhand.rules.oversight_new_log import WhyClosed

if TYPE_CHECKING:
    from evenhand.cli.output import Subparsers
    from evenhand.ledger.policies import Policy

AGAIN_SECONDS = 0.1
WITNESS_SECONDS, ASK_AGAIN_SECONDS = 20, 1
"""So long, and so often, witnesses are asked to cosign what is handed out."""


def register(commands: "Subparsers") -> None:
    """Add the commands about the log."""
    group = add_group(commands, "log", does="hand out the log, check it, compare casework with it")
    parser = add_command(
        group,
        "export",
        export,
        does="write the log as a bundle that anyone can check, up to the last committed entry",
        example="evenhand log export /media/stick/log --since my-last-checkpoint",
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is not there yet")
    parser.add_argument(
        "--since", type=Path, metavar="FILE", help="the checkpoint that the bundle goes on from"
    )
    parser.add_argument(
        "--closed", metavar="ORIGIN", help="a log that was closed, instead of the one that goes on"
    )
    parser = add_command(
        group,
        "verify",
        verify,
        does="check a bundle, a published log or a receipt, without the desk’s database",
        example="evenhand log verify DIR --policy my-policy.txt --kept my-last-checkpoint",
    )
    add_options(parser)
    parser.set_defaults(wrong_usage=parser.error)
    add_command(
        group,
        "checkpoint",
        checkpoint,
        does="take in every committed entry and print the signed checkpoint",
        example="evenhand log checkpoint",
    )
    parser = add_command(
        group,
        "begin",
        begin,
        does="close a log that cannot go on, and begin a new one with the same entries",
        example="evenhand log begin desk.example/log-2 --why entries_lost "
        "--administrator kim --overseer jon",
    )
    a = parser.add_argument
    a("origin", metavar="ORIGIN", help="the name of the new log, which no log of this desk had")
    a("--why", required=True, type=WhyClosed, metavar="WHY", help=f"one of: {', '.join(WhyClosed)}")
    a(
        "--administrator",
        required=True,
        metavar="USERNAME",
        help="who runs the desk, as the log names them",
    )
    a(
        "--overseer",
        required=True,
        metavar="USERNAME",
        help="who oversees the desk, as the log names them",
    )
    a(
        "--last",
        type=Path,
        metavar="FILE",
        help="a newer checkpoint than the desk has, from outside",
    )
    add_command(
        group,
        "reconcile",
        reconcile,
        does="explain rows by their changes, changes by entries, and entries by the tree",
        example="evenhand log reconcile --json",
    )


def export(arguments: argparse.Namespace) -> int:
    """Write a bundle: everything that is committed now, cosigned now by whoever is asked to."""
    folder = arguments.folder
    if arguments.closed:
        return _export_closed(arguments)
    since = arguments.since.read_bytes() if arguments.since else None
    with told_as(f"The bundle cannot be written to {folder}"), open_desk():
        if folder.exists():
            raise CannotStart(f"{folder} is there already. Name a folder that is not there yet.")
        from django.conf import settings

        from evenhand.actions.exporting import enter_export, write_published
        from evenhand.ledger.policies import NONE, parse_policy
        from evenhand.queries.log import policy
        from evenhand.rules.officers import WORKER, Acting, Permission

        enter_export(Permission.OVERSEE, acting=Acting(officer=WORKER, at=datetime.now(UTC)))
        wanted = _take_in()
        asked = parse_policy(settings.DESK.witness_policy.encode())
        _have_cosigned(wanted, asked)
        newest = write_published(
            folder,
            log=settings.LOG_FOLDER,
            policy=policy(settings.DESK.witness_policy),
            since=since,
            at=datetime.now(UTC),
        )
    missing, is_cosigned = max(wanted - newest.size, 0), newest.cosigned_at is not None
    tell(f"{folder} holds the log with {newest.size:,} entries. It may hold personal data.")
    if missing:
        tell(f"Witnesses have not cosigned the newest {missing:,} entries yet: they are not in it.")
    if asked.quorum != NONE and not is_cosigned:
        tell("Too few witnesses have cosigned it: a policy that asks for them does not accept it.")
    tell(f"Check it with: python -m evenhand.ledger verify {folder}")
    if arguments.json:
        told = {"size": newest.size, "missing": missing, "cosigned": is_cosigned}
        print_json({"ok": True, "folder": str(folder), **told})
    return 0


def _export_closed(arguments: argparse.Namespace) -> int:
    """Write a bundle of a log that was closed."""
    folder = arguments.folder
    with told_as(f"The bundle cannot be written to {folder}"), open_desk():
        if folder.exists():
            raise CannotStart(f"{folder} is there already. Name a folder that is not there yet.")
        from django.conf import settings

        from evenhand.actions.exporting import enter_export, write_closed
        from evenhand.rules.officers import WORKER, Acting, Permission

        acting = Acting(officer=WORKER, at=datetime.now(UTC))
        enter_export(Permission.OVERSEE, acting=acting)
        size = write_closed(
            folder,
            arguments.closed,
            log=settings.LOG_FOLDER,
            witness_policy=settings.DESK.witness_policy,
            at=acting.at,
        )
    tell(f"{folder} holds the closed log, {size:,} entries. It may hold personal data.")
    if arguments.json:
        print_json({"ok": True, "folder": str(folder), "size": size})
    return 0


def begin(arguments: argparse.Namespace) -> int:
    """Close the log and begin a new one. Whoever was interrupted runs it again."""
    last = arguments.last.read_bytes() if arguments.last else None
    with told_as("The log cannot be closed"), open_desk(owner=True):
        from django.conf import settings

        from evenhand.actions.new_log import Named
        from evenhand.actions.new_log import begin as close_and_begin
        from evenhand.cli.checks import check_not_being_restored, check_owner_is_given
        from evenhand.rules.officers import WORKER, Acting

        check_owner_is_given()
        check_not_being_restored()
        done = close_and_begin(
            arguments.origin,
            Named(
                why=arguments.why,
                administrator=arguments.administrator,
                overseer=arguments.overseer,
                last=last,
            ),
            log=settings.LOG_FOLDER,
            signer_at=settings.SIGNER,
            acting=Acting(officer=WORKER, at=datetime.now(UTC)),
        )
    tell(f"The log {done.closed} is closed after {done.size:,} entries.")
    tell(f"The log {done.origin} continues it. Nothing of it is signed yet. Next:")
    tell(f"1. As the signer’s account: evenhand signer --new-log {done.origin}; start it again.")
    tell(f'2. Write log_origin = "{done.origin}" into the desk’s profile, and restart the desk.')
    tell(
        "3. Give overseers and witnesses the new public key (linked from /log/): to them it is new."
    )
    tell("4. Have the overseer confirm it from their own copy of the log: here nobody asked them.")
    tell("5. Make a backup: older ones are of the closed log.")
    if arguments.json:
        print_json({"ok": True, "closed": done.closed, "size": done.size, "origin": done.origin})
    return 0


def verify(arguments: argparse.Namespace) -> int:
    """Check a bundle, a published log or a receipt. Exit 1 with the first difference."""
    from evenhand.ledger.__main__ import run, show, what_is_missing

    if unclear := what_is_missing(arguments):
        arguments.wrong_usage(unclear)
    report = run(arguments, now=int(datetime.now(UTC).timestamp()))
    show(report, as_json=arguments.json)
    return 0 if report.ok else 1


def checkpoint(arguments: argparse.Namespace) -> int:
    """Print the newest checkpoint, over everything that is committed now."""
    with open_desk():
        _take_in()
        from evenhand.queries.log import newest_checkpoint

        newest = newest_checkpoint()
    if arguments.json:
        print_json({"ok": True, "size": newest.size, "checkpoint": newest.note})
    else:
        print(newest.note, end="")
    return 0


def _take_in() -> int:
    """Have every entry that is committed now in a signed checkpoint, whoever puts it there.

    Gives how many there are.
    """
    from django.conf import settings

    from evenhand.actions.sequencing import Sequencer
    from evenhand.queries.log import committed, signed

    sequencer = Sequencer(settings.LOG_FOLDER, settings.SIGNER)
    wanted = committed()
    while sequencer.step(now=datetime.now(UTC)) is None or signed() < wanted:
        time.sleep(AGAIN_SECONDS)
    return wanted


def _have_cosigned(wanted: int, policy: "Policy") -> None:
    """Have witnesses cosign so many entries, if any are asked and answer; whoever asks them."""
    from django.conf import settings

    from evenhand.actions.cosigning import have_cosigned
    from evenhand.queries.log import cosigned

    ends = time.monotonic() + WITNESS_SECONDS
    while policy.witnesses and cosigned() < wanted and time.monotonic() < ends:
        have_cosigned(settings.LOG_FOLDER, policy, now=datetime.now(UTC))
        if cosigned() < wanted:
            time.sleep(ASK_AGAIN_SECONDS)


def reconcile(arguments: argparse.Namespace) -> int:
    """Compare all of casework with the log and the log with its tree, and name what differs."""
    with told_as("The published log cannot be read"), open_desk():
        from django.conf import settings

        from evenhand.actions.reconciling import reconcile as compare
        from evenhand.queries.oversight import newest_number
        from evenhand.rules.oversight import DIFFERENCES, NUMBERED

        progress = Progress(newest_number(), "entries")
        found = compare(lambda: datetime.now(UTC), log=settings.LOG_FOLDER, progress=progress.add)
        progress.end()
    if arguments.json:
        print_json(
            {
                "ok": found.ok,
                "entries": found.entries,
                "rows": found.rows,
                "changes": found.changes,
                "in_tree": found.in_tree,
                "lost": found.unopened.lost,
                "found": found.found,
                "differences": [
                    {"table": it.table, "key": it.key, "what": it.what} for it in found.differences
                ],
            }
        )
        return 0 if found.ok else 1
    for it in found.differences:
        print(DIFFERENCES[it.what].format(table=it.table, key=it.key))
    if found.differences:
        tell(NUMBERED)
    if found.found > len(found.differences):
        print(f"And {found.found - len(found.differences):,} more.")
    tell(f"{found.entries:,} entries, {found.changes:,} changes and {found.rows:,} rows compared.")
    tell(_told_of_tree(found.in_tree))
    if lost := found.unopened.lost:
        tell(
            f"{lost:,} of the entries were lost at a restore: that they were is all that is known."
        )
    tell("They agree." if found.ok else f"{found.found:,} differences. Tell the overseer.")
    return 0 if found.ok else 1


def _told_of_tree(size: int | None) -> str:
    if size is None:
        return "The log was not compared with its tree: no signed checkpoint is published."
    return f"The first {size:,} entries of the log were compared with its published tree."

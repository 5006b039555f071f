"""The page in plain words that goes with every bundle."""

README = """\
What this folder is
===================

This is a copy of the log {origin}, as it was with {size} entries. The first has the number 0.

The desk enters every act in this log: who did what to which record, when and what for, and also who
looked at what. An entry cannot be changed, removed or put in later without it showing. You can
check that yourself, on your own computer, without the desk and without the network.

How to check it
---------------

You need Python 3.11 or newer and the package "evenhand". No database, nothing else.

    python -m evenhand.ledger verify FOLDER --policy MY-POLICY.txt --kept MY-LAST-CHECKPOINT

FOLDER is the folder in which this page's folder "data" lies.

MY-POLICY.txt is yours. It says which keys you trust: the log's and the witnesses'. The file
policy.txt in this folder only shows what the desk itself uses. A policy that comes with what is to
be checked proves nothing.

MY-LAST-CHECKPOINT is the file "checkpoint" that you kept from the last time. It proves that the log
goes on from what you saw then. Keep the new one somewhere that the desk cannot reach.

The first line of the answer says whether all holds, and which log it is. If something is not right,
that is the whole answer: the first difference, and where it is. Else more lines tell who cosigned
and when, what was not checked or is worth to know, and how many entries of each act and month there
are.

What is here
------------

checkpoint           the newest state of the log, signed by the desk, and cosigned by witnesses if
                     the desk has any
checkpoints.jsonl    every signed state of the period
since                the state that this bundle goes on from, if it does not begin at the beginning
tile/entries         the entries. They hold no name, no words and no record's number
tile/0, tile/1 ...   the hashes that make a tree of them
openings.jsonl       what an entry is about, one line for each. What was erased is a digest only,
                     and what was lost at a restore of the desk is null
log.vkey             the log's public key
policy.txt           the witnesses that the desk uses
rules.json           the versions of the rules that the desk keeps

The formats are public: https://c2sp.org/tlog-tiles, https://c2sp.org/tlog-checkpoint,
https://c2sp.org/signed-note, https://c2sp.org/tlog-cosignature and BagIt (RFC 8493). Programs that
nobody here wrote can check them too.

What it cannot show
-------------------

- A look at the database past the application leaves no entry. No log of ours can see it.
- An entry can be a lie. It shows who told it and when.

This folder may hold personal data in openings.jsonl. Keep it as you keep such data.
"""

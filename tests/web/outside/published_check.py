"""Says what is wrong with published files, as programs find that nobody here wrote.

usage: python published_check.py SHAPES FOLDER..., where frictionless, csvw, pySHACL and sectxt are
installed. Prints one JSON document: of each folder the faults of each of its files.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from csvw import CSVW
from frictionless import Resource, Schema, validate
from pyshacl import validate as has_shape
from rdflib import Graph
from sectxt import Parser

TYPES = {
    "string": "string",
    "integer": "integer",
    "decimal": "number",
    "date": "date",
    "gYearMonth": "yearmonth",
}
"""What frictionless calls the types of XML Schema."""


def main(shapes: Path, folders: list[Path]) -> int:
    """Look through every folder."""
    known = Graph().parse(shapes)
    print(json.dumps({it.name: dict(faults(it, known)) for it in folders}))
    return 0


def faults(folder: Path, shapes: Graph) -> Iterator[tuple[str, list[str]]]:
    """Say of every file of a folder what is wrong with it."""
    for path in sorted(folder.rglob("*")):
        if path.name == "metadata.json":
            yield str(path.relative_to(folder)), csv_on_the_web(path)
            yield from as_tables(path, folder)
        elif path.suffix == ".jsonld":
            yield str(path.relative_to(folder)), catalogue(path, shapes)
        elif path.name == "security.txt":
            yield str(path.relative_to(folder)), security(path)


def csv_on_the_web(path: Path) -> list[str]:
    """Have csvw read the tables as their metadata says they are."""
    try:
        found = CSVW(str(path), validate=True)
        return [] if found.is_valid else [str(it.message) for it in found.warnings]
    except (ValueError, AssertionError, KeyError, TypeError) as error:
        return [repr(error)]


def as_tables(path: Path, folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Have frictionless hold each table to the types of its columns."""
    for table in json.loads(path.read_text("utf-8"))["tables"]:
        columns = table["tableSchema"]["columns"]
        fields = list(map(field, columns))
        schema = Schema.from_descriptor({"fields": fields})
        file = path.with_name(table["url"])
        report = validate(Resource(path=file.name, basepath=str(file.parent), schema=schema))
        told = [it.message for task in report.tasks for it in task.errors]
        yield str(file.relative_to(folder)), told + [it.message for it in report.errors]


def field(column: dict[str, Any]) -> dict[str, Any]:
    """Say to frictionless what a column is, and which codes alone it may have."""
    kind = column["datatype"]
    if isinstance(kind, str):
        return {"name": column["name"], "type": TYPES[kind]}
    allowed = {"enum": kind["format"].split("|")}
    return {"name": column["name"], "type": TYPES[kind["base"]], "constraints": allowed}


def catalogue(path: Path, shapes: Graph) -> list[str]:
    """Have pySHACL hold the catalogue to the shapes of DCAT-AP."""
    held = Graph().parse(path, format="json-ld")
    conforms, _graph, text = has_shape(held, shacl_graph=shapes, advanced=False)
    return [] if conforms and len(held) else [text]


def security(path: Path) -> list[str]:
    """Have sectxt read security.txt."""
    parser = Parser(path.read_bytes(), is_local=True)
    return [f"{it['code']}: {it['message']}" for it in parser.errors]


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), [Path(it) for it in sys.argv[2:]]))

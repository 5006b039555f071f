"""What the house must do, written by hand from the law and the contracts, apart from its code."""

import csv
from pathlib import Path

HERE = Path(__file__).parent


def read(name: str) -> dict[tuple[str, str], bool]:
    """Read a table of cells: (line, column) to whether it says yes."""
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        heads, *lines = csv.reader(file)
    cells = {
        (line[0], head): cell
        for line in lines
        for head, cell in zip(heads[1:], line[1:], strict=True)
    }
    assert set(cells.values()) <= {"Y", "-"}
    return {place: cell == "Y" for place, cell in cells.items()}

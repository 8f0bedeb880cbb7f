"""A register's file: a table in CSV, UTF-8, with a heading."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from backend.core.guards import ensure, refusal
from backend.core.text import tidy

COLUMNS = ("official_number", "name", "town", "postal_code", "region", "country")
DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Row:
    """One line as it stands in the file; the heading is row 1."""

    number: int
    cells: dict[str, str]
    is_whole: bool


def read_rows(path: Path) -> list[Row]:
    """All rows of the file, or a refusal of the file as a whole."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refusal("register_not_text") from None
    ensure("\0" not in text, "register_not_text")
    heading = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=heading.count)
    lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [tidy(name).lower() for name in next(lines, [])]
        for column in COLUMNS:
            ensure(column in names, "register_column_missing", column=column)
        rows = list(_rows(lines, names))
    except csv.Error:
        raise refusal("register_not_csv", line=lines.line_num) from None
    ensure(bool(rows), "register_empty")
    return rows


def _rows(lines: Iterator[list[str]], names: list[str]) -> Iterator[Row]:
    for number, cells in enumerate(lines, start=2):
        if any(cells):
            given = {name: tidy(cell) for name, cell in zip(names, cells, strict=False)}
            yield Row(number, given, len(cells) == len(names))

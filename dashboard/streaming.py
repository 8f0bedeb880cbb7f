"""Tables as files: CSV written while it is read, spreadsheets in constant memory. No cell is ever a formula."""

import csv
import io
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import islice
from typing import IO, Any

import xlsxwriter
from asgiref.sync import sync_to_async
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import translation

from backend.core import clock
from backend.core.deadline import within_time

BATCH = 500
PIECE = 64 * 1024
BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MARK = "\ufeff"  # spreadsheets read UTF-8 by it

Cells = list[Any]


@dataclass(frozen=True)
class Table:
    """A header, and rows that are read while they are written: a queryset, or what is in memory already."""

    header: Cells
    rows: QuerySet[Any] | list[Any]
    cells: Callable[[Any], Cells] = list
    prepare: Callable[[list[Any]], None] | None = None  # what a batch needs, read at once
    language: str = field(default_factory=lambda: translation.get_language() or "en")

    def __iter__(self) -> Iterator[Cells]:
        rows = self.rows.iterator(BATCH) if isinstance(self.rows, QuerySet) else iter(self.rows)
        while batch := list(islice(rows, BATCH)):
            yield from self.worded(batch)

    def worded(self, batch: list[Any]) -> list[Cells]:
        """In the language of whoever asked; the rows are read after the answer has begun, and each batch ends in time."""
        with translation.override(self.language), within_time():
            if self.prepare:
                self.prepare(batch)
            return [[_plain(value) for value in self.cells(row)] for row in batch]


def _plain(value: Any) -> str | int | float | date | None:
    if isinstance(value, datetime):
        return value.astimezone(UTC).date()
    return value if isinstance(value, int | float | date) or value is None else str(value)


def defused(value: Any) -> Any:
    """A text that a spreadsheet would calculate gets an apostrophe before it."""
    return f"'{value}" if isinstance(value, str) and value.startswith(BEGIN_FORMULAS) else value


async def as_csv(table: Table) -> AsyncIterator[bytes]:
    """Batch by batch."""
    yield (MARK + _lines([table.header])).encode()
    worded, batch = sync_to_async(table.worded), list[Any]()
    async for row in _read(table.rows):
        batch.append(row)
        if len(batch) == BATCH:
            yield _lines(await worded(batch)).encode()
            batch = []
    yield _lines(await worded(batch)).encode()


async def _read(rows: QuerySet[Any] | list[Any]) -> AsyncIterator[Any]:
    if isinstance(rows, QuerySet):
        async for row in rows.aiterator(BATCH):
            yield row
    else:
        for row in rows:
            yield row


def _lines(rows: Iterable[Cells]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([defused(value) for value in row] for row in rows)
    return out.getvalue()


async def as_xlsx(table: Table) -> AsyncIterator[bytes]:
    """A spreadsheet is complete only at its end: written to a file beside, then sent piece by piece."""
    with tempfile.TemporaryFile() as file:
        await sync_to_async(write_xlsx)(table, file)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def write_xlsx(table: Table, file: IO[bytes]) -> None:
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {"constant_memory": True, **plain}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(table.header) - 1, 0), 24)
        for place, title in enumerate(table.header):
            sheet.write_string(0, place, str(title), bold)
        for number, row in enumerate(table, start=1):
            for place, value in enumerate(row):
                _write(sheet, number, place, value, days)


def _write(sheet: Any, row: int, column: int, value: Any, days: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, days)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, value)


FORMS: dict[str, tuple[Callable[[Table], Any], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def as_file(table: Table, name: str, form: str) -> StreamingHttpResponse:
    """As an attachment, named by the day."""
    write, content_type = FORMS[form]
    response = StreamingHttpResponse(write(table), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="etwinning-{name}-{clock.now():%Y-%m-%d}.{form}"'
    return response

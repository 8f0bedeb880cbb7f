"""An import's report as a table that a spreadsheet opens."""

import csv
from collections.abc import Iterator
from pathlib import Path

from backend.schools.register.importing import Report

HEADING = ("row", "official_number", "result", "code", "details")


def write_report(report: Report, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEADING)
        table.writerows(sorted(_lines(report)))


def _lines(report: Report) -> Iterator[tuple[int, str, str, str, str]]:
    for listing in report.new:
        yield listing.row, listing.official_number, "new", "", ""
    for listing, fields in report.changed:
        yield listing.row, listing.official_number, "changed", "", ", ".join(fields)
    for listing in report.unchanged:
        yield listing.row, listing.official_number, "unchanged", "", ""
    for refusal in report.refused:
        yield refusal.row, refusal.official_number, "refused", refusal.code, refusal.sentence

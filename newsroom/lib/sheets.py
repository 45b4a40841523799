"""How are rows handed out as CSV and XLSX, so that no cell is ever taken for a formula?"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO, Final

from django.utils.module_loading import import_string

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")  # with these a spreadsheet begins a formula
LONGEST_CELL: Final = 32_000  # characters; Excel takes 32,767
BOM: Final = "\ufeff"  # tells Excel that the file is UTF-8

Row = Sequence[str]


def safe(cell: str) -> str:
    """The cell as CSV may carry it: what would begin a formula gets an apostrophe in front (OWASP, CSV injection)."""
    cell = cell[:LONGEST_CELL]
    return f"'{cell}" if cell.lstrip(" \u00a0").startswith(DANGEROUS) else cell


class _Line:
    """What csv.writer writes to: it hands the line on."""

    def write(self, line: str) -> str:
        return line


def csv_lines(heads: Row, rows: Iterable[Row]) -> Iterator[str]:
    """The file, line by line."""
    writer = csv.writer(_Line())
    yield BOM + str(writer.writerow([safe(head) for head in heads]))
    for row in rows:
        yield str(writer.writerow([safe(cell) for cell in row]))


def xlsx_file(heads: Row, rows: Iterable[Row], widths: Sequence[int]) -> IO[bytes]:
    """The file, on the disk until it is closed; every cell is text, and memory holds one row at a time."""
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    workbook = import_string("xlsxwriter.Workbook")  # 2 MB of a process that is asked for one
    book = workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    for column, (head, width) in enumerate(zip(heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, head, bold)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell[:LONGEST_CELL])
    book.close()
    file.seek(0)
    return file

"""CSV: one row a statement, for spreadsheets.

UTF-8, a header, every cell in quotation marks, lines ended by CR LF (RFC 4180). A cell that a spreadsheet
would run as a formula is led by an apostrophe, see :func:`guard`; nothing is lost by it, for the offsets
columns say which characters of the article the cell holds. Offsets are written ``12-40 55-70``: half-open
ranges of Unicode code points. A file begins with a byte order mark, or Excel would take it for another
encoding (Python reads it as ``utf-8-sig``); a stream doesn't.
"""

from __future__ import annotations

import csv
from pathlib import Path

from onrecord.records import Spans
from onrecord.writers.rows import columns, rows
from onrecord.writers.targets import Coverage, Speakers, Target, open_text

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet read a cell as a formula when the cell begins with it.

Source: OWASP, CSV Injection (owasp.org/www-community/attacks/CSV_Injection).
"""


def write(target: Target, coverage: Coverage, speakers: Speakers | None = None) -> int:
    """Write one row a statement, in the order given; return how many. Only one article is held at a time.

    The columns are those of :func:`onrecord.writers.rows.columns`.
    """
    count = 0
    with open_text(target) as stream:
        table = csv.writer(stream, quoting=csv.QUOTE_ALL)
        if isinstance(target, (str, Path)):
            stream.write("\ufeff")
        table.writerow(columns(speakers))
        for row in rows(coverage, speakers):
            table.writerow([cell(value) for value in row.values()])
            count += 1
    return count


def cell(value: str | bool | float | Spans) -> str:
    """Return what a value is written as.

    >>> cell(((12, 40), (55, 70))), cell(True), cell(0.93)
    ('12-40 55-70', 'true', '0.93')
    """
    if isinstance(value, str):
        return guard(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | int):
        return repr(value)
    return " ".join(f"{start}-{end}" for start, end in value)


def guard(text: str) -> str:
    """Return the text, led by an apostrophe where a spreadsheet would take it for a formula.

    Source: OWASP, CSV Injection: quote every field, double the quotation marks in it, lead it by an
    apostrophe.

    >>> guard("=HYPERLINK(1)"), guard("1 = 1")
    ("'=HYPERLINK(1)", '1 = 1')
    """
    return f"'{text}" if text.startswith(FORMULA) else text

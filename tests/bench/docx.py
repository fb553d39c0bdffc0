"""The whole command `quire build --to docx`, beside `pandoc -o x.docx` (see `command`).

    python -m tests.bench.docx [FILE.md]

Besides the common texts, tables of 500 and 2,000 rows of 8 cells.
"""

from __future__ import annotations

import sys

from tests.bench.command import common_texts, report
from tests.bench.texts import wide_table

if __name__ == "__main__":
    tables = {"table 500 x 8": wide_table(500, 8), "table 2000 x 8": wide_table(2000, 8)}
    report("docx", common_texts(sys.argv[1:]) | tables)

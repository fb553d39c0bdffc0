"""The whole command `quire build --to epub`, beside `pandoc -o x.epub` (see `command`).

python -m tests.bench.epub [FILE.md]
"""

from __future__ import annotations

import sys

from tests.bench.command import common_texts, report

if __name__ == "__main__":
    report("epub", common_texts(sys.argv[1:]))

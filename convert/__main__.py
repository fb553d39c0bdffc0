"""``python -m convert`` is ``quire``."""

from convert.cli import main

main()

"""``python -m derive``: the command under its other name."""

from __future__ import annotations

from derive.cli import main

if __name__ == "__main__":
    main()

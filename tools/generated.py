"""Write a generated file, or check it: what the scripts that generate files have in common."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_or_check(path: Path, text: str, otherwise: str) -> int:
    """Write a file, or with `--check` only report whether it is current. Return the exit status."""
    if "--check" not in sys.argv[1:]:
        path.write_text(text, encoding="utf-8")
    elif path.read_text(encoding="utf-8") != text:
        print(f"{path.name} {otherwise}")
        return 1
    return 0

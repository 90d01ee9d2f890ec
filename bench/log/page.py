"""Puts what was measured into docs/reference/log.md, between the marks of its part."""

from collections.abc import Sequence
from pathlib import Path

_PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "log.md"


def write(part: str, lines: Sequence[str]) -> None:
    """Take the place of what was measured before."""
    begin, end = f"<!-- {part} -->\n", f"<!-- end of {part} -->"
    before, _, rest = _PAGE.read_text(encoding="utf-8").partition(begin)
    _, _, after = rest.partition(end)
    _PAGE.write_text(f"{before}{begin}{chr(10).join(lines)}\n{end}{after}", encoding="utf-8")

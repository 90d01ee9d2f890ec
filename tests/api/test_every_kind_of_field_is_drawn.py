"""What a form asks to choose, the web app has a control for: a kind it does not know would have a person type an id."""

import re
from pathlib import Path

from backend.workflow.descriptors import DYNAMIC_KINDS

CONTROLS = Path(__file__).resolve().parents[2] / "frontend" / "src" / "ui" / "fields" / "field.tsx"


def test_every_kind_whose_choices_hang_on_the_record_is_drawn() -> None:
    (table,) = re.findall(r"const CONTROLS[^{]*= \{(.*?)\n\};", CONTROLS.read_text(encoding="utf-8"), re.DOTALL)
    assert set(DYNAMIC_KINDS) <= set(re.findall(r"^\s+(\w+):", table, re.MULTILINE))

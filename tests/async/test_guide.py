"""The guide's code for asynchronous clients runs."""

import re
from pathlib import Path

GUIDE = Path(__file__).parents[2] / "docs" / "which-way.md"


def test_the_guides_asynchronous_code_runs():
    blocks = re.findall(r"^```python\n(.*?)^```", GUIDE.read_text(), re.DOTALL | re.MULTILINE)
    asynchronous = [block for block in blocks if "aiobotocore" in block]
    assert len(asynchronous) == 1
    exec(compile(asynchronous[0], str(GUIDE), "exec"), {"__name__": "guide"})

"""The guides' code for asynchronous clients runs."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
BLOCKS = [
    pytest.param(block, id=f"{page.stem}{number}")
    for page in sorted(DOCS.rglob("*.md"))
    for number, block in enumerate(re.findall(r"^```python\n(.*?)^```", page.read_text(), re.DOTALL | re.MULTILINE))
    if "aiobotocore" in block or "aioboto3" in block
]


@pytest.mark.parametrize("block", BLOCKS)
def test_the_guides_asynchronous_code_runs(block):
    if "import aioboto3" in block and not find_spec("aioboto3"):
        pytest.skip("aioboto3 has an environment of its own")
    exec(compile(block, "guide", "exec"), {"__name__": "guide"})


def test_the_guides_have_asynchronous_code():
    assert len(BLOCKS) >= 2

"""The code blocks for the AWS X-Ray SDK in the documentation run."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
BLOCKS = [
    pytest.param(block, id=f"{page.stem}{number}")
    for page in sorted(DOCS.rglob("*.md"))
    for number, block in enumerate(re.findall(r"^```python\n(.*?)^```", page.read_text(), re.DOTALL | re.MULTILINE))
    if "aws_xray_sdk" in block
]


@pytest.mark.parametrize("block", BLOCKS)
def test_code_block_for_the_sdk_runs(block):
    exec(compile(block, "guide", "exec"), {"__name__": "guide"})


def test_documentation_has_code_blocks_for_the_sdk():
    assert len(BLOCKS) >= 1

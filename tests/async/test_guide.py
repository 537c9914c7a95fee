"""The code blocks for asynchronous clients in the documentation run."""

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
def test_code_block_for_asynchronous_clients_runs(block):
    if "import aioboto3" in block and not find_spec("aioboto3"):
        pytest.skip("aioboto3 is tested in another environment")
    exec(compile(block, "guide", "exec"), {"__name__": "guide"})


def test_documentation_has_code_blocks_for_asynchronous_clients():
    assert len(BLOCKS) >= 2

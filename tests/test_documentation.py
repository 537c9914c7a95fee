"""The documentation is true: its code runs, and the tests that it names exist."""

import re
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def code_blocks(page):
    """The page's Python blocks; one that begins with a comment such as `# name.py` is that file."""
    for match in re.finditer(r"^```python\n(.*?)^```", page.read_text(), re.DOTALL | re.MULTILINE):
        code = textwrap.dedent(match[1])
        name = re.match(r"# (\w+\.py)\n", code)
        line = page.read_text().count("\n", 0, match.start()) + 2
        yield line, name and name[1], code


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_code_block_runs(page, pytester):
    for line, name, code in code_blocks(page):
        if "aiobotocore" in code:
            continue  # tests/async/test_guide.py runs it
        if name is None:
            exec(compile("\n" * (line - 1) + code, str(page), "exec"), {"__name__": "documentation"})
            continue
        path = pytester.path / name
        path.write_text(code)
        if name.startswith("test_"):
            pytester.syspathinsert()
            outcomes = pytester.runpytest_subprocess(path).parseoutcomes()
            assert outcomes == {"passed": code.count("def test_")}


def test_the_readme_has_code_to_run():
    assert sum(1 for _ in code_blocks(ROOT / "README.md")) >= 5


def test_every_test_that_fidelity_names_exists():
    named = set(re.findall(r"`(test_\w+|[a-z]\w+_\w+_\w+)`", (ROOT / "docs" / "fidelity.md").read_text()))
    sources = [*(ROOT / "tests").glob("*.py"), *(ROOT / "src").rglob("*.rs")]
    defined = {name for source in sources for name in re.findall(r"(?:def|fn) (\w+)\(", source.read_text())}
    assert len(named) > 20
    assert named <= defined, sorted(named - defined)


def test_every_rule_has_its_evidence_and_its_test():
    rows = re.findall(r"^\| (?!rule|-)(.+) \|$", (ROOT / "docs" / "fidelity.md").read_text(), re.MULTILINE)
    assert len(rows) > 100
    for row in rows:
        cells = row.split(" | ")
        evidence, tests = cells[-2], cells[-1]
        assert re.search(r"recorded|documented|assumed|botocore itself|ours", evidence), row
        assert tests.startswith("`"), row

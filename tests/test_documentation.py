"""The code in the documentation runs, and the tests that docs/fidelity.md names exist."""

import re
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(
    r"^```python\n"
    r"(?P<code>(?:# (?P<name>\w+\.py)(?: \((?P<fails>fails|fails at teardown)\))?\n)?.*?)^```$"
    # The part of pytest's output that the page shows.
    r"(?:\n\n```text\n(?P<output>.*?)^```$)?",
    re.DOTALL | re.MULTILINE,
)


def code_blocks(page):
    """Yield each Python block of a page, with the number of its first line.

    A block that begins with a comment such as `# name.py` is the content of that file. If the tests in it are expected
    to fail, the comment is `# test_name.py (fails)` or `# test_name.py (fails at teardown)`.
    """
    for match in BLOCK.finditer(page.read_text()):
        yield page.read_text().count("\n", 0, match.start()) + 2, match


def words(text):
    return " ".join(text.split())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_code_block_of_a_documentation_page_runs(page, pytester):
    for line, block in code_blocks(page):
        name, code = block["name"], textwrap.dedent(block["code"])
        if re.search("aiobotocore|aioboto3|aws_xray_sdk", code):
            continue  # tests/async/test_guide.py or tests/sdk/test_guide.py runs it
        if name is None:
            exec(compile("\n" * (line - 1) + code, str(page), "exec"), {"__name__": "documentation"})
            continue
        path = pytester.path / name
        path.write_text(code)
        if name.startswith("test_"):
            pytester.syspathinsert()
            result = pytester.runpytest_subprocess(path)
            tests = code.count("def test_")
            outcomes = {"fails": {"failed": tests}, "fails at teardown": {"passed": tests, "errors": tests}}
            assert result.parseoutcomes() == outcomes.get(block["fails"], {"passed": tests})
            # The page may break long lines of the output.
            assert words(block["output"] or "") in words(result.stdout.str())


def test_the_readme_has_code_to_run():
    assert sum(1 for _ in code_blocks(ROOT / "README.md")) >= 5


def test_every_test_named_in_fidelity_md_exists():
    named = set(re.findall(r"`(test_\w+|[a-z]\w+_\w+_\w+)`", (ROOT / "docs" / "fidelity.md").read_text()))
    sources = [*(ROOT / "tests").glob("*.py"), *(ROOT / "src").rglob("*.rs")]
    defined = {name for source in sources for name in re.findall(r"(?:def|fn) (\w+)\(", source.read_text())}
    assert len(named) > 20
    assert named <= defined, sorted(named - defined)


def test_every_rule_in_fidelity_md_has_evidence_and_a_test():
    rows = re.findall(r"^\| (?!rule|-)(.+) \|$", (ROOT / "docs" / "fidelity.md").read_text(), re.MULTILINE)
    assert len(rows) > 100
    for row in rows:
        cells = row.split(" | ")
        evidence, tests = cells[-2], cells[-1]
        assert re.search(r"recorded|documented|assumed|botocore itself|ours", evidence), row
        assert tests.startswith("`"), row

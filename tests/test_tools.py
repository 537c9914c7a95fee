"""The scripts in tools/ and benchmarks/ that build the site, the distributions and the tables."""

import importlib.util
import io
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
if not (ROOT / "tools").exists():
    pytest.skip("the sdist has no tools", allow_module_level=True)

FIDELITY = """# Fidelity

Intro.

## Requests

| rule | evidence | test |
|---|---|---|
| One | recorded | `test_one` |
| Two | documented (a); assumed (b) | `test_two`, `test_three` |
| Three | ours, so that runs repeat | `test_four` |
"""


def load(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def stage_docs():
    return load(ROOT / "tools" / "stage_docs.py")


def test_the_fidelity_page_counts_each_kind_of_evidence(stage_docs):
    page = stage_docs.with_badges(FIDELITY)
    assert "3 rules:" in page
    for kind in ("recorded", "documented", "assumed"):
        assert f'<span class="badge {kind}">{kind}</span> <strong>1</strong>' in page
    assert page.index("# Fidelity") < page.index("3 rules:") < page.index("Intro.")


def test_the_fidelity_page_shows_evidence_as_badges_and_collapses_tests(stage_docs):
    page = stage_docs.with_badges(FIDELITY)
    assert (
        '<span class="badge documented">documented</span> (a); <span class="badge assumed">assumed</span> (b)' in page
    )
    assert '<span class="badge ours">ours</span>, so that runs repeat' in page
    names = "<li><code>test&#95;<wbr>two</code></li><li><code>test&#95;<wbr>three</code></li>"
    assert f"<summary>2 tests</summary><ul>{names}</ul>" in page


def test_the_fidelity_page_has_all_rules_of_its_source(stage_docs):
    source = (ROOT / "docs" / "fidelity.md").read_text(encoding="utf-8")
    rows = [line for line in source.splitlines() if line.startswith("| ") and not line.startswith("| rule ")]
    assert f"{len(rows)} rules:" in stage_docs.with_badges(source)


def test_the_operations_page_shows_evidence_as_badges(stage_docs):
    page = stage_docs.staged_page("docs/operations.md")
    assert "create_group) | yes | <span" in page
    assert "| yes | recorded |" not in page


def test_a_table_with_a_long_cell_becomes_cards_with_labels(stage_docs):
    text = "word " * 40
    page = stage_docs.MANY_COLUMNS.sub(
        lambda table: stage_docs.as_cards(table[0]), f"| a | b | c |\n|---|---|---|\n| 1 | {text}| 3 |\n"
    )
    assert page.startswith('<div class="cards" markdown="1">')
    assert f'| 1 | {text.strip()} {{ data-label="b" }} | 3 {{ data-label="c" }} |' in page


def test_a_table_with_short_cells_is_not_changed(stage_docs):
    table = "| a | b | c |\n|---|---|---|\n| 1 | [2](a/very/long/path/to/another/page/of/the/site.md) | 3 |\n"
    assert stage_docs.as_cards(table) == table


def test_the_site_does_not_contain_text_for_readers_of_the_repository(stage_docs):
    assert "<!-- repository -->" in (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    page = stage_docs.staged_page("docs/api.md")
    assert "<!-- repository -->" not in page
    assert "_core.pyi" not in page


def test_cells_of_before_and_after_tables_have_the_headings_of_their_columns_as_labels(stage_docs):
    page = '<table class="before-after"><tr><th>Stubber</th><th>fake-xray</th></tr><tr><td x><td x></tr></table>'
    labelled = stage_docs.with_labels(page)
    assert '<td data-label="Stubber" x><td data-label="fake-xray" x>' in labelled


def test_links_from_docs_to_other_files_lead_to_pages_of_the_site(stage_docs):
    page = stage_docs.staged_page("docs/architecture.md")
    assert "](project/src/lib.rs.md)" in page
    assert "](project/CONTRIBUTING.md)" in page
    assert "docs/architecture.md" in stage_docs.sources()
    assert "src/lib.rs" in stage_docs.sources()


def test_diagrams_are_inlined_without_blank_lines(stage_docs):
    figure = stage_docs.diagram("docs/pictures/call.svg", "The path of a call")
    assert figure.startswith('<figure class="diagram" role="img" aria-label="The path of a call">')
    assert "<svg" in figure
    assert "\n\n" not in figure


@pytest.mark.parametrize("path", ["docs/pictures/architecture.svg", "docs/pictures/call.svg", "benchmarks/chart.svg"])
def test_diagrams_have_a_dark_variant(path):
    assert "prefers-color-scheme: dark" in (ROOT / path).read_text(encoding="utf-8")


def test_the_sbom_of_a_wheel_does_not_contain_the_path_of_the_checkout(tmp_path):
    build = load(ROOT / "tools" / "build_distributions.py")
    wheel = tmp_path / "example-1.0-py3-none-any.whl"
    sbom = "example-1.0.dist-info/sboms/example.cyclonedx.json"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr(sbom, '{"bom-ref": "path+file:///home/someone/example#example@1.0"}')
        archive.writestr("example-1.0.dist-info/RECORD", f"{sbom},sha256=old,1\nexample-1.0.dist-info/RECORD,,\n")
    build.strip_sbom(wheel)
    with zipfile.ZipFile(wheel) as archive:
        assert archive.read(sbom) == b'{"bom-ref": "path+file:///fake-xray#example@1.0"}'
        record = archive.read("example-1.0.dist-info/RECORD").decode()
    digest = "sha256=SFM5NvinQVobffDLpqpQ4DLl23KwSfgf8Wk2ZjHS3nY"
    assert record == f"{sbom},{digest},49\nexample-1.0.dist-info/RECORD,,\n"


def test_benchmark_tables_have_two_significant_figures(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    number = load(ROOT / "benchmarks" / "chart.py").number
    values = [0.514, 0.8, 1.83, 9.96, 13.1, 99.6, 1009, 47858]
    assert [number(value) for value in values] == ["0.51", "0.80", "1.8", "10", "13", "100", "1,000", "48,000"]


def test_the_performance_page_has_the_tables_of_the_stored_results(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))
    report = load(ROOT / "benchmarks" / "report.py")
    results = report.json.loads(report.RESULTS.read_text(encoding="utf-8"))
    assert report.tables(results) in report.PAGE.read_text(encoding="utf-8")


def test_the_test_summary_counts_tests_and_lists_reasons_for_skipping(tmp_path, monkeypatch):
    summarize = load(ROOT / "tools" / "summarize_tests.py")
    (tmp_path / "rust.log").write_text("test result: ok. 3 passed; 0 failed\ntest result: ok. 4 passed; 0 failed\n")
    (tmp_path / "site.log").write_text("2 pages, no broken links\n")
    report = '<testsuites><testsuite><testcase/><testcase><skipped type="pytest.skip" message="slow"/></testcase>'
    for name in summarize.SUITES.values():
        (tmp_path / name).write_text(f"{report}</testsuite></testsuites>")
    monkeypatch.setattr(sys, "argv", ["summarize_tests.py", str(tmp_path)])
    output = io.StringIO()
    monkeypatch.setattr(sys, "stdout", output)
    summarize.main()
    lines = [line.split() for line in output.getvalue().splitlines()]
    assert ["Rust", "core", "7", "passed"] in lines
    assert ["Python", "package", "1", "passed"] in lines
    assert ["1", "skipped:", "slow"] in lines
    assert ["Documentation", "site", "2", "pages,", "no", "broken", "links"] in lines


def test_the_site_check_reports_broken_links_and_external_resources(tmp_path, monkeypatch):
    monkeypatch.setenv("SITE_URL", "https://example.com/docs/")
    check = load(ROOT / "tools" / "check_site.py")
    links = '<a href="other.html#here">1</a><a href="other.html#there">2</a><a href="missing.html">3</a>'
    links += '<a href="/docs/other.html">4</a><link rel="canonical" href="https://example.com/docs/index.html">'
    (tmp_path / "index.html").write_text(f'{links}<script src="https://example.org/x.js"></script>')
    (tmp_path / "other.html").write_text('<h1 id="here">Here</h1>')
    assert check.faults(tmp_path) == [
        "index.html: other.html#there: has no such anchor",
        "index.html: missing.html: does not exist",
        "index.html: https://example.org/x.js: is loaded from another site",
    ]

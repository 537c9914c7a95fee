"""Stage the sources of the documentation site in a folder: `make docs`.

Pages are written for a reader of the repository: they are plain Markdown, and they link to `../src/lib.rs` or
`../CHANGELOG.md`. The site needs a little more. This script copies docs/ and changes the copy:

- Files outside docs/ that a page links to become part of the site. A Markdown file becomes a page. A source file
  becomes a page that shows its code. The links then lead to these pages.
- Diagrams (.svg) are written into the page, so that they follow its colour scheme.
- The Fidelity page gets a badge for each kind of evidence, and counts of them. The names of tests are collapsed. The
  table of operations gets badges, too.
- The rows of a table with long texts get labels, so that a narrow screen can show each row as a card.
- Text between `<!-- repository -->` and `<!-- end -->` is left out.
- The cells of tables with code before and after a migration get labels, so that a narrow screen can show the "after"
  code below the "before" code.
"""

from __future__ import annotations

import itertools
import posixpath
import re
import shutil
import sys
import zlib
from pathlib import Path

ROOT = Path(__file__).parents[1]
# Pages of the repository that are in the site's navigation.
PAGES = ("CHANGELOG.md", "CONTRIBUTING.md")
# Pages that are alone in their section of the navigation. They hide the navigation, so that their text is wider.
WIDE = {"docs/index.md", "docs/operations.md", "docs/api.md", "docs/fidelity.md", "docs/performance.md"}
PICTURES = {".png", ".svg"}
LANGUAGES = {".json": "json", ".py": "python", ".pyi": "python", ".rs": "rust", ".toml": "toml"}
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s#:]+)(#[^)\s]*)?\)")
FENCED = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)
KINDS = ("recorded", "documented", "assumed")
KIND = re.compile(rf"\b({'|'.join(KINDS)})\b")
# Rules that do not come from AWS have one of these words at the beginning of a part of their evidence.
OTHER_KINDS = ("botocore itself", "ours")
OTHER_KIND = re.compile(rf"(?:^|(?<=; ))({'|'.join(OTHER_KINDS)})\b")
# A row in a table of the Fidelity page (its last cell names tests), and a whole table.
RULE = re.compile(r"^\| (?P<rule>.+) \| (?P<evidence>.+?) \| (?P<tests>`.+) \|$", re.MULTILINE)
TABLE = re.compile(r"(?:^\|.*\n?)+", re.MULTILINE)
# A row in the table of operations that has evidence.
OPERATION = re.compile(rf"^(\| .+ \| yes \| )({'|'.join(KINDS)}) \|$", re.MULTILINE)
# A table with at least three columns. Its rows become cards if one of their cells is long.
MANY_COLUMNS = re.compile(r"^\|.*\|\n\|(?:-+\|){3,}\n(?:\|.*\|\n)+", re.MULTILINE)
LONG_CELL = 100
REPOSITORY_ONLY = re.compile(r"<!-- repository -->\n.*?<!-- end -->\n+", re.DOTALL)
BEFORE_AFTER = re.compile(r'<table class="before-after".*?</table>', re.DOTALL)
CELL = re.compile(r"<td([^>]*)>")
# Pages of Python's documentation and the names on them that signatures of this package use.
PYTHON = {
    "library/functions.html": ("bool", "float", "int", "object", "property"),
    "library/stdtypes.html": ("bytes", "dict", "list", "set", "str", "tuple"),
    "library/exceptions.html": (
        "AssertionError",
        "AttributeError",
        "KeyError",
        "NotImplementedError",
        "RuntimeError",
        "TypeError",
        "ValueError",
    ),
    "library/constants.html": ("None",),
    "library/collections.abc.html": tuple(
        f"collections.abc.{name}" for name in ("Callable", "Iterable", "Iterator", "Mapping", "Sequence")
    ),
    "library/datetime.html": ("datetime.datetime", "datetime.timedelta"),
    "library/typing.html": ("typing.Any", "typing.Literal"),
    "library/unittest.html": ("unittest.TestCase",),
}


def main() -> None:
    """Write the staged sources into the folder that the command line names."""
    target = Path(sys.argv[1])
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(ROOT / "docs", target, ignore=shutil.ignore_patterns("ruff.toml"))
    for page in sources():
        staged = target / path_on_site(page)
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_text(staged_page(page))
    (target / "python.inv").write_bytes(inventory())


def sources() -> list[str]:
    """Return the files that become pages: the pages in docs/, PAGES, and all text files to which these pages link."""
    waiting = [path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md")] + list(PAGES)
    found = set(waiting)
    while waiting:
        page = waiting.pop()
        new = {link for link in links(page) if Path(link).suffix not in PICTURES} - found
        found |= new
        waiting += [link for link in new if link.endswith(".md")]
    return sorted(page for page in found if not page.startswith("docs/") or page.endswith(".md"))


def links(page: str) -> set[str]:
    """Return the files of the repository that a page links to."""
    prose = "".join(FENCED.split(REPOSITORY_ONLY.sub("", (ROOT / page).read_text()))[::2])
    targets = {resolve(page, link[3]) for link in LINK.finditer(prose)}
    return {target for target in targets if (ROOT / target).is_file()}


def staged_page(source: str) -> str:
    """Return the Markdown of a page on the site."""
    text = (ROOT / source).read_text()
    if not source.endswith(".md"):
        language = LANGUAGES.get(Path(source).suffix, "text")
        matter = "---\nsearch:\n  exclude: true\nhide:\n  - navigation\n  - toc\n---\n"
        return f"{matter}# {source}\n\n~~~~{language}\n{text}~~~~\n"
    if source == "docs/fidelity.md":
        text = with_badges(text)
    elif source == "docs/operations.md":
        text = OPERATION.sub(lambda row: f"{row[1]}{badge(row[2])} |", text)
    else:
        text = MANY_COLUMNS.sub(lambda table: as_cards(table[0]), text)
    text = REPOSITORY_ONLY.sub("", with_labels(text))
    here = posixpath.dirname(path_on_site(source))

    def rewritten(link: re.Match[str]) -> str:
        mark, words, path, anchor = link.groups()
        target = resolve(source, path)
        if not (ROOT / target).is_file():
            return link[0]  # the site generator reports the broken link
        if mark and target.endswith(".svg"):
            return diagram(target, words)
        return f"{mark}[{words}]({posixpath.relpath(path_on_site(target), here or '.')}{anchor or ''})"

    pieces = FENCED.split(text)
    pieces[::2] = [LINK.sub(rewritten, prose) for prose in pieces[::2]]
    front_matter = "---\nhide:\n  - navigation\n---\n" if source in WIDE else ""
    return front_matter + "".join(pieces)


def resolve(page: str, path: str) -> str:
    """Return the file that a relative link of a page leads to, relative to the repository."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(page), path))


def path_on_site(source: str) -> str:
    """Return the path of a file of the repository, relative to the sources of the site."""
    if source.startswith("docs/"):
        return source.removeprefix("docs/")
    return f"project/{source}" if source.endswith(".md") else f"project/{source}.md"


def diagram(path: str, description: str) -> str:
    """Return a diagram as HTML without blank lines, because in Markdown a blank line ends an HTML block."""
    lines = (ROOT / path).read_text().splitlines()
    drawing = "".join(line.strip() + "\n" for line in lines if line.strip() and not line.startswith("<?xml"))
    return f'<figure class="diagram" role="img" aria-label="{description}">\n{drawing}</figure>'


def with_badges(text: str) -> str:
    """Return the Fidelity page with badges for the evidence of each rule, and their counts below the title."""
    rules = list(RULE.finditer(text))
    kinds = [{*KIND.findall(rule["evidence"]), *OTHER_KIND.findall(rule["evidence"])} for rule in rules]
    shown = "".join(
        f"<span>{badge(kind)} <strong>{sum(kind in each for each in kinds)}</strong></span> "
        for kind in KINDS + OTHER_KINDS
    )
    title, _, text = text.partition("\n")
    head, heading, tables = text.partition("\n## ")
    tables = TABLE.sub(r'<div class="rules" markdown="1">\n\n\g<0>\n</div>\n', RULE.sub(_with_badge, tables))
    return f'{title}\n\n<p class="counts"><span>{len(rules)} rules:</span> {shown}</p>\n{head}{heading}{tables}'


def _with_badge(rule: re.Match[str]) -> str:
    evidence = OTHER_KIND.sub(lambda kind: badge(kind[0]), rule["evidence"])
    evidence = KIND.sub(lambda kind: badge(kind[0]), evidence)
    names = re.findall(r"`([^`]+)`", rule["tests"])
    # A long name breaks after an underscore. As a character reference, it cannot begin emphasis.
    breakable = (name.replace("_", "&#95;<wbr>") for name in names)
    listed = "".join(f"<li><code>{name}</code></li>" for name in breakable)
    count = "1 test" if len(names) == 1 else f"{len(names)} tests"
    tests = f'<details class="tests"><summary>{count}</summary><ul>{listed}</ul></details>'
    return f"| {rule['rule']} | {evidence} | {tests} |"


def badge(kind: str) -> str:
    """Return the badge of a kind of evidence."""
    return f'<span class="badge {kind if kind in KINDS else "ours"}">{kind}</span>'


def as_cards(table: str) -> str:
    """Return a table with the heading of its column at each cell after the first, if one of the cells is long."""
    headings, line, *rows = ([cell.strip() for cell in row.strip("|").split("|")] for row in table.splitlines())
    if not any(len(LINK.sub(r"\2", cell)) > LONG_CELL for row in rows for cell in row):
        return table
    labelled = [
        [row[0], *(f'{cell} {{ data-label="{name}" }}' for name, cell in zip(headings[1:], row[1:], strict=True))]
        for row in rows
    ]
    lines = "".join(f"| {' | '.join(row)} |\n" for row in [headings, line, *labelled])
    return f'<div class="cards" markdown="1">\n\n{lines}\n</div>\n'


def with_labels(text: str) -> str:
    """Return a page in which each cell of a before-and-after table has the heading of its column as a label."""

    def labelled(table: re.Match[str]) -> str:
        headings = re.findall(r"<th>(.*?)</th>", table[0])
        cells = itertools.cycle(headings)
        return CELL.sub(lambda cell: f'<td data-label="{next(cells)}"{cell[1]}>', table[0]) if headings else table[0]

    return BEFORE_AFTER.sub(labelled, text)


def inventory() -> bytes:
    """Return a Sphinx inventory of the names in Python's documentation to which the API reference links."""
    entries = [f"{name} py:class 1 {page}#{name} -" for page, names in PYTHON.items() for name in names]
    head = "# Sphinx inventory version 2\n# Project: Python\n# Version: 3\n# Compressed by zlib.\n"
    return head.encode() + zlib.compress("\n".join([*entries, ""]).encode())


if __name__ == "__main__":
    main()

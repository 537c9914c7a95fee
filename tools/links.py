"""Links that lead out of docs/: what they name becomes a part of the site, so that no link is cut.

Pages are written for a reader of the repository, where `../src/lib.rs` and `../CHANGELOG.md` are there to be opened. On
the site such a page is a page, a picture is a picture, and a source is a page that shows it.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).parents[1]
# Pages of the repository that stand in the site's navigation.
PAGES = ("CHANGELOG.md", "CONTRIBUTING.md")
PICTURES = {".png", ".svg"}
LANGUAGES = {".json": "json", ".py": "python", ".rs": "rust", ".toml": "toml"}
LINK = re.compile(r"(!?)\[([^\]]*)\]\(([^)\s#:]+)(#[^)\s]*)?\)")
FENCED = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of the repository, and whatever the pages link to outside docs/, and those pages in their turn."""
    waiting = [f"docs/{file.src_uri}" for file in files.documentation_pages()] + list(PAGES)
    added = set(PAGES)
    while waiting:
        origin = waiting.pop()
        found = {target for target in _targets(origin) if not target.startswith("docs/")} - added
        added |= found
        waiting += [target for target in found if target.endswith(".md")]
    for target in sorted(added):
        files.append(_file(target, config))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - MkDocs's names
    """Let the links of a page lead to where their targets stand on the site."""
    origin = _path_in_repository(page.file.src_uri)
    here = posixpath.dirname(page.file.src_uri)

    def rewritten(link: re.Match[str]) -> str:
        mark, text, path, anchor = link.groups()
        target = _target(origin, path)
        if not (ROOT / target).is_file():
            return link[0]  # MkDocs says what is wrong with it
        return f"{mark}[{text}]({posixpath.relpath(_path_on_site(target), here or '.')}{anchor or ''})"

    pieces = FENCED.split(markdown)
    pieces[::2] = [LINK.sub(rewritten, prose) for prose in pieces[::2]]
    return "".join(pieces)


def _targets(origin: str) -> set[str]:
    prose = "".join(FENCED.split((ROOT / origin).read_text())[::2])
    targets = {_target(origin, link[3]) for link in LINK.finditer(prose)}
    return {target for target in targets if (ROOT / target).is_file()}


def _target(origin: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(origin), path))


def _path_in_repository(src_uri: str) -> str:
    return src_uri.removeprefix("project/") if src_uri.startswith("project/") else f"docs/{src_uri}"


def _path_on_site(target: str) -> str:
    if target.startswith("docs/"):
        return target.removeprefix("docs/")
    is_shown_as_it_is = Path(target).suffix in {".md", *PICTURES}
    return f"project/{target}" if is_shown_as_it_is else f"project/{target}.md"


def _file(target: str, config: MkDocsConfig) -> File:
    source = ROOT / target
    if source.suffix in {".md", *PICTURES}:
        return File.generated(config, _path_on_site(target), abs_src_path=str(source))
    language = LANGUAGES.get(source.suffix, "text")
    text = source.read_text()
    page = f"---\nsearch:\n  exclude: true\n---\n# {target}\n\n~~~~{language}\n{text}~~~~\n"
    return File.generated(config, _path_on_site(target), content=page)

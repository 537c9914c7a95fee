"""Check the built site: every link has a target and an anchor, and no page loads a resource from another site.

Zensical checks the links in the Markdown sources. This script checks the HTML that a browser gets, which includes the
API reference and the theme.
"""

from __future__ import annotations

import os
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# The tags and attributes whose links a browser loads by itself. A reader follows all other links.
LOADED = {("img", "src"), ("script", "src"), ("link", "href"), ("iframe", "src"), ("source", "src")}

ROOT_PATH = urlsplit(os.environ.get("SITE_URL", "")).path


class Page(HTMLParser):
    """The links of a page, the resources that it loads, and its anchors."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[tuple[bool, str]] = []
        self.anchors: set[str] = set()
        self.feed(path.read_text())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the links and the anchor of a tag."""
        if ("rel", "canonical") in attrs:
            return
        for name, value in attrs:
            if name == "id" and value:
                self.anchors.add(value)
            elif value and (name in {"href", "src"}):
                self.links.append(((tag, name) in LOADED, value))


def faults(site: Path) -> list[str]:
    """Return a line for each problem."""
    pages = {path.resolve(): Page(path) for path in sorted(site.rglob("*.html"))}
    found = []
    for path, page in pages.items():
        for is_loaded, link in page.links:
            fault = _fault(site, path, pages, is_loaded, link)
            if fault:
                found.append(f"{path.relative_to(site.resolve())}: {link}: {fault}")
    return found


def _fault(site: Path, path: Path, pages: dict[Path, Page], is_loaded: bool, link: str) -> str | None:
    parts = urlsplit(link)
    if parts.scheme == "data":
        return None
    if parts.scheme or parts.netloc:
        return "is loaded from another site" if is_loaded else None
    # The links in 404.html start at the root of the server, so they contain the path of the site's URL.
    is_absolute = parts.path.startswith("/")
    relative = unquote(parts.path).removeprefix(ROOT_PATH if is_absolute else "").lstrip("/")
    target = ((site if is_absolute else path.parent) / relative).resolve() if parts.path else path
    if target.is_dir():
        target /= "index.html"
    if not target.is_file():
        return "does not exist"
    # Anchors that begin with `__` belong to the scripts of the theme.
    if parts.fragment and not parts.fragment.startswith("__") and target in pages:
        anchors = pages[target].anchors
        return None if unquote(parts.fragment) in anchors else "has no such anchor"
    return None


if __name__ == "__main__":
    site = Path(sys.argv[1])
    wrong = faults(site)
    print("\n".join(wrong) or f"{len(list(site.rglob('*.html')))} pages, no broken links")
    sys.exit(bool(wrong))

"""Write THIRD-PARTY-LICENSES: the licenses of the crates that are linked into the extension.

`make licenses` writes the file. With `--check`, as in `make lint`, the script fails if the file is not current. The
texts are the license files of the crates that cargo has downloaded. Crates that run only at build time, such as
procedural macros, are left out.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from generated import write_or_check

ROOT = Path(__file__).parents[1]
OUTPUT = ROOT / "THIRD-PARTY-LICENSES"
RULE = "-" * 80
HEAD = """\
The compiled extension of fake-xray contains the Rust libraries below and the Rust standard library. The license of the
Rust standard library is MIT or Apache-2.0 (https://github.com/rust-lang/rust/blob/master/COPYRIGHT). If a library
offers several licenses, fake-xray uses it under the MIT license.
"""


def main() -> int:
    """Write or check the file, and return the exit status."""
    otherwise = "does not match Cargo.lock. Run `make licenses` and commit the result."
    return write_or_check(OUTPUT, render(linked_crates()), otherwise)


def linked_crates() -> list[dict[str, Any]]:
    """Return the packages that are linked into the wheel of any platform in deny.toml, sorted by name."""
    (listed,) = re.findall(r"^targets = \[(.*?)\]", (ROOT / "deny.toml").read_text(), re.DOTALL | re.MULTILINE)
    found = {}
    for target in re.findall(r'"(.+?)"', listed):
        command = ["cargo", "metadata", "--format-version=1", "--locked", "--features=python"]
        metadata = json.loads(subprocess.check_output([*command, "--filter-platform", target], cwd=ROOT))
        found |= {package["id"]: package for package in linked(metadata)}
    return sorted(found.values(), key=lambda package: (package["name"], package["version"]))


def linked(metadata: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the packages on which the root package depends at run time, directly or indirectly."""
    packages = {package["id"]: package for package in metadata["packages"]}
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    root = metadata["resolve"]["root"]
    waiting, found = [root], {root}
    while waiting:
        for dependency in nodes[waiting.pop()]["deps"]:
            package = dependency["pkg"]
            at_run_time = any(kind["kind"] is None for kind in dependency["dep_kinds"])
            is_macro = any("proc-macro" in target["kind"] for target in packages[package]["targets"])
            if at_run_time and not is_macro and package not in found:
                found.add(package)
                waiting.append(package)
    return [packages[package] for package in found - {root}]


def render(crates: list[dict[str, Any]]) -> str:
    """Return the text of the file. Each license text occurs once, below the names of the crates that have it."""
    by_text: dict[str, list[str]] = {}
    for crate in crates:
        title = f"{crate['name']} {crate['version']} ({crate['license']})"
        by_text.setdefault(license_text(crate), []).append(title)
    sections = [f"{RULE}\n" + "\n".join(titles) + f"\n{RULE}\n\n{text}\n" for text, titles in by_text.items()]
    return "\n".join([HEAD, *sections])


def license_text(crate: dict[str, Any]) -> str:
    """Return the text of a crate's MIT license. If it has none, return the text of all its license files."""
    folder = Path(crate["manifest_path"]).parent
    files = sorted(path for path in folder.iterdir() if path.name.upper().startswith(("LICEN", "COPYING", "NOTICE")))
    chosen = [path for path in files if "MIT" in path.name.upper()] or files
    if not chosen:
        raise SystemExit(f"{crate['name']} {crate['version']} has no license file. Add its license text by hand.")
    texts = (path.read_text(encoding="utf-8").strip() for path in chosen)
    return "\n\n".join("\n".join(line.rstrip() for line in text.splitlines()) for text in texts)


if __name__ == "__main__":
    sys.exit(main())

"""Build the wheel and the sdist in dist/: `make wheel`.

The distributions must not contain paths of the machine that builds them. rustc writes the paths of source files into
the extension, for the messages of panics, and maturin writes the path of the checkout into the SBOM. This script
replaces these paths.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"
CHECKOUT = re.compile(rb'path\+file://[^#"]*')


def main() -> None:
    """Build the wheel and the sdist."""
    shutil.rmtree(DIST, ignore_errors=True)
    cargo_home = os.environ.get("CARGO_HOME") or str(Path.home() / ".cargo")
    flags = [f"--remap-path-prefix={cargo_home}=/cargo", f"--remap-path-prefix={ROOT}=/fake-xray"]
    environment = os.environ | {"CARGO_ENCODED_RUSTFLAGS": "\x1f".join(flags)}
    maturin = [sys.executable, "-m", "maturin"]
    options = ["--release", "--locked", "--quiet", "--interpreter", sys.executable, "--out", str(DIST)]
    run([*maturin, "build", *options], environment)
    run([*maturin, "sdist", "--out", str(DIST)], environment)
    for wheel in DIST.glob("*.whl"):
        strip_sbom(wheel)


def run(command: list[str], environment: dict[str, str]) -> None:
    """Run a command. Show its output only if it fails."""
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"{done.stdout}\nThis command failed: {' '.join(command)}")


def strip_sbom(wheel: Path) -> None:
    """Replace the path of the checkout in the SBOM of a wheel, and update the RECORD of the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        entries = {entry: archive.read(entry) for entry in archive.infolist()}
    changed: dict[str, bytes] = {}
    for entry, content in entries.items():
        if "/sboms/" in entry.filename:
            entries[entry] = changed[entry.filename] = CHECKOUT.sub(b"path+file:///fake-xray", content)
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries.items():
            is_record = entry.filename.endswith(".dist-info/RECORD")
            archive.writestr(entry, record(content, changed) if is_record else content, zipfile.ZIP_DEFLATED)


def record(old: bytes, changed: dict[str, bytes]) -> bytes:
    """Return a RECORD with new hashes and sizes for the files that have changed."""
    lines = list(csv.reader(io.StringIO(old.decode())))
    for line in lines:
        if line[0] in changed:
            content = changed[line[0]]
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            line[1:] = [f"sha256={digest}", str(len(content))]
    new = io.StringIO()
    csv.writer(new, lineterminator="\n").writerows(lines)
    return new.getvalue().encode()


if __name__ == "__main__":
    main()

"""Check the wheel and the sdist in `dist` as users install them: `make wheel`.

This script installs each one into an empty virtual environment outside the checkout. An abi3 wheel must pass the tests
on every supported Python that the script finds: `python3.X` on the PATH and in `~/.pyenv/versions`.

Environment variables:

- PYTHONS: the interpreters to use instead of those that the script finds, separated by spaces.
- CONSTRAINT: the constraints file for the packages that the tests need.
"""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
MAX_EXTENSION_BYTES = 2_500_000
FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
LICENSES = {"LICENSE-APACHE", "LICENSE-MIT", "THIRD-PARTY-LICENSES"}
# The files and folders at the top of the sdist: those that the build and the tests need, and documents for readers.
IN_SDIST = {
    *("Cargo.lock", "Cargo.toml", "CHANGELOG.md", "PKG-INFO", "README.md", "pyproject.toml", *LICENSES),
    *("benches", "docs", "examples", "python", "src", "tests"),
}
# Some of the metadata that PyPI shows and that its search uses.
METADATA = (
    "Author: fake-xray maintainers",
    "Classifier: Framework :: Pytest",
    "Classifier: Programming Language :: Python :: 3 :: Only",
    "Classifier: Programming Language :: Python :: 3.10",
    "License-Expression: MIT OR Apache-2.0",
    "Requires-Python: >=3.10",
)
# Paths of the machine that builds the distributions, which must not occur in them.
BUILDERS_PATHS = {str(Path.home()), str(ROOT), Path.home().as_posix(), ROOT.as_posix()}


def main() -> None:
    (wheel,) = DIST.glob("*.whl")
    (sdist,) = DIST.glob("*.tar.gz")
    check_wheel(wheel)
    check_sdist(sdist)
    with tempfile.TemporaryDirectory(prefix="fake-xray-") as folder:
        checkout = copy_checkout(Path(folder))
        for version, python in pythons().items():
            print(f"== {wheel.name} on Python {version}", flush=True)
            environment = install(wheel, python, Path(folder) / f"wheel-{version}")
            check_installed(environment, checkout)
            install_group(environment, checkout, "suite")
            run(environment, "-m", "pytest", "--quiet", "tests", cwd=checkout)
        print(f"== {sdist.name}", flush=True)
        check_installed(install(sdist, sys.executable, Path(folder) / "sdist"), checkout)


def check_wheel(wheel: Path) -> None:
    tag = f"cp3{sys.version_info.minor}t" if FREE_THREADED else "abi3"
    python = f"cp3{sys.version_info.minor}" if FREE_THREADED else "cp310"
    expect(f"-{python}-{tag}-" in wheel.name, f"{wheel.name} is not for {python}-{tag}")
    with zipfile.ZipFile(wheel) as archive:
        sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
        (extension,) = [name for name in sizes if name.endswith((".so", ".pyd"))]
        package = {path.relative_to(ROOT / "python").as_posix() for path in source_files()}
        others = {name for name in sizes if ".dist-info/" not in name} - {extension}
        expect(others == package, f"the files of {wheel.name} and of the package differ: {sorted(others ^ package)}")
        print(f"{wheel.name}: {wheel.stat().st_size:,} bytes; {extension}: {sizes[extension]:,} bytes")
        expect(sizes[extension] < MAX_EXTENSION_BYTES, f"{extension} is larger than {MAX_EXTENSION_BYTES:,} bytes")
        expect(b"\0.symtab\0" not in archive.read(extension), f"{extension} is not stripped")
        (metadata,) = [archive.read(name).decode() for name in sizes if name.endswith(".dist-info/METADATA")]
        (version,) = re.findall(r'^version = "(.+)"$', (ROOT / "Cargo.toml").read_text(), re.MULTILINE)
        for line in (f"Version: {version}", *METADATA):
            expect(f"\n{line}\n" in metadata, f"the metadata of {wheel.name} lacks the line {line!r}")
        licenses = {name.rpartition("/")[2] for name in sizes if ".dist-info/licenses/" in name}
        expect(licenses == LICENSES, f"{wheel.name} has the license files {sorted(licenses)}, not {sorted(LICENSES)}")
        expect(any("/sboms/" in name for name in sizes), f"{wheel.name} has no SBOM")
        for name in sizes:
            check_paths(f"{name} of {wheel.name}", archive.read(name))


def check_paths(name: str, content: bytes) -> None:
    """Fail if a file contains a path of the machine that built it."""
    found = [path for path in BUILDERS_PATHS if path.encode() in content]
    expect(not found, f"{name} contains {found}")
    urls = [url for url in re.findall(rb'path\+file://[^#"]*', content) if url != b"path+file:///fake-xray"]
    expect(not urls, f"{name} contains {urls}")


def source_files() -> list[Path]:
    package = ROOT / "python" / "fake_xray"
    return [path for path in package.rglob("*") if path.suffix in {".py", ".pyi", ".typed"}]


def check_sdist(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = [name.partition("/")[2] for name in archive.getnames()]
    print(f"{sdist.name}: {sdist.stat().st_size:,} bytes, {len(names)} files")
    top = {name.partition("/")[0] for name in names}
    expect(top == IN_SDIST, f"the files of {sdist.name} and the expected files differ: {sorted(top ^ IN_SDIST)}")
    built = [name for name in names if name.endswith((".so", ".pyd", ".pyc"))]
    expect(not built, f"{sdist.name} contains files that a build creates: {built}")


def copy_checkout(folder: Path) -> Path:
    """Copy the checkout without the package, because the tests must use the installed package."""
    checkout = folder / "checkout"
    shutil.copytree(ROOT, checkout, ignore=shutil.ignore_patterns("target", "dist", ".*", "__pycache__"))
    shutil.rmtree(checkout / "python")
    return checkout


def pythons() -> dict[str, str]:
    """Return the interpreters on which to test the wheel, by version."""
    candidates = [sys.executable]
    if not FREE_THREADED:
        named = os.environ.get("PYTHONS")
        candidates += named.split() if named else found_pythons()
    by_version: dict[str, str] = {}
    for python in candidates:
        version = version_of(python)
        if version is not None and (FREE_THREADED or not version.endswith("t")):
            by_version.setdefault(version, python)
    return by_version


def found_pythons() -> list[str]:
    minors = range(10, 20)
    on_path = [found for minor in minors if (found := shutil.which(f"python3.{minor}"))]
    of_pyenv = Path.home() / ".pyenv" / "versions"
    return on_path + [str(found) for minor in minors for found in sorted(of_pyenv.glob(f"3.{minor}.*/bin/python3"))]


def version_of(python: str) -> str | None:
    """Return a version such as "3.12", or "3.14t" for a free-threaded one. Return None if the interpreter fails."""
    code = (
        "import sys, sysconfig;"
        "print('%d.%d' % sys.version_info[:2] + 't' * (sysconfig.get_config_var('Py_GIL_DISABLED') or 0))"
    )
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else None


def install(distribution: Path, python: str, folder: Path) -> Path:
    """Install a distribution into a new virtual environment, and return the interpreter of the environment."""
    subprocess.run([python, "-m", "venv", str(folder)], check=True)
    environment = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run(environment, "-m", "pip", "install", "--quiet", "--upgrade", "pip>=25.1")
    run(environment, "-m", "pip", "install", "--quiet", str(distribution))
    return environment


def check_installed(environment: Path, checkout: Path) -> None:
    """Check the package alone, then install pytest and boto3, and check the plugin and the example."""
    report = run(environment, "-m", "fake_xray", capture=True)
    print(report.splitlines()[0])
    where = run(environment, "-c", "import fake_xray; print(fake_xray.__file__)", capture=True)
    expect(
        environment.parent.parent in Path(where.strip()).parents,
        f"the tests import {where.strip()}, not the installed package",
    )
    install_group(environment, checkout, "demo")
    fixtures = run(environment, "-m", "pytest", "--fixtures", "-p", "no:cacheprovider", capture=True)
    for name in ("fake_xray", "xray_client"):
        expect(
            re.search(rf"^{name} -- .*\n    \w+", fixtures, re.MULTILINE) is not None, f"pytest has no fixture {name}"
        )
    run(environment, "-m", "pytest", "--quiet", "examples/sns_active_tracing", cwd=checkout)
    run(environment, "examples/sns_active_tracing/demo.py", cwd=checkout)


def install_group(environment: Path, checkout: Path, group: str) -> None:
    """Install a dependency group of pyproject.toml."""
    constraint = os.environ.get("CONSTRAINT")
    options = ["--constraint", str(ROOT / constraint)] if constraint else []
    run(environment, "-m", "pip", "install", "--quiet", *options, "--group", f"{checkout / 'pyproject.toml'}:{group}")


def run(environment: Path, *arguments: str, cwd: Path | None = None, capture: bool = False) -> str:
    # Variables such as PYTHONPATH could make the interpreter use the source tree.
    variables = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(environment), *arguments],
        cwd=cwd or environment.parent,
        env=variables,
        check=not capture,
        capture_output=capture,
        text=True,
    )
    if capture and done.returncode not in (0, 5):  # 5: pytest collected no tests
        raise SystemExit(f"{arguments} failed:\n{done.stdout}{done.stderr}")
    return done.stdout or ""


def expect(condition: bool, message: str) -> None:
    """Exit with the message if the condition is false."""
    if not condition:
        raise SystemExit(message)


if __name__ == "__main__":
    main()

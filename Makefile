# Each target does its own set-up: a virtual environment in .venv, the dependencies, the build.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/$(if $(filter Windows_NT,$(OS)),Scripts,bin)
FUZZ_TARGETS := policy document http
# Inputs for each target.
FUZZ_RUNS ?= 1000000
CARGO_FUZZ := target/cargo-fuzz/bin/cargo-fuzz
SOAKING := $(patsubst %,tests/test_%.py,threads blocks_of_threads state_machine fork shutdown memory)
MSRV = $(shell sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
VERSION = $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)
RUST := Cargo.toml Cargo.lock $(shell find src -name '*.rs')

.PHONY: demo test rust-test lint types python-test async-test wheel wheel-in-container msrv rust-doc \
	audit audit-offline check-tag hooks soak bench bench-check docs fuzz $(FUZZ_TARGETS:%=fuzz-%) clean

## The main job: application code that knows only boto3, tested against the fake; then one answer, printed.
demo: $(VENV)/built $(VENV)/demo
	$(BIN)/python -m pytest examples/sns_active_tracing --verbose
	$(BIN)/python examples/sns_active_tracing/demo.py

## All tests.
test: rust-test lint types python-test async-test docs

rust-test:
	cargo test --locked --quiet

lint: $(VENV)/test
	cargo fmt --check
	cargo fmt --check --manifest-path fuzz/Cargo.toml
	cargo clippy --locked --quiet --all-targets -- --deny warnings
	PYO3_PYTHON=$(abspath $(BIN)/python) cargo clippy --locked --quiet --all-targets --features python -- --deny warnings
	$(BIN)/ruff check
	$(BIN)/ruff format --check

## The types: of the package, of code of users with and without boto3-stubs, and of the extension against its stub.
types: $(VENV)/test $(VENV)/built
	$(BIN)/mypy
	$(BIN)/mypy --config-file tests/types/without_stubs.ini tests/types/without_stubs.py
	$(BIN)/pyright --warnings
	MYPYPATH=python $(BIN)/python -m mypy.stubtest fake_xray._core

python-test: $(VENV)/test $(VENV)/built
	$(BIN)/python -m pytest

## The tests of asynchronous clients: with the newest aiobotocore, and with the newest aioboto3 and what it pins.
async-test: $(VENV)/built $(VENV)/async/ready $(VENV)/aioboto3/ready
	PYTHONPATH=python $(VENV)/async/bin/python -m pytest tests/async
	PYTHONPATH=python $(VENV)/aioboto3/bin/python -m pytest tests/async

## What goes wrong once in a while, for some minutes: threads, forks, ends of the interpreter, any sequence of calls, a
## million calls in the same memory; the whole suite with four threads in each test that takes them; then fuzzing.
soak: $(VENV)/built $(VENV)/soak
	FAKE_XRAY_SOAK=1 $(BIN)/python -m pytest $(SOAKING)
	$(BIN)/python -m pytest --parallel-threads=4
	$(MAKE) fuzz

## The wheel and the sdist, in dist: each installed outside the checkout and tested as users get it, the wheel on every
## Python 3.10 or newer that is found here (PYTHONS="python3.11 python3.12" names others).
wheel: $(VENV)/pip
	rm -rf dist
	$(BIN)/maturin build --release --locked --quiet --interpreter $(abspath $(BIN)/python) --out dist
	$(BIN)/maturin sdist --out dist
	$(BIN)/python tools/check_distributions.py

## The same for Linux at large, in a container: IMAGE=quay.io/pypa/musllinux_1_2_aarch64 CONTAINER_PYTHON=cp314-cp314t
CONTAINER_PYTHON ?= cp310-cp310
wheel-in-container:
	docker run --rm --volume "$(CURDIR):/checkout" --workdir /checkout $(IMAGE) sh -euc '\
	    curl --proto "=https" --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --quiet --profile minimal; \
	    . "$$HOME/.cargo/env"; \
	    make wheel PYTHON=/opt/python/$(CONTAINER_PYTHON)/bin/python PYTHONS="$$(ls /opt/python/cp31*-cp31?/bin/python)"'

## The core's tests with the oldest Rust that is promised (rust-version in Cargo.toml), which rustup fetches.
msrv:
	rustup toolchain install --profile minimal $(MSRV)
	cargo +$(MSRV) test --locked --quiet

rust-doc:
	RUSTDOCFLAGS="--deny warnings" cargo doc --locked --quiet --no-deps --document-private-items

## The dependencies' licences, sources and known vulnerabilities, and the workflows. The advisories are fetched.
audit: audit-offline
	$(VENV)/cargo-deny/bin/cargo-deny check advisories
	$(VENV)/audit/$(notdir $(BIN))/pip-audit --strict .

audit-offline: $(VENV)/cargo-deny/bin/cargo-deny $(VENV)/audit/ready
	$(VENV)/cargo-deny/bin/cargo-deny check bans licenses sources
	$(VENV)/audit/$(notdir $(BIN))/zizmor --offline --quiet .github

## Whether TAG is that of the version in Cargo.toml, which is the only place that has it.
check-tag:
	test "$(TAG)" = "v$(VERSION)"

## The hooks of .pre-commit-config.yaml, before every commit from now on.
hooks: $(VENV)/test
	$(BIN)/pip install --quiet pre-commit
	$(BIN)/pre-commit install

## The benchmarks, beside what one would use instead: minutes. Prints the tables and writes them into docs/performance.md.
bench: $(VENV)/built $(VENV)/bench
	$(BIN)/python benchmarks/run.py $(BENCH)

## The instructions of the core's work under callgrind, compared with the stored ones. UPDATE=--update stores them anew.
bench-check:
	$(PYTHON) benchmarks/instructions.py $(UPDATE)

## Coverage-guided fuzzing of the Rust core; fuzz/README.md tells more.
fuzz: $(FUZZ_TARGETS:%=fuzz-%)

# No sanitizer: it would need a nightly Rust, and the crate has no unsafe code for it to watch.
$(FUZZ_TARGETS:%=fuzz-%): fuzz-%: $(CARGO_FUZZ)
	mkdir -p fuzz/corpus/$*
	$(CARGO_FUZZ) fuzz run --sanitizer none $* fuzz/corpus/$* fuzz/seeds -- \
		-runs=$(FUZZ_RUNS) -max_len=6144 -timeout=120 -dict=fuzz/dictionary -verbosity=0 -print_funcs=0 -print_final_stats=1

$(CARGO_FUZZ):
	cargo install --locked --quiet --root target/cargo-fuzz cargo-fuzz@0.13.2

## Build the documentation site in site/, and check every link of it
docs: $(VENV)/built $(VENV)/docs/ready
	$(VENV)/docs/bin/python tools/stage_docs.py target/docs
	PYTHONPATH=python $(VENV)/docs/bin/zensical build --strict --clean
	$(VENV)/docs/bin/python tools/check_site.py site

$(VENV)/%/ready: $(VENV)/pip
	$(PYTHON) -m venv $(VENV)/$*
	$(VENV)/$*/$(notdir $(BIN))/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(VENV)/$*/$(notdir $(BIN))/pip install --quiet --group $*
	touch $@

$(VENV)/cargo-deny/bin/cargo-deny:
	cargo install --locked --quiet --root $(VENV)/cargo-deny cargo-deny@0.20.2

$(VENV)/pip: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1' maturin
	touch $@

$(VENV)/demo: $(VENV)/pip
	$(BIN)/pip install --quiet --group demo
	touch $@

$(VENV)/test: $(VENV)/pip
	$(BIN)/pip install --quiet --group test
	touch $@

$(VENV)/soak: $(VENV)/pip
	$(BIN)/pip install --quiet --group soak
	touch $@

$(VENV)/bench: $(VENV)/pip
	$(BIN)/pip install --quiet --group bench
	touch $@

# An extension left over from another build would shadow the new one.
$(VENV)/built: $(VENV)/pip $(RUST)
	rm -f python/fake_xray/_core*.so python/fake_xray/_core*.pyd
	VIRTUAL_ENV=$(abspath $(VENV)) $(BIN)/maturin develop --release --locked --quiet
	touch $@

clean:
	rm -rf $(VENV) target fuzz/target dist site python/fake_xray/_core*.so

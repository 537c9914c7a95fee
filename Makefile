# `make help` lists the targets. Each target creates what it needs: virtual environments in .venv, packages, the extension.

PYTHON ?= python3
VENV := .venv
SCRIPTS := $(if $(filter Windows_NT,$(OS)),Scripts,bin)
BIN := $(VENV)/$(SCRIPTS)
# The folder with the versions of packages to install, one file for each environment. To install the newest versions
# instead, run make with `CONSTRAINTS=`.
CONSTRAINTS ?= tools/constraints
constraint = $(if $(CONSTRAINTS),--constraint $(CONSTRAINTS)/$(1).txt)
constraint_file = $(if $(CONSTRAINTS),$(CONSTRAINTS)/$(1).txt)
REPORTS := target/reports
# The number of inputs that each fuzz target tries.
FUZZ_RUNS ?= 1000000
FUZZ_TARGETS := policy document http
CARGO_FUZZ := target/cargo-fuzz/bin/cargo-fuzz
SOAK_TESTS := $(patsubst %,tests/test_%.py,threads blocks_in_threads state_machine fork shutdown memory)
MSRV = $(shell sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)
VERSION = $(shell sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml)
RUST := Cargo.toml Cargo.lock $(shell find src -name '*.rs')
# Runs a command, and prints its output only if it fails.
quietly = output="$$($(1) 2>&1)" || { status=$$?; echo "$$output"; exit $$status; }

.PHONY: help demo test rust-test lint types python-test async-test agentcore-test sdk-test stub docs docs-serve coverage soak fuzz \
	$(FUZZ_TARGETS:%=fuzz-%) bench bench-render bench-check wheel wheel-in-container msrv rust-doc audit audit-offline \
	lowest-test constraints licenses check-tag hooks clean check-python check-cargo

##@ Start here

help: ## List the targets (this is the default)
	@awk -F ':.*## ' '/^##@ /{printf "\n%s\n", substr($$0, 5)} /^[a-z][a-z-]*:.*## /{printf "  make %-19s %s\n", $$1, $$2}' Makefile

demo: $(VENV)/built ## Run an example test suite against the fake, then print one response
	@$(BIN)/python -m pytest examples/sns_active_tracing --quiet
	@$(BIN)/python examples/sns_active_tracing/demo.py

test: rust-test lint types python-test async-test agentcore-test sdk-test docs ## Run all tests and checks, then print a summary
	@$(PYTHON) tools/summarize_tests.py $(REPORTS)

##@ Parts of `make test`

rust-test: | check-cargo ## Run the tests of the Rust core
	@$(PYTHON) tools/run_and_log.py $(REPORTS)/rust.log cargo test --locked --quiet

lint: $(VENV)/test ## Check style: rustfmt, clippy, ruff, and the list of third-party licenses
	cargo fmt --check
	cargo fmt --check --manifest-path fuzz/Cargo.toml
	cargo clippy --locked --quiet --all-targets -- --deny warnings
	PYO3_PYTHON=$(abspath $(BIN)/python) cargo clippy --locked --quiet --all-targets --features python -- --deny warnings
	$(BIN)/ruff check --quiet
	$(BIN)/ruff format --check --quiet
	$(PYTHON) tools/third_party_licenses.py --check

types: $(VENV)/test $(VENV)/built ## Check types with mypy and pyright, and compare the type stub with the extension
	$(BIN)/mypy --no-error-summary
	$(BIN)/mypy --no-error-summary --config-file tests/types/without_stubs.ini tests/types/without_stubs.py
	@$(call quietly,PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright --warnings)
	@$(call quietly,MYPYPATH=python $(BIN)/python -m mypy.stubtest fake_xray._core)

python-test: $(VENV)/test $(VENV)/built ## Test the Python package; ARGS="-k fork" passes arguments to pytest
	$(BIN)/python -m pytest --quiet --junit-xml=$(REPORTS)/python.xml $(ARGS)

# aiobotocore and aioboto3 require certain versions of botocore, so each has its own environment.
async-test: $(VENV)/built $(VENV)/async/ready $(VENV)/aioboto3/ready ## Test asynchronous clients of aiobotocore and aioboto3
	PYTHONPATH=python $(VENV)/async/$(SCRIPTS)/python -m pytest --quiet --junit-xml=$(REPORTS)/aiobotocore.xml tests/async
	PYTHONPATH=python $(VENV)/aioboto3/$(SCRIPTS)/python -m pytest --quiet --junit-xml=$(REPORTS)/aioboto3.xml tests/async

agentcore-test: $(VENV)/built $(VENV)/agentcore/ready ## Test that the Amazon Bedrock AgentCore toolkit can enable Transaction Search in the fake
	PYTHONPATH=python $(VENV)/agentcore/$(SCRIPTS)/python -m pytest --quiet --junit-xml=$(REPORTS)/agentcore.xml tests/agentcore

sdk-test: $(VENV)/built $(VENV)/sdk/ready ## Test the samplers of the X-Ray SDK and OpenTelemetry with sampling rules in the fake
	PYTHONPATH=python $(VENV)/sdk/$(SCRIPTS)/python -m pytest --quiet --junit-xml=$(REPORTS)/sdk.xml tests/sdk

# Zensical requires Python 3.11 or newer.
ifeq ($(shell $(PYTHON) -c 'import sys; print(sys.version_info < (3, 11))' 2>/dev/null),True)
docs:
	@$(PYTHON) tools/run_and_log.py $(REPORTS)/site.log echo "not built, because it requires Python 3.11 or newer"
else
docs: $(VENV)/docs/ready ## Build the documentation site in site/, and check its links
	$(VENV)/docs/$(SCRIPTS)/python tools/stage_docs.py target/docs
	@$(call quietly,SITE_FOOTER="fake-xray $(VERSION)" PYTHONPATH=python $(VENV)/docs/$(SCRIPTS)/zensical build --strict --clean)
	@$(PYTHON) tools/run_and_log.py $(REPORTS)/site.log $(VENV)/docs/$(SCRIPTS)/python tools/check_site.py site
endif

##@ Longer tests

# The fork tests do not run here. If coverage.py traces several threads of a process, a forked child can wait forever for
# a lock of coverage.py.
coverage: $(VENV)/coverage $(VENV)/built ## Measure the coverage of the Python package
	$(BIN)/python -m pytest --quiet --ignore=tests/test_fork.py --cov --cov-report=term-missing:skip-covered --cov-report=xml:$(REPORTS)/coverage.xml $(ARGS)

lowest-test: $(VENV)/built $(VENV)/lowest/ready ## Run the Python tests with the lowest supported versions of packages
	@$(call quietly,VIRTUAL_ENV=$(abspath $(VENV)/lowest) $(BIN)/maturin develop --profile quick --locked --quiet)
	$(VENV)/lowest/$(SCRIPTS)/python -m pytest --quiet $(ARGS)

# If FAKE_XRAY_SOAK is set, these tests repeat their work much more often.
soak: $(VENV)/built $(VENV)/soak ## Run stress tests (threads, forks, shutdown, memory) and fuzzers; takes minutes
	FAKE_XRAY_SOAK=1 $(BIN)/python -m pytest $(SOAK_TESTS)
	$(BIN)/python -m pytest --parallel-threads=4
	$(MAKE) fuzz

fuzz: $(FUZZ_TARGETS:%=fuzz-%) ## Fuzz the Rust core (see fuzz/README.md)

# A sanitizer would require a nightly Rust. The crate has no unsafe code, so a sanitizer would find nothing.
$(FUZZ_TARGETS:%=fuzz-%): fuzz-%: $(CARGO_FUZZ)
	mkdir -p fuzz/corpus/$*
	$(CARGO_FUZZ) fuzz run --sanitizer none $* fuzz/corpus/$* fuzz/seeds -- \
		-runs=$(FUZZ_RUNS) -max_len=6144 -timeout=120 -dict=fuzz/dictionary -verbosity=0 -print_funcs=0 -print_final_stats=1

msrv: | check-cargo ## Install the oldest supported Rust with rustup, and test the Rust core with it
	rustup toolchain install --profile minimal $(MSRV)
	cargo +$(MSRV) test --locked --quiet

rust-doc: | check-cargo ## Build the documentation of the Rust code; warnings are errors
	RUSTDOCFLAGS="--deny warnings" cargo doc --locked --quiet --no-deps --document-private-items

##@ Benchmarks

bench: $(VENV)/bench ## Compare the speed with alternatives, and update docs/performance.md; takes six minutes
	@$(call build,--release)
	$(BIN)/python benchmarks/run.py $(BENCH)
	@rm -f $(VENV)/built

bench-render: | check-python ## Write the tables and the chart from benchmarks/results.json
	$(PYTHON) benchmarks/report.py

bench-check: | check-python ## Compare CPU instruction counts with the stored counts; UPDATE=--update stores new counts
	$(PYTHON) benchmarks/instructions.py $(UPDATE)

##@ Packaging

wheel: $(VENV)/pip ## Build the wheel and the sdist in dist/, and test them on every Python that is found
	$(BIN)/python tools/build_distributions.py
	CONSTRAINT=$(call constraint_file,main) $(BIN)/python tools/check_distributions.py

# For example: make wheel-in-container IMAGE=quay.io/pypa/musllinux_1_2_aarch64 CONTAINER_PYTHON=cp314-cp314t
CONTAINER_PYTHON ?= cp310-cp310
wheel-in-container: ## Run `make wheel` in the container image IMAGE, for manylinux or musllinux
	docker run --rm --volume "$(CURDIR):/checkout" --workdir /checkout $(IMAGE) sh -euc '\
	    curl --proto "=https" --tlsv1.2 -sSf https://sh.rustup.rs | sh -s -- -y --quiet --profile minimal; \
	    . "$$HOME/.cargo/env"; \
	    make wheel PYTHON=/opt/python/$(CONTAINER_PYTHON)/bin/python PYTHONS="$$(ls /opt/python/cp31*-cp31?/bin/python)"'

audit: audit-offline ## Check dependencies for known vulnerabilities, and run audit-offline
	$(VENV)/cargo-deny/bin/cargo-deny check advisories
	$(VENV)/audit/$(SCRIPTS)/pip-audit --strict .

audit-offline: $(VENV)/cargo-deny/bin/cargo-deny $(VENV)/audit/ready ## Check the licenses and sources of crates, and the GitHub workflows
	$(VENV)/cargo-deny/bin/cargo-deny check bans licenses sources
	$(VENV)/audit/$(SCRIPTS)/zizmor --offline --quiet .github

licenses: | check-cargo check-python ## Write THIRD-PARTY-LICENSES; needed after a change of Cargo.lock
	$(PYTHON) tools/third_party_licenses.py

constraints: $(VENV)/pip ## Update tools/constraints to the newest versions of packages
	$(BIN)/pip install --quiet --group constraints
	$(call compile,main,3.10,build test soak bench coverage hooks constraints)
	$(call compile,docs,3.11,docs)
	$(call compile,async,3.10,async)
	$(call compile,aioboto3,3.10,aioboto3)
	$(call compile,audit,3.10,audit)
	$(call compile,agentcore,3.10,agentcore)
	$(call compile,sdk,3.10,sdk)

# Writes a constraints file. Arguments: the environment, the oldest Python that it supports, and its dependency groups.
compile = $(BIN)/uv pip compile --universal --python-version $(2) --upgrade --no-annotate --no-header --quiet \
	--output-file tools/constraints/$(1).txt $(addprefix --group ,$(3))

stub: $(VENV)/built ## Write the type stub (_core.pyi) and docs/operations.md from the built extension
	$(BIN)/python tools/stub.py
	$(BIN)/python tools/operations_page.py

check-tag: ## Check that the tag TAG matches the version in Cargo.toml
	test "$(TAG)" = "v$(VERSION)"

##@ Housekeeping

docs-serve: docs ## Build the documentation site and serve it on http://localhost:8000
	$(PYTHON) -m http.server --directory site 8000

hooks: $(VENV)/test ## Install the pre-commit hooks
	$(BIN)/pip install --quiet --group hooks $(call constraint,main)
	$(BIN)/pre-commit install

clean: ## Remove the environments, build output and reports that `make` has created
	rm -rf $(VENV) target fuzz/target dist site .cache python/fake_xray/_core*.so python/fake_xray/_core*.pyd

check-python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' 2>/dev/null || { \
	    echo "$(PYTHON) is not Python 3.10 or newer. Install a newer Python, or choose another one: make $(or $(firstword $(MAKECMDGOALS)),demo) PYTHON=python3.13"; exit 1; }

check-cargo:
	@cargo --version >/dev/null 2>&1 || { \
	    echo "cargo was not found. Building fake-xray requires Rust $(MSRV) or newer. Install it: https://rustup.rs"; exit 1; }

# Virtual environments. Some dependency groups have separate ones, because they require other versions of packages.

$(VENV)/%/ready: pyproject.toml $(call constraint_file,%) | check-python
	@echo "Installing the packages of $*"
	@$(PYTHON) -m venv $(VENV)/$*
	@$(VENV)/$*/$(SCRIPTS)/python -m pip install --quiet --upgrade 'pip>=25.1'
	@$(VENV)/$*/$(SCRIPTS)/pip install --quiet --group $* $(call constraint,$*)
	@touch $@

$(VENV)/lowest/ready: CONSTRAINTS := tools/constraints

$(VENV)/pip: pyproject.toml $(call constraint_file,main) | check-python
	@echo "Creating $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	@$(BIN)/pip install --quiet --group build $(call constraint,main)
	@touch $@

$(VENV)/demo $(VENV)/test $(VENV)/soak $(VENV)/bench $(VENV)/coverage: $(VENV)/%: $(VENV)/pip
	@echo "Installing the packages of $*"
	@$(BIN)/pip install --quiet --group $* $(call constraint,main)
	@touch $@

$(VENV)/cargo-deny/bin/cargo-deny: | check-cargo
	cargo install --locked --quiet --root $(VENV)/cargo-deny cargo-deny@0.20.2

$(CARGO_FUZZ): | check-cargo
	cargo install --locked --quiet --root target/cargo-fuzz cargo-fuzz@0.13.2

# Builds the extension with a Cargo profile, and installs the package in place. It first removes extensions from earlier
# builds, because Python could import one of them instead of the new one.
build = echo "Building the extension"; rm -f python/fake_xray/_core*.so python/fake_xray/_core*.pyd; \
	$(call quietly,VIRTUAL_ENV=$(abspath $(VENV)) $(BIN)/maturin develop $(1) --locked --quiet)

$(VENV)/built: $(VENV)/demo $(RUST) | check-cargo
	@$(call build,--profile quick)
	@touch $@

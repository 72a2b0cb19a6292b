# The one entrance: `make` alone says what there is. Everything is built in the profile release, so that demo, tests
# and checks compile once; scripts/setup says what the machine has, and what it lacks is left out and named.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules

TARGET_DIR := $(or $(CARGO_TARGET_DIR),target)
SETUP_ENV := $(TARGET_DIR)/chipid-setup.env
CARGO := cargo
CARGO_FLAGS := --release --locked
PYTHON := python3

# PC/SC is built where libpcsclite-dev is there.
with_features = source $(SETUP_ENV); features=(); if [ "$$HAVE_PCSC_DEV" = 1 ]; then features=(--features pcsc); fi
# Suites, packages in an empty folder, one list of cases for all.
define languages
$(MAKE) --no-print-directory libraries
bindings/mobile/generate --check
$(PYTHON) scripts/bindings.py test
$(PYTHON) scripts/bindings.py fresh
$(PYTHON) scripts/bindings.py conformance
endef
DEMO_ARGS ?=
ATTACKS := -p chipid --test attacks --test attacks_proofs --test attacks_access --test attacks_vietnam --test attacks_anchors --test attacks_qr --test attacks_records --test attacks_confirmation --test attacks_field_report -p chipid-virtual-card --test attacks_data_groups -p chipid-c --test attacks_edge -p chipid-doctor --test attacks_machine -p chipid-cli --test attacks_privacy
MINUTES ?= 10

.PHONY: help demo build test check lint docs rules attacks bench error-codes header mobile-bindings fuzz windows windows-test arm64-test \
    conformance overhead packages libraries \
    setup-demo setup-test setup-check setup-windows setup-arm64

help: ## say what there is
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## (.*)/make \1\t\2/' | expand -t 20

demo: setup-demo build ## read a bundled virtual card, prove it, match its face: no hardware, no network after the first time
	$(TARGET_DIR)/release/chipid demo $(DEMO_ARGS)

build: setup-demo ## build the program `chipid`
	$(with_features); $(CARGO) build $(CARGO_FLAGS) -p chipid-cli "$${features[@]}"

test: setup-test ## run all tests, those with a real pcscd too; name what the machine lacks
	$(PYTHON) -m unittest discover --quiet --start-directory scripts --pattern 'test_*.py'
	$(PYTHON) scripts/run_tests.py
	$(languages)

check: setup-check rules lint docs ## what CI runs: format, lints, docs, licences, import rules, tests, README commands
	$(PYTHON) -m unittest discover --quiet --start-directory scripts --pattern 'test_*.py'
	$(PYTHON) scripts/run_tests.py
	$(languages)
	$(PYTHON) scripts/check_readme.py --programs $(TARGET_DIR)/release

conformance: setup-test libraries ## run C, C#, Java, Node, Kotlin and Python through the same cases, and print the table
	$(PYTHON) scripts/bindings.py conformance

overhead: setup-test libraries ## what each language costs over the Rust call, per APDU and per comparison
	$(PYTHON) scripts/bindings.py overhead

packages: setup-test ## build the libraries without this machine's folders in them, and pack them for every language into dist/
	$(with_features); $(PYTHON) scripts/without_paths.py build $(TARGET_DIR)/packages "$${features[@]}"
	$(PYTHON) scripts/bindings.py pack dist --from $(TARGET_DIR)/packages
	$(PYTHON) scripts/check_packages.py dist --released --from $(TARGET_DIR)/packages

libraries: setup-test ## build the program and the native libraries of all languages
	$(with_features); $(CARGO) build --workspace $(CARGO_FLAGS) "$${features[@]}"

rules: setup-check ## import rules, licences, bans, format, the C header, what documents point at: quick
	$(CARGO) fmt --all --check
	$(PYTHON) scripts/check_imports.py
	$(PYTHON) scripts/make_error_codes.py --check
	$(PYTHON) scripts/check_docs.py
	$(PYTHON) scripts/check_dependencies.py
	$(CARGO) run --quiet --locked --manifest-path bindings/c/header/Cargo.toml -- --check
	if command -v cargo-deny >/dev/null; then cargo deny --offline check bans licenses sources; \
	    else echo "cargo-deny is not installed: scripts/check_dependencies.py stands for it"; fi

lint: setup-check ## clippy, warnings refused
	$(with_features); $(CARGO) clippy --workspace --all-targets $(CARGO_FLAGS) "$${features[@]}" -- -D warnings

docs: setup-check ## rustdoc, warnings refused
	$(with_features); RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps $(CARGO_FLAGS) "$${features[@]}"

attacks: setup-demo ## print the named attacks and what refused each
	$(with_features); $(CARGO) test $(CARGO_FLAGS) $(ATTACKS) "$${features[@]}" -- --nocapture --include-ignored

bench: setup-test ## run the benchmarks; docs/reference/performance.md says what they measure
	$(CARGO) bench --workspace --locked --bench '*'
	$(CARGO) bench --manifest-path test-vectors/interop/Cargo.toml --locked --bench '*'

error-codes: ## give every language the table of error codes
	$(PYTHON) scripts/make_error_codes.py

header: ## make bindings/c/include/chipid.h of the functions in bindings/c/src
	$(CARGO) run --quiet --locked --manifest-path bindings/c/header/Cargo.toml

mobile-bindings: libraries ## make the Kotlin, Swift and Python that bindings/mobile/src asks for
	bindings/mobile/generate

fuzz: ## run every fuzz target, MINUTES=n for all together (10); needs cargo-fuzz
	$(PYTHON) scripts/fuzz.py --minutes $(MINUTES)

windows: setup-windows ## build chipid.exe for Windows 10 and newer, and pack it into a zip
	$(PYTHON) scripts/cross.py windows package

windows-test: setup-windows ## build it, try it and run its tests under Wine, with cards in the process
	$(PYTHON) scripts/cross.py windows test

arm64-test: setup-arm64 ## the same for Linux on arm64 under QEMU, without readers
	$(PYTHON) scripts/cross.py arm64 test

setup-demo:
	@scripts/setup --for demo
setup-test:
	@scripts/setup --for test
setup-check:
	@scripts/setup --for check
setup-windows:
	@scripts/setup --for windows
setup-arm64:
	@scripts/setup --for arm64

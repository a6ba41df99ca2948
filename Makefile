# The commands of this project; `make help` lists them. What a command runs is in the tools' own files and scripts/.
# Not a build system: cargo and npm know what is stale, make only knows what comes before what.

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
# The steps share two cores, one target directory and one terminal.
.NOTPARALLEL:

TARGET := $(or $(CARGO_TARGET_DIR),target)
DEBUG := $(TARGET)/debug/frontdesk
RELEASE := $(TARGET)/release/frontdesk

# Rounds and the seed of the crash test; the same seed draws the same plan.
ROUNDS ?= 5
SEED ?=
# Seeds of the simulation.
SEEDS ?= 100000
# Arguments of the benchmark, and of the demo's server.
BENCH ?=
RUN ?=

# Playwright drives the system's Chromium; it must not download another one.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD := 1
# It forces or forbids colours by itself, and node warns when it is also told from outside.
PLAYWRIGHT := env -u NO_COLOR
export FRONTDESK_BIN ?= $(abspath $(DEBUG))

# Every file that the built web is made of. Folders too: a file that went away changes the folder it was in.
WEB_SOURCES := $(wildcard web/package*.json web/tsconfig*.json web/vite*.ts) \
	$(shell find web/api web/dashboard web/realtime web/scripts web/widget -not -name '*.test.ts' 2>/dev/null)

# Formatted by the web's prettier; seen from web/.
E2E_SOURCES := '../e2e/*.ts' '../e2e/{support,journeys,crash,bench}/**/*.ts'

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1\t\2/' | expand -t 18

.PHONY: run
run: build ## Build all, and start with a made-up shop to try it on (RUN="--listen 127.0.0.1:4000")
	@exec $(RELEASE) serve --demo $(RUN)

.PHONY: build
build: web/dist/.built ## Build the release binary, with the web in it
	cargo build --release --locked -p frontdesk

.PHONY: test
test: test-format test-lint test-web test-rust test-contract test-journeys test-crash ## Run every check and every test
	@echo "All checks and tests passed."

.PHONY: test-format
test-format: web/node_modules/.package-lock.json ## Check the format of all code
	cargo fmt --all --check
	cd web && npx prettier --check --log-level warn . $(E2E_SOURCES)

.PHONY: test-lint
test-lint: ## Let clippy read the Rust code
	cargo clippy --workspace --all-targets --locked -- -D warnings

.PHONY: test-web
test-web: web/dist/.built ## Build, check and test the web
	cd web && npm run check
	cd web && npm test

.PHONY: test-rust
test-rust: web/dist/.built ## Test the Rust code, on SQLite and on PostgreSQL
	scripts/with-postgres.sh scripts/test-rust.sh

.PHONY: test-contract
test-contract: $(DEBUG) web/node_modules/.package-lock.json ## Check that the generated contract is fresh
	@$(DEBUG) openapi | diff -u web/api/openapi.json - || \
		{ echo "web/api/openapi.json is not what the server describes: run make contract" >&2; exit 1; }
	cd web && node scripts/contract.mjs --check

.PHONY: test-journeys
test-journeys: $(DEBUG) web/dist/.built e2e/node_modules/.package-lock.json ## Walk through the product in a real browser
	scripts/install-chromium.sh
	cd e2e && npm run check && $(PLAYWRIGHT) npm run journeys

.PHONY: test-crash
test-crash: $(DEBUG) web/dist/.built e2e/node_modules/.package-lock.json ## Kill the server a few times while people write
	scripts/install-chromium.sh
	cd e2e && ROUNDS=$(ROUNDS) SEED=$(SEED) $(PLAYWRIGHT) npm run crash

.PHONY: crash
crash: test-crash ## Kill the server ROUNDS times (ROUNDS=1000 SEED=7)

.PHONY: sim
sim: ## Play SEEDS seeded stories against the message path
	SIM_SEEDS=$(SEEDS) cargo test --release --locked -p frontdesk-core simulation

.PHONY: bench
bench: build e2e/node_modules/.package-lock.json ## Measure the release binary on this machine (BENCH="--help")
	cargo run --release --locked -p frontdesk-bench -- $(BENCH)
	scripts/install-chromium.sh
	cd e2e && FRONTDESK_BIN=$(abspath $(RELEASE)) $(PLAYWRIGHT) npm run --silent bench

.PHONY: fmt
fmt: web/node_modules/.package-lock.json ## Format everything
	cargo fmt --all
	cd web && npm run format
	cd web && npx prettier --write --log-level warn $(E2E_SOURCES)

.PHONY: contract
contract: $(DEBUG) web/node_modules/.package-lock.json ## Write the API's description and the web's types from the code
	$(DEBUG) openapi > web/api/openapi.json.new
	mv web/api/openapi.json.new web/api/openapi.json
	cd web && npm run contract

web/dist/.built: $(WEB_SOURCES) | web/node_modules/.package-lock.json
	cd web && npm run build
	@touch $@

# npm writes this file at its end.
%/node_modules/.package-lock.json: %/package.json %/package-lock.json
	cd $* && npm ci --no-fund --no-audit
	@touch $@

# Always asked: cargo knows better than a list of files could.
.PHONY: $(DEBUG)
$(DEBUG):
	cargo build --locked -p frontdesk

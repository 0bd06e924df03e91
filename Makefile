# Two commands matter: `make demo` shows the system at work, `make test` proves it. Both set everything up themselves.
# A fresh machine needs Python 3.11 or newer and make; all else, Node too, comes from the lock files.

PYTHON ?= python3
UV_VERSION := 0.13.9
BIN := .venv/bin
export UV_PYTHON := $(CURDIR)/$(BIN)/python
export UV_PYTHON_DOWNLOADS := never
export UV_NO_PROGRESS := 1
# Nothing here may reach the real AWS by accident; deploying for real is `cdk deploy` with your own credentials.
unexport AWS_PROFILE AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_ENDPOINT_URL

UV_READY := .venv/.uv-$(UV_VERSION)
PYTHON_READY := .venv/.synced
EMULATOR_READY := .venv-emulator/.synced
BENCH_READY := .venv-bench/.synced
NODE_READY := node_modules/.installed

.DEFAULT_GOAL := help
.PHONY: help setup browser demo down test bench rehearsal lint fmt openapi schemas synth

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

setup: $(PYTHON_READY) $(EMULATOR_READY) $(NODE_READY) browser ## install everything from the lock files

demo: setup ## start a local AWS, deploy, send scanned mail through it; leaves it running
	@$(BIN)/python -m tests.emulator down up deploy
	@$(BIN)/python -m tests.demo

down: ## stop what `make demo` left running
	@if [ -x $(BIN)/python ]; then $(BIN)/python -m tests.emulator down; else echo "nothing is set up"; fi

test: setup lint ## format, lint, types, all tests, then the whole system on a fresh local AWS
	@echo "==> unit, integration, contract, crash, architecture"
	@$(BIN)/pytest tests --ignore=tests/infra --ignore=tests/e2e -n 2 --dist worksteal
	@echo "==> infrastructure, then end to end on an emulator of its own"
	@$(BIN)/pytest tests/infra tests/e2e

bench: $(PYTHON_READY) $(BENCH_READY) ## measure speed, memory, calls, price and reliability, against targets and peers; 10 minutes
	@$(BIN)/python -m tests.bench

rehearsal: $(PYTHON_READY) ## play month ends in which something fails, and prove that everybody is paid once; 10 minutes
	@$(BIN)/python -m tests.rehearsal

lint: setup
	@echo "==> lint, format, types"
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy

fmt: $(PYTHON_READY) ## format, and repair what ruff can
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

openapi: $(PYTHON_READY) ## write infra/openapi.json from the routes
	@$(BIN)/python -m tests.contract.openapi

schemas: $(PYTHON_READY) ## write the JSON schema of every message beside its sample
	@$(BIN)/python -m tests.contract.message_schemas

synth: setup ## the CloudFormation templates for AWS, in build/cdk.out
	@PATH="$(CURDIR)/$(BIN):$$PATH" node_modules/.bin/cdk synth --quiet

browser: # Chromium from the system's own packages, where that is possible; without it the tests in it are skipped
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null || { \
		[ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "setup: Chromium (apt-get)" \
		&& apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium >/dev/null 2>&1; } \
		|| echo "setup: no Chromium here: the tests in a browser are skipped (Debian: apt-get install chromium)"

$(UV_READY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "setup: Python 3.11 or newer is needed; say which with PYTHON=... (found: $$($(PYTHON) --version 2>&1))"; exit 1; }
	@echo "setup: uv $(UV_VERSION)"
	@$(PYTHON) -m venv .venv || { echo "setup: python3 cannot make environments; install its venv module (Debian: python3-venv)"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION) \
		|| { echo "setup: uv could not be installed; is the Python package index reachable?"; exit 1; }
	@touch $@

$(PYTHON_READY): $(UV_READY) pyproject.toml uv.lock
	@echo "setup: Python packages (.venv)"
	@$(BIN)/uv sync --locked --quiet || { echo "setup: uv sync failed, see above"; exit 1; }
	@touch $@

$(EMULATOR_READY): $(PYTHON_READY)
	@echo "setup: emulator (.venv-emulator)"
	@UV_PROJECT_ENVIRONMENT=.venv-emulator $(BIN)/uv sync --locked --only-group emulator --quiet \
		|| { echo "setup: the emulator could not be installed, see above"; exit 1; }
	@touch $@

$(BENCH_READY): $(PYTHON_READY)
	@echo "setup: what the benchmark compares with (.venv-bench)"
	@UV_PROJECT_ENVIRONMENT=.venv-bench $(BIN)/uv sync --locked --only-group bench --quiet \
		|| { echo "setup: the benchmark's peers could not be installed, see above"; exit 1; }
	@touch $@

$(NODE_READY): $(PYTHON_READY) package-lock.json
	@echo "setup: CDK command line (node_modules)"
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent || { echo "setup: npm ci failed; is the npm registry reachable?"; exit 1; }
	@touch $@

# eTwinning. `make` alone lists what there is.

PYTHON ?= python3.11
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEV := DEBUG=1
MANAGE := $(DEV) $(BIN)/python manage.py
SERVE = $(BIN)/python -m backend.config.server -b 127.0.0.1 -p $(PORT) backend.config.asgi:application

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset run test faults bench bench-live bench-data bench-plans bench-dashboard check format lock schema messages migrations screenshots clean

help: ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

$(READY): requirements.lock
	@echo "Setting up $(VENV) (once, about half a minute) ..."
	@test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@touch $@

demo: $(READY) ## Run eTwinning with a small Europe of data on http://127.0.0.1:8000 (PORT=)
	@$(MANAGE) translations compile
	@$(MANAGE) migrate --verbosity 0
	@PORT=$(PORT) SITE_URL=http://127.0.0.1:$(PORT) $(MANAGE) demo
	@echo "Serving on http://127.0.0.1:$(PORT) (Ctrl-C stops it)"
	@$(DEV) SITE_URL=http://127.0.0.1:$(PORT) exec $(SERVE)

demo-reset: $(READY) ## Throw the demo's data away
	rm -rf var/etwinning.sqlite3* var/files var/letters

run: $(READY) ## Run it without demo data
	@$(MANAGE) translations compile
	@$(MANAGE) migrate --verbosity 0
	@$(DEV) SITE_URL=http://127.0.0.1:$(PORT) exec $(SERVE)

test: check ## All checks and all tests
	@$(BIN)/python -m pytest --numprocesses logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder -m "not faults"

faults: $(READY) ## Kill servers under load and compare the books: the long form, about ten minutes
	@FAULTS=long $(BIN)/python -m pytest -m faults --capture no

bench-live: $(READY) ## Measure live delivery against the stock way (needs PostgreSQL and Redis; ten minutes)
	@$(BIN)/python -m bench.live

bench: $(READY) ## Measure what requests cost, beside peers (needs make bench-data; QUICK=1 for a look, ARGS=)
	@npm install --silent --no-audit --no-fund --prefix bench/peers/postgraphile
	@$(BIN)/python -m bench.requests $(if $(QUICK),--quick) $(ARGS)

bench-plans: $(READY) ## Explain every hot statement: none may scan a big table (needs make bench-data)
	@$(BIN)/python -m bench.plans

bench-data: $(READY) ## Build the real scale on PostgreSQL, in minutes (FACTOR=0.01 for a hundredth)
	@$(BIN)/python -m bench.data --factor $(or $(FACTOR),1)

bench-dashboard: $(READY) ## Open each page of the dashboard as an officer on the real scale (needs make bench-data; ARGS=)
	@$(BIN)/python -m bench.dashboard $(ARGS)

check: export DEBUG = 1
check: $(READY) ## Lint, types, import contracts, migrations, schema, translations
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(MANAGE) makemigrations --check --dry-run
	@$(MANAGE) translations check
	@$(MANAGE) translations compile
	@$(MANAGE) export_schema graphql_schema.schema:schema | diff -u graphql_schema/schema.graphql - \
		|| (echo "The schema changed: run 'make schema' and commit it." && false)

format: $(READY) ## Format and fix what can be fixed
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

lock: $(READY) ## Resolve the dependencies afresh into requirements.lock
	@$(BIN)/uv pip compile pyproject.toml --group dev --generate-hashes --universal --no-emit-index-url --upgrade \
		--python-version 3.11 --custom-compile-command "make lock" --quiet --output-file requirements.lock

schema: $(READY) ## Export the GraphQL schema
	@$(MANAGE) export_schema graphql_schema.schema:schema > graphql_schema/schema.graphql

messages: $(READY) ## Collect the strings to translate
	@$(MANAGE) translations update

migrations: $(READY) ## Write migrations for changed models
	@$(MANAGE) makemigrations

screenshots: $(READY) ## Take the README's screenshots (needs Chromium and a running demo)
	@$(BIN)/python docs/screenshots.py http://127.0.0.1:$(PORT)

clean: ## Remove everything that was generated, the demo's data too
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

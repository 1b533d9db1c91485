# `make` lists the commands. A fresh machine needs git, make and Python from 3.11 on; everything else lands in this folder.

PYTHON_FOUND = sh scripts/find_python.sh
BIN = .venv/bin
TESTS ?= tests
WORKERS ?= 2
COMPILE = $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links --no-header

.DEFAULT_GOAL := help
.PHONY: help run test check format lock texts docs clean set-up set-up-dev

help: ## list the commands
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile nlu.mk | awk -F'|' '{printf "make %-14s %s\n", $$1, $$2}'

run: set-up ## set everything up and start the whole system on http://127.0.0.1:8080; Ctrl-C stops it
	@exec $(BIN)/zuruf run --welcome

test: set-up-dev ## set everything up and run every test; TESTS="tests/unit -k waves" runs some, WORKERS=1 in one process
	@sh scripts/chromium.sh
	@$(MAKE) --no-print-directory rasa-install || echo "Tests against a real Rasa will be left out."
	@$(BIN)/python -m pytest $(if $(filter-out 1,$(WORKERS)),-n $(WORKERS) --dist loadfile )$(TESTS)

check: set-up-dev ## formatter, linters, types, import rules
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy --no-error-summary
	$(BIN)/lint-imports --no-logo

format: set-up-dev ## format the code
	$(BIN)/ruff check --quiet --select I --fix .
	$(BIN)/ruff format .

lock: set-up-dev ## pin what pyproject.toml asks for, with hashes; UPGRADE=--upgrade takes the newest versions
	$(COMPILE) $(UPGRADE) --python-version 3.11 --extra dev -o requirements-dev.txt pyproject.toml
	$(COMPILE) $(UPGRADE) --python-version 3.11 -c requirements-dev.txt -o requirements.txt pyproject.toml

texts: set-up-dev ## collect the texts for people into texts/zuruf.pot and bring texts/de.po up to it
	$(BIN)/pybabel --quiet extract --mapping=babel.cfg --keywords=marked --sort-by-file --no-location --omit-header \
	    --output-file=texts/zuruf.pot .
	$(BIN)/pybabel --quiet update --no-fuzzy-matching --ignore-obsolete --locale=de \
	    --input-file=texts/zuruf.pot --output-file=texts/de.po

docs: set-up-dev ## draw docs/states.md from the transition tables, docs/commands.md from the commands
	$(BIN)/python -m app.draw_states
	$(BIN)/python -m app.describe_commands

clean: ## remove environments and caches; the desk's data in .data stay
	rm -rf .venv .venv-rasa .rasa .venv.lock build *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

set-up:
	@python=$$($(PYTHON_FOUND)) && "$$python" scripts/set_up.py run

set-up-dev:
	@python=$$($(PYTHON_FOUND)) && "$$python" scripts/set_up.py dev

include nlu.mk

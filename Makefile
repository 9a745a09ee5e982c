# `make` prints what there is. Needs Debian's make and python3-venv, beside Python 3.11.
# Nothing is installed outside of .venv.

PY := .venv/bin/python
WORKED ?= cases/kazakhstan-2022
PORT ?= 8000
FUZZ ?= 1000000
# Looked for in this order; PYTHON=... names another.
PYTHONS := $(or $(PYTHON),python3.11 python3 python3.12 python3.13 python3.14)
FITS := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 15))

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run play test check bench browser soak fuzz goldens cases messages screenshot lock clean python

help: ## Print this list
	@sed -nE 's/^([a-z]+):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

run: .venv/.ready-run .venv/.compiled ## Serve the worked cases on this machine, at port 8000 or PORT
	@.venv/bin/peyman serve --port $(PORT)

play: .venv/.ready-run ## Play the worked case in the terminal, moment by moment
	@.venv/bin/peyman play $(WORKED)

test: .venv/.ready-test .venv/.compiled ## Run the tests, on all cores
	@$(PY) -m pytest -q -n auto --dist worksteal

check: .venv/.ready-check ## Check format, lint, types and imports
	@$(PY) -m ruff format --check -q . || { echo "Next step: $(PY) -m ruff format ." >&2; exit 1; }
	@$(PY) -m ruff check -q .
	@$(PY) -m mypy
	@.venv/bin/lint-imports --no-logo

bench: .venv/.ready-bench .venv/.compiled ## Measure commands, pages and the record beside named peers
	@$(PY) -m bench.run
	@$(PY) -m bench.ledger
	@$(PY) -m bench.movement --seeds 1 --seconds 30

browser: .venv/.ready-test ## Run the tests in a real browser (needs Debian's chromium)
	@$(PY) -m pytest -q tests/web/e2e

soak: .venv/.ready-test ## Run the long tests, with many more and fresh examples
	@$(PY) -m pytest -q --hypothesis-profile=soak -m ""

fuzz: .venv/.ready-test ## Give the parsers of the record a million inputs, or FUZZ
	@$(PY) -m tests.ledger.rounds $(FUZZ)

goldens: .venv/.ready-test ## Rewrite the expected outputs; `git diff` is the judge
	@$(PY) -m pytest -q --rewrite-goldens

messages: .venv/.ready-test ## Bring the words of the pages up to the code, for translation
	@$(PY) -m peyman.web.locale.make

screenshot: .venv/.ready-test ## Take the README's picture of the running system (needs Debian's chromium)
	@$(PY) -m docs.screenshot

# Registers first: a case cites the checkpoint of its registers.
REGISTERS = $(sort $(wildcard cases/src/*-register.toml))
cases: .venv/.ready-run ## Rebuild the worked cases, bit for bit
	@for source in $(REGISTERS) $(filter-out $(REGISTERS),$(sort $(wildcard cases/src/*.toml))); do \
	    .venv/bin/peyman build "$$source" || exit; \
	done

# The newest versions that pyproject.toml allows, from a fresh environment. Names and
# versions only: where packages come from is the machine's own setting.
lock: ## Pin the newest allowed versions in requirements.lock
	@set -e; python=$$($(MAKE) -s --no-print-directory python); \
	fresh=$$(mktemp -d); trap 'rm -rf "$$fresh"' EXIT; \
	"$$python" -m venv "$$fresh/venv"; \
	"$$fresh/venv/bin/python" -m pip install -qq -e '.[test,check,bench,outside,postgresql,audit]'; \
	{ echo "# Made by \`make lock\`. Every installation of the Makefile keeps to these versions."; \
	  "$$fresh/venv/bin/python" -m pip freeze -qq --exclude-editable; } > "$$fresh/lock"; \
	cp "$$fresh/lock" requirements.lock; chmod 644 requirements.lock

clean: ## Remove .venv and everything else that was made here and is not kept in git
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis dist
	@find peyman tests bench -name __pycache__ -type d -prune -exec rm -rf {} +

# --- What the targets above stand on ---

python: # prints the interpreter that .venv is made with
	@for python in $(PYTHONS); do \
	    if "$$python" -c "$(FITS)" >/dev/null 2>&1; then command -v "$$python"; exit 0; fi; \
	done; \
	printf '%s\n' "No Python that can make a virtual environment was found ($(PYTHONS))." \
	    "  Authority: pyproject.toml, requires-python: 3.11 to 3.14, with venv" \
	    "  Next step: As root: apt-get install python3-venv; or name one: make PYTHON=/path/to/python3" >&2; \
	exit 2

# A copied folder brings a .venv that still runs the code of the old place: make it anew.
ifeq ($(shell grep -sF -- ' $(CURDIR)/.venv' .venv/pyvenv.cfg),)
ELSEWHERE := FORCE
FORCE:
endif

.venv/bin/python: $(ELSEWHERE)
	@python=$$($(MAKE) -s --no-print-directory python) && "$$python" -m venv --clear .venv

extras-run := [audit]
extras-test := [test]
extras-check := [test,check]
extras-bench := [bench]
extras-outside := [test,outside]
.venv/.ready-%: pyproject.toml requirements.lock $(ELSEWHERE) | .venv/bin/python
	@echo "Installing into .venv$(if $(extras-$*), with what \`make $*\` needs) ..." >&2
	@$(PY) -m pip install -qq -c requirements.lock -e '.$(extras-$*)'
	@touch $@

# What numba compiles is kept; whoever plans first would wait for it.
.venv/.compiled: $(shell find peyman/force -path '*compil*.py') | .venv/.ready-run
	@echo "Compiling what \`peyman plan\` reckons with, once: half a minute ..." >&2
	@$(PY) -m peyman.force.ready
	@touch $@

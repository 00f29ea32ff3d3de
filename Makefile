# Everything that this project does, from a fresh clone: `make help` lists it.
#
# Needed: python3 (3.11 or later) with venv, and make. The environment is made by the first target that needs it and
# brought up to date whenever pyproject.toml changes. `PYTHON=python3.12 make test` picks another interpreter, which
# gets an environment of its own.

PYTHON ?= python3
VENV ?= $(if $(filter python3,$(PYTHON)),.venv,.venvs/$(notdir $(PYTHON)))
PYTEST_ARGS ?=

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

RUN := $(VENV)/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check --quiet
CHECKED := src tests examples benchmarks tools

.PHONY: help
help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- environments: one stamp for what a user needs, one for the tests, one for everything -----------------------

$(VENV)/.ready-base: pyproject.toml
	@$(RUN) -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@$(PIP) install --upgrade 'pip>=25.1'
	@$(PIP) install --editable '.[excel,cli]'
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready-base
	@$(PIP) install --editable . --group test
	@touch $@

$(VENV)/.ready-all: $(VENV)/.ready-test
	@$(PIP) install --editable . --group lint --group docs --group build
	@touch $@

$(VENV)/.ready-bench: $(VENV)/.ready-base
	@$(PIP) install --editable . --group bench
	@touch $@

# --- the two commands of the README ------------------------------------------------------------------------------

.PHONY: demo
demo: $(VENV)/.ready-base  ## set up, and tell the whole story against the simulated carrier
	@$(RUN) -m pstnkit demo

.PHONY: test
test: $(VENV)/.ready-test  ## set up, and run every test with branch coverage of 100 %
	$(RUN) -m pytest -n 2 --cov --cov-report=term-missing:skip-covered $(PYTEST_ARGS)

# --- checks --------------------------------------------------------------------------------------------------------

.PHONY: test-fast
test-fast: $(VENV)/.ready-test  ## run every test without measuring coverage
	$(RUN) -m pytest -n 2 $(PYTEST_ARGS)

.PHONY: lint
lint: $(VENV)/.ready-all  ## check style, format and types
	$(RUN) -m ruff check $(CHECKED) docs
	$(RUN) -m ruff format --check $(CHECKED) docs
	$(RUN) -m mypy

.PHONY: docs
docs: $(VENV)/.ready-all  ## build the documentation, warnings being errors
	$(RUN) -m sphinx -W --keep-going -q -b html docs docs/_build/html
	@echo 'docs/_build/html/index.html'

.PHONY: examples
examples: $(VENV)/.ready-test  ## run every example
	@for example in examples/*.py; do \
		echo "== $$example"; \
		$(RUN) "$$example" >/dev/null || exit 1; \
	done

.PHONY: mutants
mutants: $(VENV)/.ready-test  ## break each rule once and see its test fail
	$(RUN) tools/mutants.py

.PHONY: spec-coverage
spec-coverage: $(VENV)/.ready-test  ## write the page that maps each rule to code and test
	$(RUN) tools/mutants.py --write-coverage

.PHONY: saved-forms
saved-forms: $(VENV)/.ready-test  ## write the texts by which later versions see that they load what this one saves
	$(RUN) tools/saved_forms.py

.PHONY: bench
bench: $(VENV)/.ready-bench  ## measure everything, in a few minutes
	$(RUN) benchmarks/imports.py
	$(RUN) benchmarks/values.py --quick
	$(RUN) benchmarks/paste.py --quick
	$(RUN) benchmarks/inventory.py --quick
	$(RUN) benchmarks/lifecycle.py --quick
	$(RUN) benchmarks/saved.py --quick
	$(RUN) benchmarks/planner.py --quick

.PHONY: bench-best-fit
bench-best-fit: $(VENV)/.ready-base  ## simulate how much longer blocks can be sold by best fit
	$(RUN) benchmarks/best_fit.py

.PHONY: bench-paste
bench-paste: $(VENV)/.ready-bench  ## measure pastes in full, beside their peers
	$(RUN) benchmarks/paste.py --save build/paste.json

.PHONY: bench-inventory
bench-inventory: $(VENV)/.ready-bench  ## measure inventories in full, and write the figures into the documentation
	$(RUN) benchmarks/inventory.py --save build/inventory.json
	$(RUN) benchmarks/page.py build/inventory.json docs/explanation/one-integer.md

.PHONY: bench-lifecycle
bench-lifecycle: $(VENV)/.ready-bench  ## measure events, counts and replays, and write the figures into the documentation
	$(RUN) benchmarks/lifecycle.py --save build/lifecycle.json
	$(RUN) benchmarks/page.py build/lifecycle.json docs/explanation/decisions-and-reports.md

.PHONY: bench-page
bench-page: bench-paste  ## measure pastes and values in full, and write the figures into the documentation
	$(RUN) benchmarks/values.py --save build/values.json
	$(RUN) benchmarks/page.py build/paste.json build/values.json docs/explanation/speed.md

.PHONY: wheel
wheel: $(VENV)/.ready-all  ## build the wheel and use it in an environment that has nothing else
	$(RUN) tools/check_wheel.py

.PHONY: clean
clean:  ## remove what was built, the environments included
	rm -rf .venv .venvs build dist docs/_build docs/notebooks docs/reference/generated htmlcov .coverage .coverage.* \
		.hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

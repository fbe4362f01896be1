# make start    a working copy of the course, open in JupyterLab
# make test     the tests, under ten minutes on two cores
# Nothing needs to be installed beforehand but Python 3.11 or newer, make and git.

PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
# nbgrader starts alembic by name, so the environment's programs must be found.
RUN := PATH="$(abspath $(BIN)):$$PATH" $(BIN)/python -m

# The browser's tests on one core, all others on the other at the same time; with ARGS all in one.
define tests
	@set -e; if [ -n "$(ARGS)" ]; then $(RUN) pytest $(1) $(ARGS); exit; fi; \
	log=$$(mktemp); trap 'rm -f "$$log"; kill $$browser 2>/dev/null || :' EXIT; \
	$(RUN) pytest $(if $(1),-m "not slow and browser",-m browser) >"$$log" 2>&1 & browser=$$!; \
	others=0; $(RUN) pytest $(if $(1),-m "not slow and not browser",-m "not browser") || others=$$?; \
	wait $$browser && seen=0 || seen=$$?; cat "$$log"; exit $$((others > seen ? others : seen))
endef

.PHONY: start test test-all demo lint bench build clean

start: $(VENV)/.ready
	$(RUN) b2bcourse start $(ARGS)

test: $(VENV)/.ready-dev lint
	$(call tests,-m "not slow")

test-all: $(VENV)/.ready-dev lint
	$(RUN) b2bcourse build --check
	$(call tests,)

demo: $(VENV)/.ready
	$(RUN) b2bcourse demo $(ARGS)

bench: $(VENV)/.ready-dev
	$(RUN) benchmarks $(ARGS)

build: $(VENV)/.ready-dev
	$(RUN) b2bcourse build

lint: $(VENV)/.ready-dev
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy

$(VENV)/.python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.ready: $(VENV)/.python pyproject.toml constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist test-artifacts

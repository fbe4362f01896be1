# make start    a working copy of the course, open in JupyterLab
# make test     the tests, under ten minutes on two cores
# Nothing needs to be installed beforehand but Python 3.11 or newer, make and git.

# The newest Python that runs and can make an environment: a name alone may be a shim that leads
# nowhere, and Debian's Python without python3-venv makes none.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# nbgrader starts alembic by name, so the environment's programs must be found.
RUN := PATH="$(abspath $(BIN)):$$PATH" $(BIN)/python -m
PYTEST := $(RUN) $(if $(COVERAGE),coverage run -m pytest,pytest)

# The browser's side is checked and built with Node; a learner needs none.
NODE := $(shell node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null \
	&& command -v npm >/dev/null && echo yes)

# What is told before a minute of silence, in the language that the course will have.
LOCALE := $(or $(B2BCOURSE_LANG),$(LC_ALL),$(LC_CTYPE),$(LANG))
ASKED := $(findstring --lang,$(ARGS))
KOREAN := $(if $(ASKED),$(findstring --lang ko,$(subst =, ,$(ARGS))),$(filter ko%,$(LOCALE)))

# Two cores: most of the browser's tests on one, on the other all that need no browser, then the
# faces that are tried alone and take long. With ARGS all in one. $(1): a mark that all must have.
# AGAIN=1, for CI: where both cores are full a browser may be late once. What failed in it has a
# second try, alone, and the log shows both; whatever is really wrong fails twice.
BROWSER := tests/browser
LAST := -o cache_dir=.pytest_cache/browser
FACES := $(addprefix $(BROWSER)/test_,ears_alone.py small_windows.py simulation_alone.py)
define tests
	@set -e; all='$(1)'; if [ -n "$(ARGS)" ]; then $(PYTEST) -m "$$all" $(ARGS); exit; fi; \
	log=$$(mktemp); trap 'rm -f "$$log"; kill $$browser 2>/dev/null || :' EXIT; \
	$(PYTEST) -m "$$all" $(LAST) $(BROWSER) $(addprefix --ignore=,$(FACES)) >"$$log" 2>&1 & browser=$$!; \
	others=0; $(PYTEST) -m "$$all" --ignore=$(BROWSER) || others=$$?; \
	faces=0; $(PYTEST) -m "$$all" $(FACES) || faces=$$?; \
	wait $$browser && seen=0 || seen=$$?; cat "$$log"; \
	if [ -n "$(AGAIN)" ] && [ $$seen = 1 ]; then echo "What failed in the browser, alone:"; \
	seen=0; $(PYTEST) -m "$$all" $(LAST) --last-failed $(BROWSER) || seen=$$?; fi; \
	exit $$((others | faces | seen))
endef

# A test starts hundreds of Pythons: each would read all modules anew where this is set.
unexport PYTHONDONTWRITEBYTECODE

# Points are made and answers are kept here: no branch goes untested.
SCORING := b2bcourse/items/*/score.py,b2bcourse/items/agreement.py,b2bcourse/items/base.py,$\
	b2bcourse/items/response.py,b2bcourse/items/standing.py,b2bcourse/items/patches.py,$\
	b2bcourse/responses/*,b2bcourse/grading/marking.py

.PHONY: browser lint-browser lab lint-lab start hub test-hub test test-long long test-all coverage smoke demo lint bench build wheel clean

# Without a shell in between, which would call a Ctrl-C an error.
start: $(VENV)/.ready
	@exec env $(RUN) b2bcourse start $(ARGS)

# A JupyterHub with a class, on this machine only; as root: `sudo make hub ARGS="/srv/b2b-hub"`.
hub: $(VENV)/.ready
	@exec env $(RUN) b2bcourse hub $(ARGS)

# Real users on a real hub, what matters most of it: a class by clicks, and what each is refused.
test-hub: $(VENV)/.ready-dev
	$(PYTEST) -o faulthandler_timeout=0 -m hub tests/hub/test_class_by_clicks.py tests/hub/test_isolation.py

test: $(VENV)/.ready-dev lint
	$(call tests,not slow)

# What takes long, Firefox's part too; a hub has a target of its own.
test-long: $(VENV)/.ready-dev $(if $(NODE),browser/node_modules/.ready)
	$(RUN) b2bcourse build --check
	$(call tests,slow and not hub)

# Ten thousand kills at random moments of a save, and a long random walk of windows and kernels.
long: $(VENV)/.ready-dev
	$(PYTEST) -o faulthandler_timeout=0 tests/long/kills.py
	$(PYTEST) -o faulthandler_timeout=0 -s tests/long/bulk.py
	B2BCOURSE_EXAMPLES=3000 $(PYTEST) -o faulthandler_timeout=0 tests/responses/test_model.py

test-all: $(VENV)/.ready-dev lint
	$(RUN) b2bcourse build --check
	$(call tests,)

# The tests of `make test` once more, and how much of the package they reach.
coverage: $(VENV)/.ready-dev
	@$(RUN) coverage erase
	@$(MAKE) --no-print-directory test COVERAGE=1
	@$(RUN) coverage combine --quiet
	@$(RUN) coverage report --skip-covered
	$(RUN) coverage report --include='$(SCORING)' --fail-under=100

# The wheel in an environment of its own, as a learner has it: `make smoke PYTHON=python3.13`.
smoke: wheel
	@rm -rf $(VENV)-smoke
	@$(PYTHON) -m venv $(VENV)-smoke
	@$(VENV)-smoke/bin/python -m pip install --quiet --disable-pip-version-check \
		-c constraints.txt dist/b2bcourse-*.whl
	@PYTHONPATH= $(VENV)-smoke/bin/python tests/smoke.py

demo: $(VENV)/.ready
	@$(RUN) b2bcourse demo $(ARGS)

bench: $(VENV)/.ready-dev
	$(RUN) benchmarks $(ARGS)

build: $(VENV)/.ready-dev
	$(RUN) b2bcourse build

wheel: $(VENV)/.ready
	@rm -f dist/b2bcourse-*.whl
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .
	@echo "Install it with: python3 -m pip install $$(echo dist/b2bcourse-*.whl)"

# Modules and styles as they reach a page, from what is written.
browser: browser/node_modules/.ready
	@node browser/build.mjs

lint-browser: $(if $(NODE),browser/node_modules/.ready)
ifeq ($(NODE),yes)
	browser/node_modules/.bin/biome check --error-on-warnings .
	browser/node_modules/.bin/tsc -p browser
	node browser/build.mjs --check
	node --test --test-reporter=dot browser/tests/
else ifeq ($(B2BCOURSE_REQUIRE_BROWSER),1)
	@echo "Node 20 or newer with npm is required here."; exit 1
else
	@echo "Node 20 or newer with npm is not here: the browser side's form, types, build and unit tests are left out."
endif

# The extension that opens lessons, as JupyterLab loads it. Its tools are large: npm brings some 460 MB.
lab: lab/node_modules/.ready
	@node lab/build.mjs

lint-lab: lab/node_modules/.ready
	lab/node_modules/.bin/tsc -p lab
	node lab/build.mjs --check

lab/node_modules/.ready: lab/package-lock.json
	@cd lab && npm ci --ignore-scripts --silent
	@touch $@

browser/node_modules/.ready: browser/package-lock.json
	@cd browser && npm ci --ignore-scripts --silent
	@touch $@

lint: $(VENV)/.ready-dev lint-browser
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy

$(VENV)/.python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3"; exit 1; }
	@echo $(if $(KOREAN),"처음이라 설치부터 합니다. 1분쯤 걸립니다.","Installing first; this takes about a minute.")
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.ready: $(VENV)/.python pyproject.toml constraints.txt
	@test ! -e $@ || echo $(if $(KOREAN),"새로 바뀐 것을 설치합니다.","Installing what has changed.")
	@$(PIP) -c constraints.txt -e .
	@touch $@

$(VENV)/.ready-dev: $(VENV)/.ready
	@echo "Installing what the tests need."
	@$(PIP) -c constraints.txt -e ".[dev]"
	@touch $@

clean:
	rm -rf browser/node_modules lab/node_modules $(VENV) $(VENV)-smoke .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage* dist test-artifacts

# Everything is built in .venv; nothing outside this folder is touched, except that
# `make test` as root installs Chromium where there is none.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py
# Tests wait for browsers and databases a third of the time: three workers keep two
# cores busy, four took longer.
WORKERS ?= 3
# A file stays with one worker, because its tests share what is expensive. In the order
# of their names: xdist would leave files of few, long tests to the end.
SPREAD = --dist loadfile --no-loadscope-reorder

# Byte code makes every start twice as fast; some environments switch it off.
unexport PYTHONDONTWRITEBYTECODE
export PIP_DISABLE_PIP_VERSION_CHECK = 1
export PLAYWRIGHT_SKIP_VALIDATE_HOST_REQUIREMENTS = 1

.PHONY: help run test read shown lint lint-scripts lint-python lint-templates lint-spelling format \
	types checks unit services record tools bundle watch lock messages messages-check \
	wheel clients shapes bench prove chromium clean

help:
	@echo "make run     serve the site on http://127.0.0.1:8000 (PORT=... for another port)"
	@echo "make test    linters, types, checks and all tests, browsers included"
	@echo "make lint    linters only         make format  put the code in shape"
	@echo "make bundle  the script that other sites load, from its modules (make watch: at each edit)"
	@echo "make bench   benchmarks           make lock    compile requirements/*.txt"
	@echo "make messages    bring the catalogues of translations in line with the code"
	@echo "make wheel   build the wheel for other sites in dist/"
	@echo "make clients  what shows screeners in WordPress, React, Vue and others, in dist/"
	@echo "make shapes  the types of the content API's clients, from its description"
	@echo "make prove   what is promised of a site at work, in minutes"
	@echo "make record  addresses and answers that others rely on, written down anew"

# -- Packages: a stamp says that the lock file's contents are installed ---------

INSTALL = $(BIN)/python -m pip install -qq --require-hashes --no-compile
# On every core, where pip uses one. What does not compile was never meant to.
COMPILE = $(BIN)/python -m compileall -qq -j 0 $(VENV)/lib || true

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.base: requirements/base.txt | $(BIN)/python
	@echo "Installing packages (the first time takes about half a minute) ..."
	@$(INSTALL) -r requirements/base.txt
	@$(COMPILE)
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(BIN)/python
	@echo "Installing packages for development ..."
	@$(INSTALL) -r requirements/dev.txt
	@$(COMPILE)
	@touch $(VENV)/.base $@

# What looks over the scripts and bundles them. Node itself is one of the packages above.
NODE := $(BIN)/node
TOOLS := node_modules/.package-lock.json

tools: $(TOOLS)

$(TOOLS): package-lock.json .npmrc | $(VENV)/.dev
	@echo "Installing the tools of the scripts ..."
	@$(BIN)/npm ci --loglevel=error >/dev/null
	@touch $@

# -- Running --------------------------------------------------------------------

run: $(VENV)/.base
	@DJANGO_SETTINGS_MODULE=cms.settings.base $(MANAGE) serve

# -- The script that other sites load ----------------------------------------------

bundle: $(VENV)/.dev $(TOOLS)
	$(NODE) bundle.js

watch: $(VENV)/.dev $(TOOLS)
	$(NODE) bundle.js --watch

# -- Testing --------------------------------------------------------------------

# Both read only what has changed since the last time.
ESLINT := $(NODE) node_modules/eslint/bin/eslint.js --cache --cache-location node_modules/.cache/eslint
PRETTIER := $(NODE) node_modules/prettier/bin/prettier.cjs --cache --log-level warn

TSC := $(NODE) node_modules/typescript/bin/tsc

# What leaves a core idle runs side by side, and shows each result in one piece.
BESIDE = --no-print-directory $(if $(filter output-sync,$(.FEATURES)),-O)

test: $(VENV)/.dev $(TOOLS)
	@$(MAKE) $(BESIDE) -j 2 read lint chromium
	@$(MAKE) $(BESIDE) -j 2 shown types checks services
	@echo "All checks passed."

# Compiled once, where each process that begins below would do it for itself.
read: $(VENV)/.dev
	@test -d tests/__pycache__ || $(BIN)/python -m pytest -q --collect-only >/dev/null

# The tests that take longest show how far they are; the rest has what they leave idle.
shown:
	@$(MAKE) --no-print-directory $(if $(filter output-sync,$(.FEATURES)),-Onone) unit

TEMPLATES = cms plugins screening_block templates tests

lint: lint-scripts lint-python lint-templates lint-spelling

lint-python: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

lint-templates: $(VENV)/.dev
	@$(BIN)/djhtml --check $(TEMPLATES) || (echo "\`make format\` puts them in shape"; exit 1)

lint-spelling: $(VENV)/.dev
	$(BIN)/codespell

lint-scripts: $(VENV)/.dev $(TOOLS)
	$(ESLINT) .
	$(PRETTIER) --check .

format: $(VENV)/.dev $(TOOLS)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/djhtml $(TEMPLATES)
	$(ESLINT) --fix .
	$(PRETTIER) --write .

types: $(VENV)/.dev $(TOOLS)
	$(BIN)/mypy
	$(TSC)
	$(TSC) -p tsconfig.admin.json
	$(TSC) -p tsconfig.clients.json
	$(TSC) -p tsconfig.content.json

checks: $(VENV)/.dev
	DJANGO_SETTINGS_MODULE=cms.settings.test $(MANAGE) makemigrations --check --dry-run
	@echo "and without any plugin"
	PLUGINS_DISABLED=california_firearms DJANGO_SETTINGS_MODULE=cms.settings.base $(MANAGE) makemigrations --check --dry-run
	@echo "manage.py check --deploy, with production settings"
	@DJANGO_SETTINGS_MODULE=cms.settings.production ALLOWED_HOSTS=law.example.org \
		SECRET_KEY=$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
		DATABASE_URL=sqlite://:memory: CACHE_URL=redis://localhost:6379/0 SITE_URL=https://law.example.org \
		$(MANAGE) check --deploy --fail-level WARNING

# A busy machine may show a page later than its test waits for it. So what failed is named,
# and run once more by itself: a fault fails again. $(1) names the run, $(2) is pytest
# beside others, $(3) alone.
define with_a_second_look
@rm -rf .pytest_cache/$(1)
@$(2) -o cache_dir=.pytest_cache/$(1) || { [ $$? = 1 ] && echo "Once more, alone, what failed:" && \
	$(3) -o cache_dir=.pytest_cache/$(1) --last-failed --last-failed-no-failures none; }
endef

PYTEST = $(BIN)/python -m pytest -q

unit: $(VENV)/.dev $(TOOLS) chromium
	$(NODE) --test --test-reporter=dot "tests/js/*.test.js"
	$(call with_a_second_look,unit,$(PYTEST) -n $(WORKERS) $(SPREAD),$(PYTEST))

# Once more on the servers a large site uses, if they answer on this machine: what these
# may make different. In one process: beside the tests above it ends before they do, and
# each one more would only be in their way.
AGAIN = "database and not (browser or slow or once)"
CHOSEN = $(BIN)/python tests/services.py --chosen $(PYTEST) -m $(AGAIN)

services: $(VENV)/.dev
	$(call with_a_second_look,services,$(CHOSEN),$(CHOSEN))

# Any Chromium will do. Debian's without a window uses a third less of the processor.
chromium: $(VENV)/.dev
	@if (command -v chromium-headless-shell || command -v chromium || \
		command -v chromium-browser) >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium for the browser tests"; \
		apt-get update -qq; \
		for name in chromium-headless-shell chromium; do \
			apt-get install -y -qq --no-install-recommends $$name >/dev/null && break; \
		done; \
	else \
		echo "Fetching Playwright's Chromium for the browser tests"; \
		$(BIN)/playwright install chromium-headless-shell; \
	fi

# -- Upkeep ---------------------------------------------------------------------

# No index address may get into the lock files: whoever installs chooses the index.
LOCK := ../$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url \
	--no-header --python-version 3.11 --universal $(LOCK_FLAGS)

record: $(VENV)/.dev
	RECORD=1 $(BIN)/python -m pytest -q tests/recorded

lock: $(BIN)/python
	@$(BIN)/python -m pip install -qq uv
	cd requirements && $(LOCK) base.in -o base.txt
	cd requirements && $(LOCK) dev.in -o dev.txt

# Names what lacks a Spanish translation; docs/operations.md, “Languages”.
messages: $(VENV)/.dev
	@$(BIN)/python -m tests.messages

messages-check: $(VENV)/.dev
	@$(BIN)/python -m tests.messages --check

wheel: $(VENV)/.dev
	$(BIN)/python -m hatchling build -t wheel -d dist

# What other software installs to show screeners: a package of npm, a plugin of WordPress.
# The types of the content API's clients, from its own description.
shapes: $(VENV)/.dev
	$(BIN)/python clients/generate.py

clients: $(VENV)/.dev
	@mkdir -p dist
	cd clients/npm && PATH=$(CURDIR)/$(BIN):$$PATH npm pack --silent --pack-destination $(CURDIR)/dist
	$(BIN)/python clients/wordpress/build.py dist

# The fuzzer between both halves of the engine runs longer: benchmarks/fuzz.py.
bench: $(VENV)/.dev $(TOOLS)
	@for file in benchmarks/engine_*.py benchmarks/widget.py benchmarks/editor.py; do \
		echo "$$file"; $(BIN)/python "$$file" || exit 1; \
	done

# What is promised of a site at work. Each takes minutes and fails where it is not so.
PROOFS := benchmarks/load.py benchmarks/operations.py benchmarks/faults.py benchmarks/api_fuzz.py \
	benchmarks/law_pack.py benchmarks/reading.py benchmarks/reassuring.py \
	benchmarks/hosts_wordpress.py benchmarks/hosts_web.py benchmarks/freshness.py \
	benchmarks/serving.py benchmarks/busy_site.py benchmarks/first_question.py benchmarks/growth.py \
	benchmarks/evaluate.py benchmarks/search.py benchmarks/changes.py \
	benchmarks/work.py

# The tests with examples made at random, of which `make test` takes a share.
LAWS := $(addprefix tests/screening_block/engine/test_,laws.py hostile.py search_oracle.py)

# And those of which it asks some places only, in turns: tests/shares.py.
SHARED = tests/text tests/cms/test_search.py tests/screening_block/test_public.py

prove: $(VENV)/.dev
	@for file in $(PROOFS); do echo "$$file"; $(BIN)/python "$$file" || exit 1; done
	EXAMPLES=2000 ORACLE_SEEDS=200 $(BIN)/python -m pytest -q $(LAWS)
	WHOLE=1 $(BIN)/python -m pytest -q $(SHARED)
	ALL_SCREENS=1 $(BIN)/python -m pytest -q -k "axe or admin_has_english"
	$(BIN)/python tests/services.py $(BIN)/python -m pytest -q -m $(AGAIN)

clean:
	rm -rf $(VENV) var dist node_modules

# The commands of the project; `make` alone lists them. Settings are variables of the environment and may be
# given here too: make serve PORT=8001

.DEFAULT_GOAL := help
.PHONY: help serve test bench measure lint check format lock messages chromium postgres

# Where the environment is made, and which Pythons are tried for it, in this order.
VENV   ?= .venv
PYTHON ?= python3 python3.13 python3.12 python3.11 python3.14 python

IN_VENV := $(VENV)/bin/python
MANAGE  := $(IN_VENV) manage.py
INSTALL := $(IN_VENV) -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:

BASE     := $(VENV)/.installed-base
OPTIONAL := $(VENV)/.installed-optional
DEV      := $(VENV)/.installed-dev

# Commands that must neither read nor change this installation's data get a DATA_DIR that lives as long as they.
SCRATCH := scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT INT TERM && export DATA_DIR="$$scratch" &&

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

serve: $(BASE) $(if $(DATABASE_URL)$(CACHE_URL),$(OPTIONAL)) ## prepare what is missing and serve the site
	@$(MANAGE) serve

test: $(BASE) $(OPTIONAL) $(DEV) chromium postgres ## run all tests; some of them: make test ARGS="tests/models -k period"
	@$(IN_VENV) -m pytest --numprocesses auto $(ARGS)

# What the benchmarks compare with is installed beside the site's own environment, never into it.
bench: ## measure at a thousand and a million organizations, and write docs/performance.md; parts: make bench ARGS=pages
	@$(MAKE) --no-print-directory VENV=$(VENV)-bench measure

measure: $(BASE) $(VENV)/.installed-bench
	@$(IN_VENV) -m benchmarks $(ARGS)

lint: $(BASE) $(DEV) ## look for mistakes, for layout that is not ours, for missing migrations
	$(IN_VENV) -m ruff check
	$(IN_VENV) -m ruff format --check
	@$(SCRATCH) $(MANAGE) makemigrations --check --dry-run

check: $(BASE) ## check the settings as for a public site, and every row of the seed
	@$(SCRATCH) SITE_URL=https://www.example.org $(MANAGE) check --deploy --fail-level WARNING
	@$(SCRATCH) $(MANAGE) migrate --verbosity 0 && $(MANAGE) seed --check

format: $(BASE) $(DEV) ## lay the code out as `make lint` wants it
	$(IN_VENV) -m ruff check --fix
	$(IN_VENV) -m ruff format

# For maintainers, with uv installed. Keeps the versions that still fit; newest ones: make lock UPGRADE=--upgrade
LOCK := UV_CUSTOM_COMPILE_COMMAND='make lock' uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --only-binary :all: --no-emit-index-url --no-emit-find-links $(UPGRADE)

lock: ## make the lock files in requirements/ anew
	cd requirements && $(LOCK) base.in -o base.txt
	cd requirements && $(LOCK) optional.in -o optional.txt
	cd requirements && $(LOCK) dev.in -o dev.txt
	cd requirements && $(LOCK) bench.in -o bench.txt

# For maintainers, with gettext installed. What it finds is translated in the .po file and compiled by a second run;
# the .mo file is committed, because a machine that only runs the site has no gettext. The date of extraction is
# struck out, because it would change the file by every run.
CATALOG := locale/zh_Hans/LC_MESSAGES/django.po

messages: $(BASE) ## gather new sentences of the interface for translation, and compile the catalog
	@$(SCRATCH) $(MANAGE) makemessages --locale zh_Hans --extension html,jinja,py --add-location file --no-obsolete \
		--no-wrap --ignore '$(VENV)*' --ignore var --ignore tests --ignore fixtures --ignore requirements
	@sed -i '/^"POT-Creation-Date/d' $(CATALOG)
	@$(SCRATCH) $(MANAGE) compilemessages --locale zh_Hans --ignore '$(VENV)*' --ignore var

$(IN_VENV):
	@rm -f $(VENV)/bin/python* $(VENV)/.installed-*
	@for python in $(PYTHON); do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			echo "Making the environment in $(VENV) ..."; \
			exec "$$python" -m venv $(VENV); \
		fi; \
	done; \
	echo "Python 3.11 or newer is needed, and none was found. Install it, or say where it is:" >&2; \
	echo "  make $(MAKECMDGOALS) PYTHON=/path/to/python3" >&2; \
	exit 2

$(VENV)/.installed-%: requirements/%.txt | $(IN_VENV)
	@echo "Installing $< ..."
	@$(INSTALL) -r $<
	@touch $@

# The browser tests drive the system's Chromium, and pages in Chinese need a Chinese font.
chromium:
	@if command -v chromium >/dev/null && fc-list :lang=zh 2>/dev/null | grep -q .; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing Chromium and a Chinese font ..."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			apt-get install -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null; \
	elif command -v chromium >/dev/null; then \
		echo "No Chinese font is installed (Debian: fonts-noto-cjk): pages will be tested with boxes in them." >&2; \
	else \
		echo "The tests need Chromium as the command 'chromium'; on Debian: apt-get install chromium fonts-noto-cjk" >&2; \
		exit 2; \
	fi

# What must hold on both databases is tested on a PostgreSQL that the tests start themselves; without one they skip it.
postgres:
	@if command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "Installing PostgreSQL ..."; \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			apt-get install -qq --no-install-recommends postgresql >/dev/null; \
	else \
		echo "No PostgreSQL is installed (Debian: postgresql): what must hold on it too will not be tested." >&2; \
	fi

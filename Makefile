# The commands of the house. `make run` and `make test` need Python 3.11 or newer (with venv) and nothing else.
PYTHON ?= python3
PORT ?= 8000
PYTEST_ARGS ?=

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input -qq
# The embedded database, whatever the shell around us says.
EMBEDDED := env -u DATABASE_URL
PAGES := tests/browser/pages
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

# A virtual environment whose Python has gone (a system upgrade) is made anew.
ifeq ($(wildcard $(PY)),)
$(shell rm -rf $(VENV))
endif

.PHONY: help run setup test test-postgres test-browser check-pages check-long deploy-check \
	lint lint-code lint-templates lint-imports lint-types lint-django lint-messages format messages lock

help:
	@echo "make run            the newsroom at http://127.0.0.1:$(PORT)/   (PORT=8001 changes it)"
	@echo "make test           all tests that need no browser and no server"
	@echo "make test-postgres  those that touch a database, on a throw-away PostgreSQL"
	@echo "make test-browser   the tests that drive Chromium"
	@echo "make check-pages    HTML checker, axe and budgets on every page of the demo paper (Chromium, Java, npm)"
	@echo "make check-long     the slow tests, two hosts that share everything, then deploy-check"
	@echo "make deploy-check   the stack of deploy/ on this machine: read, publish, restart under load, back up, restore"
	@echo "make lint format    look at the code, tidy the code"
	@echo "make messages       collect and compile the translations (gettext)"
	@echo "make lock           renew requirements*.txt from pyproject.toml   (ARGS=--upgrade: newest versions)"

run: $(VENV)/.runtime
	@$(PY) manage.py migrate --verbosity 0
	@SITE_URL=$${SITE_URL:-http://127.0.0.1:$(PORT)} $(PY) manage.py demo --if-empty
	@SITE_URL=$${SITE_URL:-http://127.0.0.1:$(PORT)} $(PY) manage.py runserver 127.0.0.1:$(PORT)

test: $(VENV)/.tools
	@$(EMBEDDED) $(PY) -m pytest -q -n auto $(PYTEST_ARGS)

test-postgres: $(VENV)/.tools
	@tests/postgres $(PY) -m pytest -q -n auto $(PYTEST_ARGS)

test-browser: $(VENV)/.tools
	@if [ -z "$(CHROMIUM)" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		export DEBIAN_FRONTEND=noninteractive; \
		apt-get update -qq && apt-get install -y -qq chromium fonts-noto-core >/dev/null; \
	elif [ -z "$(CHROMIUM)" ]; then \
		echo "Cần Chromium: sudo apt-get install chromium fonts-noto-core"; \
		echo "Chromium is missing: sudo apt-get install chromium fonts-noto-core"; exit 1; \
	fi
	@$(EMBEDDED) $(PY) -m pytest -q -n 3 -m browser $(PYTEST_ARGS)

check-pages: $(VENV)/.tools $(PAGES)/node_modules
	@$(EMBEDDED) $(PY) -m tests.browser.pages.paper $(PY) -m pytest -q -n 2 -m pages $(PYTEST_ARGS) $(PAGES)

# The judges of pages: exact versions and their hashes are in package-lock.json.
$(PAGES)/node_modules: $(PAGES)/package-lock.json
	@command -v npm >/dev/null && command -v java >/dev/null || { \
		echo "Cần npm và Java: sudo apt-get install npm default-jre-headless"; \
		echo "npm or Java is missing: sudo apt-get install npm default-jre-headless"; exit 1; }
	@npm ci --prefix $(PAGES) --ignore-scripts --no-audit --no-fund --loglevel error
	@touch $@

check-long: $(VENV)/.tools
	@$(EMBEDDED) $(PY) -m pytest -q -m "slow and not browser" $(PYTEST_ARGS)
	@tests/postgres $(PY) -m pytest -q -m slow $(PYTEST_ARGS) tests/newsroom/test_hosts.py \
		tests/comments/test_many_hands.py tests/comments/test_killed_server.py
	@$(MAKE) --no-print-directory deploy-check

# The stack of deploy/ on this machine: nginx and PostgreSQL of Debian (installed by root), two application servers.
deploy-check: $(VENV)/.tools
	@$(PY) deploy/check.py

lint: lint-code lint-templates lint-imports lint-types lint-django lint-messages

lint-code: $(VENV)/.tools
	@$(PY) -m ruff format --check --quiet .
	@$(PY) -m ruff check --quiet .

lint-templates: $(VENV)/.tools
	@find templates -name '*.html' -exec $(VENV)/bin/djade --check --target-version 5.2 {} +
	@$(PY) -m djlint --lint --quiet templates

lint-imports: $(VENV)/.tools
	@$(VENV)/bin/lint-imports --no-logo

lint-types: $(VENV)/.tools
	@$(EMBEDDED) $(PY) -m mypy

# The second check runs with what a production server sets (deploy/ has the whole list).
lint-django: $(VENV)/.tools
	@$(EMBEDDED) $(PY) manage.py check --fail-level WARNING
	@$(EMBEDDED) DEBUG=0 SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(64))') \
		ALLOWED_HOSTS=bao.example SITE_URL=https://bao.example $(PY) manage.py check --deploy --fail-level WARNING
	@$(EMBEDDED) $(PY) manage.py makemigrations --check --dry-run

# Every message of the code is in the catalogues, has its Vietnamese, and is compiled.
VI := locale/vi/LC_MESSAGES/django.po
lint-messages: messages
	@msgfmt --check-format --output-file=/dev/null $(VI)
	@missing=$$(msgattrib --no-obsolete --untranslated $(VI); msgattrib --no-obsolete --only-fuzzy $(VI)); \
		[ -z "$$missing" ] || { echo "$$missing"; echo "not translated: add the Vietnamese to $(VI)"; exit 1; }
	@git diff --exit-code --stat -- locale && [ -z "$$(git ls-files --others --exclude-standard -- locale)" ] || \
		{ echo "locale/ is behind: commit what \`make messages\` wrote"; exit 1; }

format: $(VENV)/.tools
	@$(PY) -m ruff check --fix --quiet . ; $(PY) -m ruff format --quiet .
	@find templates -name '*.html' -exec $(VENV)/bin/djade --target-version 5.2 {} + || true # 1: it tidied something

# gettext dates its lists; without the date they change only when a message does.
messages: $(VENV)/.runtime
	@command -v msgfmt >/dev/null || { echo "gettext is missing: sudo apt-get install gettext"; exit 1; }
	@$(PY) manage.py makemessages --locale vi --locale en --no-obsolete --no-wrap --no-location \
		--ignore .venv --ignore var --verbosity 0
	@for list in locale/*/LC_MESSAGES/django.po; do \
		sed '/^"POT-Creation-Date/d' $$list > $$list.new && mv $$list.new $$list; done
	@$(PY) manage.py compilemessages --locale vi --locale en --ignore .venv --verbosity 0

lock: $(VENV)/.tools
	@$(PY) -m uv --version >/dev/null 2>&1 || $(PIP) install uv
	@for list in "requirements.txt:" "requirements-dev.txt:--group dev --constraint requirements.txt"; do \
		file=$${list%%:*}; \
		$(PY) -m uv pip compile pyproject.toml $${list#*:} --universal --generate-hashes --no-annotate --no-header \
			--no-config --quiet $(ARGS) --output-file $$file >/dev/null || exit 1; \
		{ echo "# Exact versions and their hashes, for Python 3.11 and newer."; \
		  echo "# Made from pyproject.toml by \`make lock\` (ARGS=--upgrade: newest versions). Do not edit."; \
		  cat $$file; } > $$file.new && mv $$file.new $$file; \
	done

setup: $(VENV)/.tools

# --- the virtual environment: made once, filled again only when a list of versions changed ---------------------
# --no-deps: the lists are complete; asked to resolve them, pip trips over extras once a newer version is out.
$(VENV)/.made:
	@command -v "$(PYTHON)" >/dev/null || { \
		echo "Không tìm thấy $(PYTHON). Hãy cài Python 3.11 trở lên."; \
		echo "$(PYTHON) was not found. Install Python 3.11 or newer."; exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Cần Python 3.11 trở lên, máy có $$($(PYTHON) -V 2>&1 | head -n 1). Thử: make run PYTHON=python3.12"; \
		echo "Python 3.11 or newer is needed, this is $$($(PYTHON) -V 2>&1 | head -n 1). Try: make run PYTHON=python3.12"; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python thiếu venv. Debian, Ubuntu: sudo apt-get install python3-venv"; \
		echo "Python lacks venv. Debian, Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	@"$(PYTHON)" -m venv $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.txt | $(VENV)/.made
	@echo "Đang cài thư viện / installing the libraries …"
	@$(PIP) install --no-deps --require-hashes -r requirements.txt
	@touch $@

$(VENV)/.tools: requirements-dev.txt | $(VENV)/.made
	@echo "Đang cài thư viện và công cụ / installing the libraries and tools …"
	@$(PIP) install --no-deps --require-hashes -r requirements-dev.txt
	@touch $@ $(VENV)/.runtime

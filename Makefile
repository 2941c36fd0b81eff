# The commands of the README. On a fresh machine they need make and Python 3.11 or newer; the rest
# is set up here: once, and again when pyproject.toml or requirements.lock have changed.

PYTHON ?= python3
PORT ?= 5000
VENV := .venv

# An environment that forbids bytecode has every start compile everything anew: seconds each time.
unexport PYTHONDONTWRITEBYTECODE

# Tools are called as modules, never as .venv/bin/<tool>: those scripts carry the absolute path of
# the folder they were made in, and break when it is moved.
PY := $(VENV)/bin/python
FLASK := $(PY) -m flask --app wsgi
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
BABEL := $(PY) -m babel.messages.frontend --quiet
TRANSLATIONS := eventapp/translations

# Stamps: an environment good enough to serve from, one that has the tools of the tests as well, and
# one that can make a certificate.
TO_RUN := $(VENV)/.to-run
TO_TEST := $(VENV)/.to-test
TO_HTTPS := $(VENV)/.to-https

# Where `make run-https` keeps its certificate and key.
HTTPS := instance/https

.DEFAULT_GOAL := help
.PHONY: help run run-https test office coverage fuzz bench setup lint hooks strings lock

help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## /make \1	/p' Makefile

run: export PORT := $(PORT)
run: export BASE_URL ?= http://127.0.0.1:$(PORT)
run: $(TO_RUN) ## the demo community on http://127.0.0.1:5000 (or PORT=8000); keeps the data
	$(FLASK) db upgrade
	$(FLASK) demo
	@.ci/serve $(PY)

# The address is known only once the recipe runs; ADDRESS=192.168.1.20 says it where there are several.
run-https: export PORT := $(if $(filter file,$(origin PORT)),5443,$(PORT))
run-https: $(TO_HTTPS) ## the same on https, in the local network, for phones with cameras; PORT=5443
	@set -e; host=$$($(PY) tools/https.py certificate $(HTTPS)); \
	export BASE_URL="https://$$host:$$PORT"; \
	$(FLASK) db upgrade; $(FLASK) demo; $(PY) tools/https.py qr "$$BASE_URL/"; \
	exec .ci/serve $(PY) --bind "$$host:$$PORT" \
		--certfile $(HTTPS)/certificate.pem --keyfile $(HTTPS)/key.pem

# A part of the tests starts at once: without lint, in one process.
test: $(TO_TEST) ## everything that is checked (ARGS="-k door": a part; --everywhere: all on both databases)
	@.ci/install-system chromium chromium-headless-shell nodejs postgresql fonts-noto-color-emoji \
		webkit2gtk-driver xvfb khard khal
	$(if $(filter -k,$(ARGS)),,@$(MAKE) --no-print-directory lint)
	$(PY) -m pytest $(if $(filter -k,$(ARGS)),,-n auto --dist worksteal) $(ARGS)

# LibreOffice takes several hundred megabytes, so that nobody gets it for running the tests.
office: $(TO_TEST) ## what LibreOffice, khard, khal and ical.js read in files of ours; installs them
	@.ci/install-system nodejs khard khal libreoffice-calc
	$(PY) -m pytest tests/elsewhere $(ARGS)

coverage: $(TO_TEST) ## the tests, and which lines and branches none of them went through
	$(PY) -m pytest -n auto --dist worksteal \
		--cov=eventapp --cov-branch --cov-report=term-missing:skip-covered $(ARGS)

fuzz: $(TO_TEST) ## random requests by everybody, for 10 minutes (ARGS="--minutes 60 --postgresql")
	$(PY) -m tests.routes.fuzz $(ARGS)

bench: $(TO_TEST) ## the benchmarks, beside the limits they are measured against
	@.ci/install-system postgresql
	$(PY) -m bench $(ARGS)
	$(if $(ARGS),,$(PY) -m bench.pages)
	$(if $(ARGS),,$(PY) -m bench.community)
	$(if $(ARGS),,$(PY) -m bench.suggestions)
	$(if $(ARGS),,$(PY) -m bench.guest_table)

setup: $(TO_TEST) ## the environment, without running anything

lint: $(TO_TEST) ## style, types, templates
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(PY) -m djlint --quiet --lint eventapp

hooks: $(TO_TEST) ## have git run lint on what each commit changes (pre-commit)
	$(PIP) -c requirements.lock -e '.[hooks]'
	$(PY) -m pre_commit install

# Without line numbers and dates, or every run would change files in which no word has changed.
strings: $(TO_TEST) ## collects the texts for the translators, compiles what they translated
	$(BABEL) extract --mapping-file=$(TRANSLATIONS)/babel.cfg --add-location=file --width=100 \
		--keywords=lazy_gettext --keywords=_l --output-file=$(TRANSLATIONS)/messages.pot eventapp
	$(BABEL) update --width=100 --input-file=$(TRANSLATIONS)/messages.pot --output-dir=$(TRANSLATIONS) \
		--locale=es --init-missing --ignore-obsolete --ignore-pot-creation-date
	$(BABEL) compile --directory=$(TRANSLATIONS)

# From an environment of its own, so that nothing installed by hand is pinned. Call it with the
# oldest Python we serve on (make lock PYTHON=python3.11): newer ones need fewer packages at most.
lock: ## pins the newest packages that pyproject.toml allows; run the tests, then commit
	@set -e; there=$$(mktemp -d); trap 'rm -rf "$$there"' EXIT; \
	$(PYTHON) -m venv "$$there/venv"; \
	"$$there/venv/bin/python" -m pip install --quiet --disable-pip-version-check -e '.[dev,redis,https,hooks]'; \
	"$$there/venv/bin/python" -m pip freeze --exclude-editable > "$$there/pins"; \
	{ echo '# The versions that were tested together, made by "make lock".'; \
	  LC_ALL=C sort -f "$$there/pins"; } > requirements.lock; \
	echo "requirements.lock: $$(wc -l < "$$there/pins") packages"

# pip comes last into a new environment: where it is missing, making one was interrupted.
# Debian keeps the part of Python that makes environments in a package of its own.
$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit("eventapp needs Python 3.11 or newer; say which, as in: make \
	PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || .ci/install-system python3-venv
	$(PYTHON) -m venv $(VENV)

$(TO_RUN): pyproject.toml requirements.lock | $(VENV)/bin/pip
	$(PIP) -c requirements.lock -e .
	@touch $@

$(TO_HTTPS): pyproject.toml requirements.lock | $(VENV)/bin/pip
	$(PIP) -c requirements.lock -e '.[https]'
	@touch $@ $(TO_RUN)

$(TO_TEST): pyproject.toml requirements.lock | $(VENV)/bin/pip
	$(PIP) -c requirements.lock -e '.[dev]'
	@touch $@ $(TO_RUN)

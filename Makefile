# Everything a newcomer needs: `make run`, `make test`. Python 3.11 or newer and make, no more.

HOST ?= 127.0.0.1
PORT ?= 8000
# Through the module, never .venv/bin/pip: those scripts break when the folder is moved.
PYTHON = .venv/bin/python
MANAGE = $(PYTHON) manage.py
UV_COMPILE = $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url
# The address appears at once, in a log file too.
export PYTHONUNBUFFERED = 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run test pytest thorough drill mutants lint format bench compare audit screenshots fixtures archives docs lock clean

help:
	@echo "make run          start Factcheck with sample data on http://$(HOST):$(PORT)/, and its worker"
	@echo "make test         before each commit: style, types, layers, and what every test file is about"
	@echo "make lint         the part of it that runs no tests; make pytest: the other"
	@echo "make thorough     before a merge: all tests, those that cost most too (35 minutes of two cores)"
	@echo "make drill        what a release must pass too: every look, order and backup, the largest texts"
	@echo "                  boots a bare Debian too, as root, nginx and Caddy; MACHINE=no leaves that out"
	@echo "make mutants      plant small faults in the rules and see that tests notice (hours)"
	@echo "make format       put code and templates in order"
	@echo "make bench        measure against the budgets; SCALE=1k,25k: pages at sizes of a desk"
	@echo "make compare      measure the text layer beside other segmenters, into docs/text.md"
	@echo "make audit        the Nu HTML checker and Lighthouse (needs Java, Node and Chromium)"
	@echo "make screenshots  take the pictures of docs/screens.md and the README again"
	@echo "make fixtures     make the sample data again from its stories in tests/stories"
	@echo "make archives     write the archives and schema of what leaves again, in today's version"
	@echo "make docs         write the table of settings in docs/settings.md again, from the code"
	@echo "make lock         choose the newest allowed versions, with hashes"
	@echo "make clean        remove what make made, the database with the sample data included"

run: .venv/.run .env
	$(MANAGE) migrate --verbosity 0
	$(MANAGE) demo --fictional
	@# Both in the background, so that whatever ends this shell ends them; the worker sends mail to
	@# this terminal and does what is due.
	@end() { trap - EXIT INT TERM HUP QUIT; kill $$worker $$server 2>/dev/null; wait; }; \
	trap end EXIT; trap 'end; exit 0' INT TERM HUP QUIT; \
	$(MANAGE) worker & worker=$$!; \
	$(MANAGE) runserver $(HOST):$(PORT) & server=$$!; \
	wait $$server

test: lint pytest

pytest: .venv/.test
	CHROMIUM="$$($(PYTHON) tests/chromium.py)" $(PYTHON) -m pytest

# With JUNIT=FILE: what each test cost, for python -m tests.thorough FILE.
thorough: .venv/.test
	CHROMIUM="$$($(PYTHON) tests/chromium.py)" $(PYTHON) -m pytest -m "not drill" $(JUNIT:%=--junitxml %)

drill: .venv/.test var/bucket/.installed var/wacz/.installed
	CHROMIUM="$$($(PYTHON) tests/chromium.py)" $(PYTHON) -m pytest -m "not machine"
ifneq ($(MACHINE),no)
	CHROMIUM="$$($(PYTHON) tests/chromium.py)" $(PYTHON) -m pytest -m machine -n 0 -s
endif
	$(PYTHON) -m pytest tests/drills/restore_drill.py -n 0 -m drill
	$(PYTHON) -m tests.mutants --sample 200

mutants: .venv/.test
	$(PYTHON) -m tests.mutants

lint: .venv/.test
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	find annotations -path '*/templates/*.html' -exec .venv/bin/djade --check {} +
	@if LC_ALL=C.UTF-8 grep -rnE '.{121}' annotations/templates; then echo "A template line is over 120." >&2; exit 1; fi
	$(PYTHON) .venv/bin/lint-imports
	.venv/bin/oxlint --deny-warnings static/js
	$(PYTHON) -m mypy
	DJANGO_SETTINGS_MODULE=tests.settings $(PYTHON) -m django makemigrations --check --dry-run
	$(PYTHON) tests/vendor.py

format: .venv/.test
	$(PYTHON) -m ruff check --fix-only
	$(PYTHON) -m ruff format
	find annotations -path '*/templates/*.html' -exec .venv/bin/djade {} +

# With SCALE=1k,25k,250k (sentences of a desk's past): what pages cost at each of these sizes. With
# MEMORY=25k,250k: what a site's processes hold of memory and disk.
bench: .venv/.test
ifdef SCALE
	$(PYTHON) -m tests.benchmarks.scale $(SCALE)
else ifdef MEMORY
	FACTCHECK_DISPOSABLE=0 $(PYTHON) -m tests.benchmarks.memory $(MEMORY)
else
	FACTCHECK_DISPOSABLE=0 $(PYTHON) -m pytest tests/benchmarks -n 0 --ignore tests/benchmarks/test_rates.py
	$(PYTHON) -m pytest tests/drills/test_capture_costs.py -n 0 -s -m "drill or not drill"
	@# CPU alone, which is the same without fsync, and ends on a busy machine too.
	$(PYTHON) -m pytest tests/benchmarks/test_rates.py -n 0
endif

compare: var/compare/.installed
	var/compare/bin/python tests/compare.py docs/text.md

# Environments of their own: what we are measured beside, the server that stands for a bucket, and
# the validator of WACZ files, which brings more packages than Factcheck has.
var/%/.installed: requirements/%.txt .venv/.created
	$(PYTHON) -m venv --clear $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

audit: .venv/.test
	DJANGO_SETTINGS_MODULE=tests.settings CHROMIUM="$$($(PYTHON) tests/chromium.py)" \
		$(PYTHON) -m tests.audit

screenshots: .venv/.test
	SCREENSHOTS=docs/images CHROMIUM="$$($(PYTHON) tests/chromium.py)" \
		$(PYTHON) -m pytest tests/e2e/test_pages.py tests/e2e/test_states.py \
		tests/e2e/test_revisions.py tests/e2e/test_said_by.py tests/e2e/test_look.py tests/e2e/test_shown_copy.py \
		-n 0 -m "drill or not drill" \
		-k "not first_look"
	$(PYTHON) -m tests.screens docs/screens.md

fixtures: .venv/.test
	DJANGO_SETTINGS_MODULE=tests.settings $(PYTHON) -m tests.build_fixtures

# Only where rows have changed shape: what an earlier version wrote is never written again.
archives: .venv/.test
	ARCHIVES=tests/data/archives $(PYTHON) -m pytest tests/exchange/test_earlier_archives.py -n 0 -m "" -k todays

docs: .venv/.test
	$(PYTHON) -m tests.settings_table

lock: .venv/.created
	$(PYTHON) -m pip install --quiet uv
	$(UV_COMPILE) --upgrade -o requirements/run.txt requirements/run.in
	$(UV_COMPILE) --upgrade -o requirements/s3.txt requirements/s3.in
	$(UV_COMPILE) --upgrade -o requirements/test.txt requirements/test.in
	$(UV_COMPILE) --upgrade -o requirements/compare.txt requirements/compare.in
	$(UV_COMPILE) --upgrade -o requirements/bucket.txt requirements/bucket.in
	$(UV_COMPILE) --upgrade -o requirements/wacz.txt requirements/wacz.in

clean:
	rm -rf .venv var .env

# The first Python here that is new enough.
.venv/.created:
	@for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
		then exec $$python -m venv --clear .venv; fi; \
	done; echo "Factcheck needs Python 3.11 or newer." >&2; exit 1
	@touch $@

.venv/.run: requirements/run.txt .venv/.created
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@

# What test.txt holds includes all of run.txt.
.venv/.test: requirements/test.txt .venv/.created
	$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch .venv/.run $@

# Written once, for this machine only; production takes its settings from the environment.
.env:
	@umask 077 && $(PYTHON) -c "import secrets; \
		print('DEBUG=1\nSECRET_KEY=' + secrets.token_urlsafe(50), sep='')" > $@

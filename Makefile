# Every target sets up what it needs first; a second time that is free.
VENV = $(or $(SVE_VENV),.venv)
PYTHON = $(VENV)/bin/python
# Tests run on as many processes as there are processors; `make test PYTEST="-n0 -x tests/law"`.
PYTEST ?= -n auto --dist worksteal

.PHONY: setup run test lint bench test-pythons serve-production messages locks

setup:
	@bin/setup run

run:
	@bin/run

test:
	@bin/setup test
	@$(PYTHON) -m pytest $(PYTEST)

lint:
	@bin/setup test
	@bin/lint

bench:
	@bin/setup test
	@$(PYTHON) -m tests.bench

test-pythons:
	@bin/test-pythons

serve-production:
	@bin/serve-production

# New Dutch texts enter the English catalogue with an empty translation; the list says which.
messages:
	@bin/setup test
	@$(PYTHON) -m tests.lint.messages --update

# The locks name every package with its hashes and no host.
locks: setup
	@bin/make-locks

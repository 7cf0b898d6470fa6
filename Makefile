# One word for each habit; CI calls the same. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
CODE := core bot workers sandbox tests bench

.PHONY: help install demo story sheets test heic check format bench lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(STAMP): requirements/all.txt
	$(PYTHON) -c 'import sys; sys.exit("Darkroom needs Python 3.11 or newer (set PYTHON=…)") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/all.txt
	@touch $@

install: $(STAMP) ## the environment .venv, from the hash-pinned lock

demo: install ## the whole product on this machine, with a chat page in the browser
	$(BIN)/python -m sandbox

story: install ## the same with no person: tells the whole story once
	$(BIN)/python -m sandbox story

sheets: install ## the README's sheets, as the story makes them with the article's step counts
	$(BIN)/python -m sandbox story --steps "50, 100, 200, 400, 800"
	mkdir -p docs/sheets && cp build/story/*-sheet.jpg docs/sheets/

test: install ## all tests
	$(BIN)/python -m pytest

heic: install ## the tests of the optional extra that reads HEIC at full size
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --no-deps --upgrade --target build/heic -r requirements/heic.txt
	PYTHONPATH=build/heic $(BIN)/python -m pytest --numprocesses=0 tests/workers/test_decoder.py

check: install ## ruff, pyright (strict), import rules
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/pyright
	$(BIN)/lint-imports

format: install ## lay the code out and mend what ruff can
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

bench: install ## what is claimed about speed, beside what it is compared to
	$(BIN)/python -m bench

lock: install ## make the hash-pinned requirement files anew
	$(BIN)/pip install --quiet uv && PATH="$(BIN):$$PATH" requirements/lock.sh

clean: ## take the environment and all that was built away
	rm -rf $(VENV) build .pytest_cache .ruff_cache .import_linter_cache

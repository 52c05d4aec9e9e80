# What can be done here, on a machine with Python 3.11 or newer and make. `make help` lists it.
SHELL := /bin/sh
.DELETE_ON_ERROR:
.PHONY: help check test demo bench evaluate figures picture docs messages lock clean

PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v "$$p" && break; done)
BIN := .venv/bin
READY := .venv/.ready
GOLD := tests/gold/coverage.jsonl $(wildcard $(patsubst %,../shared/gold/%.jsonl,seeds fr-dev en-dev en-polnear-dev))
LOCK := $(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" pyproject.toml

help:  ## list what can be done
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile | expand -t 16

check: $(READY)  ## style, types, one-way imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

test: $(READY)  ## tests, and the examples in the code, the README and the docs
	$(BIN)/python -m pytest

demo: $(READY)  ## the main job on made-up coverage: prints what one speaker said, writes report.html
	@mkdir -p build && rm -f build/demo.db*
	$(BIN)/onrecord add examples/coverage --db build/demo.db
	$(BIN)/onrecord who Morozhek --db build/demo.db
	$(BIN)/onrecord verify --db build/demo.db
	$(BIN)/onrecord report -o report.html --db build/demo.db
	@echo 'Now open report.html in a browser. More of the record: $(BIN)/onrecord who --db build/demo.db'

bench: $(READY)  ## words a second, beside plain spaCy
	$(BIN)/python benchmarks/speed.py

evaluate: $(READY)  ## score it against every gold that is here; no figure may be below its floor
	$(BIN)/onrecord evaluate $(GOLD) --floors benchmarks/floors.json

figures: $(READY)  ## score it against the gold in ../shared, into the README
	$(BIN)/python scripts/figures.py

picture: demo  ## the README's picture, with Chromium
	chromium --headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking \
		--disable-component-update --disable-sync --hide-scrollbars --window-size=1200,1100 \
		--user-data-dir=build/chromium --screenshot=docs/report.png "file://$(CURDIR)/report.html"

docs: $(READY)  ## write docs/reference from the code
	$(BIN)/python scripts/reference.py

messages: $(READY)  ## collect the messages of the command line and compile their translations
	$(BIN)/python scripts/messages.py

lock: $(READY)  ## renew the locked versions of all dependencies
	$(LOCK) --upgrade --output-file requirements.txt
	$(LOCK) --upgrade --extra dev --constraint requirements.txt --output-file requirements-dev.txt

clean:  ## remove what was built and installed here
	rm -rf .venv build dist report.html .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(READY): requirements-dev.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "onrecord needs Python 3.11 or newer: install it, or name it with make PYTHON=..." >&2; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv .venv || { rm -rf .venv; \
		echo "this Python cannot make a virtual environment; on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

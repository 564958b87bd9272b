# Zeren: the commands of a user and of a developer.  `make` lists them.

PORT ?= 8000
ZEREN_SHARED ?= ../shared
BIN := .venv/bin
LINTER := .ci/cypher-lint
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
  --no-header --no-annotate --no-emit-index-url --quiet
WORKERS ?= $(shell getconf _NPROCESSORS_ONLN)

# where a shell forbids it, every process of a run would compile every module anew
test test-fast: export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup run test test-fast campaigns up down neo4j neo4j-stop neo4j-jars lint types imports deps cypher-lint docs docs-check pictures handbook openapi wheel bench score hooks sbom lock check clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 20

setup: ## make .venv and install what requirements.lock names (nothing is fetched twice)
	@bash .ci/setup

run: setup ## load the sample plan, print two answers, serve on 127.0.0.1 (PORT=8000)
	@$(BIN)/zeren serve --check --port $(PORT)
	@$(BIN)/zeren load examples/loudi-2017.txt
	@$(BIN)/zeren query unit-duties unit=娄底市:市政府法制办
	@$(BIN)/zeren query regulation-citing-items regulation=湖南省行政程序规定
	@exec $(BIN)/zeren serve --local --port $(PORT)

test: setup neo4j-jars ## every test
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder

# outside the time limits of the tests; where it fails, they say what was not tested, and fail themselves in CI
neo4j-jars: setup
	@for version in $${ZEREN_TEST_NEO4J:-$$($(BIN)/python .ci/neo4j/neo4j_server.py lts)}; do \
	  $(BIN)/python .ci/neo4j/neo4j_server.py fetch --version $$version > /dev/null || true; \
	done

neo4j: setup ## a Neo4j server of your own without a container, in build/neo4j; ended by make neo4j-stop
	@$(BIN)/python .ci/neo4j/neo4j_server.py up build/neo4j

neo4j-stop: setup
	@$(BIN)/python .ci/neo4j/neo4j_server.py down build/neo4j

up: ## Neo4j and the service in containers, on 127.0.0.1 (needs docker)
	@bash .ci/secrets
	@docker compose up --build --wait

down: ## end them; the data stays in its volume
	@docker compose down

test-fast: setup ## the tests that start no program and no browser
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope --no-loadscope-reorder -m "not server and not browser and not slow"

campaigns: setup neo4j-jars ## what takes hours and runs before an issue is resolved (PARTS="kill fuzz")
	@bash .ci/campaigns $(PARTS)

lint: setup ## style and simple faults
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: setup ## the strict type checker
	@$(BIN)/mypy

imports: setup ## who may import whom
	@$(BIN)/lint-imports --no-logo

deps: setup ## declared dependencies against used ones
	@$(BIN)/deptry .

cypher-lint: setup ## every Cypher statement, as it runs, by Neo4j's own linter (needs node and npm)
	@$(BIN)/python $(LINTER)/statements.py build/cypher
	@bash $(LINTER)/run build/cypher

docs: setup ## write the generated parts of docs/
	@$(BIN)/python docs/generate.py

docs-check: setup ## are the generated parts of docs/ up to date?
	@$(BIN)/python docs/generate.py --check

pictures: setup neo4j-jars ## take the pictures of docs/browser.md from a real Neo4j Browser (needs chromium)
	@PYTHONPATH=. $(BIN)/python .ci/neo4j/pictures.py

handbook: setup ## take the pictures of docs/handbook from the real pages (needs chromium)
	@PYTHONPATH=. $(BIN)/python .ci/handbook_pictures.py

openapi: docs ## write docs/openapi.json (a generated part of docs/)

wheel: setup ## build the wheel, install it in an empty environment elsewhere, do the main job there
	@bash .ci/wheel

bench: setup ## measure every table of docs/performance.md, in a quarter of an hour (PARTS="parse,rest")
	@$(BIN)/python -m bench.run --only "$(PARTS)"

score: setup ## the extractor on the corpus under ZEREN_SHARED (default ../shared), beside the last committed score
	@if [ -f "$(ZEREN_SHARED)/corpus/score.py" ]; then \
	  $(BIN)/python bench/score.py; \
	else \
	  echo "!! THE SCORE DID NOT RUN: there is no $(ZEREN_SHARED)/corpus/score.py; set ZEREN_SHARED to the folder that holds corpus/." >&2; \
	  [ "$$CI" != true ]; \
	fi

hooks: setup ## look at each commit before it is made, with what CI runs (.ci/hooks)
	@git config core.hooksPath .ci/hooks

sbom: setup ## what the image is made of, for a scanner of weaknesses: build/zeren.cdx.json (CycloneDX)
	@mkdir -p build
	@$(BIN)/cyclonedx-py requirements requirements-service.lock --pyproject pyproject.toml --mc-type application \
	  --output-reproducible --output-format JSON --output-file build/zeren.cdx.json 2> /dev/null
	@echo "build/zeren.cdx.json: $$(grep -c '"purl"' build/zeren.cdx.json) packages"

# all but ray, which few need and whose wheel has 79 MB (docs/scale.md)
LOCKED_EXTRAS = $(shell $(BIN)/python -c 'import tomllib; print(*("--extra " + one for one in \
  tomllib.load(open("pyproject.toml", "rb"))["project"]["optional-dependencies"] if one != "ray"))')

lock: ## write the lock files anew from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv; install it with: pip install uv" >&2; exit 1; }
	@$(LOCK) $(LOCKED_EXTRAS) -o requirements.lock > /dev/null
	@$(LOCK) --extra word -c requirements.lock -o requirements-service.lock > /dev/null

check: lint types imports deps cypher-lint docs-check test ## all of the above that can fail

clean: ## remove what was made here, .venv included; the store stays
	@rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache $(LINTER)/node_modules

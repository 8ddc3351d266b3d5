# 常用：make run（建图并回答九问）、make test（全部测试）
# Most used: make run (build the graph, answer the nine questions), make test (all tests)
.DEFAULT_GOAL := run
.PHONY: run test lint bench lock wheel clean

SIZES ?= 1,10
LOCKS := requirements/build.lock pyproject.toml scripts/setup

run: .venv/.run
	@.venv/bin/zsgraph build
	@.venv/bin/zsgraph questions

test: .venv/.dev
	@scripts/system_packages
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/pytest -n logical --maxprocesses 8 --dist loadfile

lint: .venv/.dev
	.venv/bin/ruff format .
	.venv/bin/ruff check --fix .
	.venv/bin/mypy

bench: .venv/.dev
	@.venv/bin/zsgraph build 2>/dev/null
	@.venv/bin/python -m benchmarks $(SECTIONS) --sizes '$(SIZES)'

wheel: .venv/.dev
	.venv/bin/python -m build --no-isolation --wheel

.venv/.run: requirements/run.lock $(LOCKS)
	@scripts/setup run

.venv/.dev: requirements/dev.lock $(LOCKS)
	@scripts/setup dev

# Needs uv (https://docs.astral.sh/uv/); writes the lock files anew.
lock:
	uv pip compile requirements/build.in --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements/build.lock
	uv pip compile pyproject.toml --extra charts --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements/run.lock
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements/dev.lock

clean:
	rm -rf build dist .venv

# Nine targets; each installs what it needs first and is quick the second time.
SHELL := /bin/bash
.DEFAULT_GOAL := help
BIN := .venv/bin
LAB_DIR ?= $(HOME)/jupyter-oj
LAB_ARGS ?=

.PHONY: help lab demo test test-vm lint bench build clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

lab:  ## install what is missing, start JupyterLab with the sample problems and a live contest, print the address
	@scripts/bootstrap run
	@scripts/lab "$(LAB_DIR)" $(LAB_ARGS)

demo:  ## the whole stack without a browser: every jury submission through the HTTP API, expected and given verdicts
	@scripts/bootstrap run
	@$(BIN)/jupyter-oj demo $(DEMO_ARGS)

test: lint  ## install what is missing, run every check and every test
	@$(BIN)/python -m pytest $(TEST_ARGS)

test-vm:  ## judge on an ordinary host: a Debian guest with systemd, cgroup v2 and a user without root
	@scripts/test-vm $(VM_ARGS)

lint:  ## ruff, mypy strict, layers, eslint, prettier, stylelint
	@scripts/bootstrap test
	@scripts/lint

bench:  ## our judge beside bare execution; writes build/bench.json
	@scripts/bootstrap test
	@$(BIN)/python -m tests.bench.run $(BENCH_ARGS)

build:  ## wheel and sdist in dist/
	@scripts/bootstrap test
	@rm -rf dist && $(BIN)/python -m build --no-isolation --outdir dist .

clean:  ## remove the environment and everything built (not the sandbox's images, not your notebooks)
	@rm -rf .venv build dist jupyter_oj_extension/labextension labextension/node_modules labextension/lib

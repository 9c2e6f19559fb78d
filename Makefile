# Each target makes and uses .venv; nothing has to be installed first but Python 3.11 or newer, git and make.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
RUN := .venv/bin/python
PIP := $(RUN) -m pip --disable-pip-version-check

export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := site
.PHONY: site test check format serve bench install lock clean

site: .venv/installed
	$(RUN) -m mkdocs build --strict

test: .venv/installed
	$(RUN) -m pytest --numprocesses auto --dist worksteal

check: .venv/installed
	$(RUN) -m ruff format --check
	$(RUN) -m ruff check
	$(RUN) -m mypy

format: .venv/installed
	$(RUN) -m ruff format
	$(RUN) -m ruff check --fix

serve: .venv/installed
	$(RUN) -m mkdocs serve

bench: .venv/installed
	$(RUN) -m tests.bench

install: .venv/installed

# Needs uv on the PATH. The result holds for every platform and names no package index.
lock:
	uv pip compile --universal --generate-hashes --no-emit-index-url --upgrade \
		--python-version 3.11 --custom-compile-command 'make lock' \
		--group dev pyproject.toml -o requirements.txt

clean:
	rm -rf .venv .cache site

# The stamp is written last, so an installation that broke off is done again. setuptools goes first, out of the same
# lock: jieba has no wheel, and what builds it is then as fixed as everything else.
.venv/installed: requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo '需要 Python 3.11 以上版本；可指定執行檔：make PYTHON=/path/to/python3.12' >&2; exit 2; }
	@# One that works is kept: whoever is running from it is not pulled off. A Python upgrade leaves one without pip.
	$(PIP) --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	awk '/^[a-z]/ { keep = /^setuptools==/ } keep' requirements.txt > .venv/setuptools.txt
	$(PIP) install --quiet --require-hashes -r .venv/setuptools.txt
	$(PIP) install --quiet --require-hashes --no-build-isolation -r requirements.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	$(RUN) -m compileall -q plugins/qunju
	@touch $@

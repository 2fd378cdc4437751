#!/bin/sh
# Sets everything up and passes the tests. Arguments go to pytest.
set -eu
cd "$(dirname "$0")/.."
. scripts/setup.sh
set_up "[dev]"

PATH="$PWD/.venv/bin:$PATH"
ruff check .
ruff format --check .
mypy
exec pytest --numprocesses 2 --cov --cov-report term "$@"

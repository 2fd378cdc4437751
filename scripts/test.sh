#!/bin/sh
# Sets everything up and passes the tests. Arguments go to pytest.
set -eu
cd "$(dirname "$0")/.."
. scripts/setup.sh
if install_test_packages; then set_up "[card,dev]"; else set_up "[dev]"; fi

PATH="$PWD/.venv/bin:$PATH"
ruff check .
ruff format --check .
mypy
mypy --platform win32 esignctl
exec pytest --numprocesses 2 --cov --cov-report term "$@"

#!/bin/sh
# Writes constraints.txt: one version of everything that esignctl, its extras and its build need, on
# every system and Python from 3.11 on. Needs uv (https://docs.astral.sh/uv/).
set -eu
cd "$(dirname "$0")/.."
exec uv pip compile --quiet --universal --python-version 3.11 --all-extras --no-annotate \
    --custom-compile-command "scripts/lock.sh" --output-file constraints.txt "$@" pyproject.toml

#!/bin/sh
# Sets everything up and reconciles a shipped bank statement in a throw-away registry.
# Speaks Turkish; scripts/demo.sh en speaks English.
set -eu
cd "$(dirname "$0")/.."
. scripts/setup.sh
set_up ""

place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
trap 'exit 130' INT TERM
export ESIGNCTL_REGISTRY="$place/registry.db"
export ESIGNCTL_CONFIG=examples/esignctl.toml
export ESIGNCTL_LANG="${1:-tr}"
PATH="$PWD/.venv/bin:$PATH"

# exit code 1 says that something needs a person, which is what this shows
run() {
    printf '\n$ esignctl %s\n' "$*"
    esignctl "$@" || [ $? -eq 1 ]
}

run person import examples/people.xlsx
run application import examples/applications.xlsx
run reconcile examples/ziraat.xlsx
run application list --state paid
run reconcile examples/ziraat.xlsx

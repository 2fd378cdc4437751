# Sourced by the other scripts: makes .venv with what pyproject.toml and constraints.txt say.
# A second run finds nothing to do and takes no time.

say() { printf '%s\n' "$*" >&2; }

find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    say "No Python 3.11 or newer was found. Install one, on Debian or Ubuntu with: apt install python3"
    return 1
}

# Installs Debian or Ubuntu packages: as root, by sudo at a terminal, or not at all.
install_packages() {
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        as_root=sudo
        if [ ! -t 0 ]; then as_root="sudo -n"; fi
    fi
    export DEBIAN_FRONTEND=noninteractive
    if $as_root apt-get update -qq >&2 &&
        $as_root apt-get install -qq -y --no-install-recommends "$@" >&2; then
        return
    fi
    say "That did not work. Ask an administrator to install $*, then run this again."
    return 1
}

# Debian and Ubuntu keep the half of venv that brings pip in a package of its own.
install_venv_package() {
    package=$("$1" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    say "Python lacks its venv module; installing the package $package with apt-get ..."
    install_packages "$package"
}

# What the tests need beside Python packages (scripts/test-packages.txt). Fails where it cannot be
# had: those tests are skipped then, unless CI is set.
install_test_packages() {
    if ! command -v dpkg-query >/dev/null; then
        say "No Debian or Ubuntu: the tests with smart cards and of finished PDFs may be skipped."
        return 1
    fi
    missing=
    for package in $(sed 's/#.*//' scripts/test-packages.txt); do
        if ! dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed; then
            missing="$missing $package"
        fi
    done
    if [ -z "$missing" ]; then return; fi
    say "Installing with apt-get for the tests:$missing ..."
    # shellcheck disable=SC2086 # one word each
    install_packages $missing
}

make_venv() {
    if .venv/bin/python -c 'import pip' 2>/dev/null; then return; fi
    python=$(find_python)
    if ! "$python" -m ensurepip --version >/dev/null 2>&1; then install_venv_package "$python"; fi
    say "Making .venv with $("$python" --version) ..."
    rm -rf .venv
    "$python" -m venv .venv
}

# set_up "" for the program alone, set_up "[card,dev]" for the tests too
set_up() {
    wanted=$(cat pyproject.toml constraints.txt hatch_build.py esignctl/locale/*/LC_MESSAGES/*.po | cksum)
    stamp=.venv/esignctl-set-up$1
    make_venv
    if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
    say "Installing esignctl and what it needs into .venv ..."
    # the second name is what pip from 25.3 on reads for the build's own requirements
    PIP_CONSTRAINT=constraints.txt PIP_BUILD_CONSTRAINT=constraints.txt \
        .venv/bin/python -m pip install -qq --disable-pip-version-check --no-input \
        --editable ".$1" >&2
    echo "$wanted" >"$stamp"
}

# Sourced by bin/*: finds Python ≥ 3.11 and hands over to bin/lib. Everything else is written in Python.
lib=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$(dirname "$lib")")

# An interpreter is tried by running it: a name in PATH may be a shim with nothing behind it.
is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

for candidate in ${OCOP_PYTHON:-"${OCOP_VENV:-$root/.venv}/bin/python" \
    python3 python3.14 python3.13 python3.12 python3.11 python}; do
    if is_new_enough "$candidate"; then
        exec "$candidate" "$lib" "$@"
    fi
done

echo "Python 3.11 or newer is needed and none was found (found: $(python3 --version 2>&1 | head -n 1))." >&2
echo "Install one (Debian 12, Ubuntu 24.04: apt install python3 python3-venv) or name it in OCOP_PYTHON." >&2
exit 10

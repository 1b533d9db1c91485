#!/bin/sh
# Prints a Python from 3.11 on that can make virtual environments. A name on PATH is not enough: pyenv's shims are there
# for versions that are not chosen, and Debian's Python comes without ensurepip. So each one is asked.
good='import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'

places=$(printf '%s' "$PATH" | tr ':' '\n')
for name in python3.11 python3.12 python3.13 python3.14 python3 python; do
    for place in $places "${PYENV_ROOT:-$HOME/.pyenv}"/versions/*/bin; do
        if [ -x "$place/$name" ] && "$place/$name" -c "$good" 2>/dev/null; then
            printf '%s\n' "$place/$name"
            exit 0
        fi
    done
done
echo "Zuruf needs Python 3.11 or newer with the venv module (Debian, Ubuntu: apt-get install python3 python3-venv)." >&2
exit 1

#!/bin/sh
# Makes the hash-pinned requirement files anew from pyproject.toml, for every Python and platform at once.
# They name no index: whoever installs brings their own.
set -eu
cd "$(dirname "$0")/.."
lock() {
    out=$1
    shift
    uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url \
        --no-annotate --custom-compile-command requirements/lock.sh "$@" --output-file "requirements/$out" pyproject.toml
}
lock run.txt
lock all.txt --extra sandbox --extra dev
# The optional extra alone, as pyproject.toml has it: it goes beside what run.txt installs.
grep -o 'pillow-heif[^"]*' pyproject.toml |
    uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-emit-index-url --no-deps \
        --no-annotate --custom-compile-command requirements/lock.sh - --output-file requirements/heic.txt

#!/usr/bin/env bash
# Tests the whole workspace, with cargo-nextest where it is installed. Not the databases: see with-postgres.sh.
set -euo pipefail

if cargo nextest --version >/dev/null 2>&1; then
    exec cargo nextest run --workspace --locked
fi
exec cargo test --workspace --locked --lib --bins --tests

#!/bin/sh
# What a build needs before any Rust of ours can run: cargo, and a C compiler for the database engine inside.
set -eu

if ! command -v cargo >/dev/null; then
    echo 'cargo is missing: install Rust 1.95 or later first' >&2
    exit 1
fi

if command -v cc >/dev/null; then
    exit 0
fi

if ! command -v apt-get >/dev/null; then
    echo 'a C compiler is missing, and there is no apt-get to install one with' >&2
    exit 1
fi

sudo=
if [ "$(id -u)" -ne 0 ]; then
    sudo=sudo
fi
echo 'installing a C compiler'
$sudo env DEBIAN_FRONTEND=noninteractive apt-get update -qq
$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends gcc libc6-dev >/dev/null

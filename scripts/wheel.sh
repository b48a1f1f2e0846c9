#!/bin/sh
# Builds the Python wheel `btyd`, installs it beside numpy, pandas and polars, and tests it there.
# With LIFETIMES=<a checkout of lifetimes 0.11.3> its own tests run on `btyd.lifetimes` too.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
work=${CARGO_TARGET_DIR:-$root/target}/wheel
python=${PYTHON:-python3}

"$root/scripts/bootstrap.sh"
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if ! command -v apt-get >/dev/null; then
        echo 'Python with its venv module is missing, and there is no apt-get to install it with' >&2
        exit 1
    fi
    sudo=
    if [ "$(id -u)" -ne 0 ]; then
        sudo=sudo
    fi
    echo 'installing Python'
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3 python3-venv >/dev/null
fi

mkdir -p "$work"
if [ ! -x "$work/venv/bin/python" ]; then
    "$python" -m venv "$work/venv"
fi
in="$work/venv/bin"
"$in/python" -m pip install -q maturin numpy pandas polars pytest scipy

manifest=$root/python/btyd/Cargo.toml
cargo fmt --manifest-path "$manifest" --check
CARGO_TARGET_DIR="$work" cargo clippy -q --release --locked --manifest-path "$manifest" -- -D warnings

rm -rf "$work/dist"
CARGO_TARGET_DIR="$work" "$in/maturin" build -q --release --locked \
    --manifest-path "$manifest" --interpreter "$in/python" --out "$work/dist"
"$in/python" -m pip install -q --force-reinstall --no-deps "$work"/dist/*.whl

cd "$root/python/btyd/tests"
export PYTHONDONTWRITEBYTECODE=1
"$in/python" -m pytest -p no:cacheprovider .

if [ -n "${LIFETIMES:-}" ]; then
    "$in/python" run_lifetimes.py "$LIFETIMES" "$work/lifetimes"
else
    echo "lifetimes' own tests left out: name a checkout of them, make wheel LIFETIMES=<folder>"
fi
ls "$work"/dist/*.whl

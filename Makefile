# Run `make` alone to see what there is.

# Where `make run` keeps what it knows, and more words for `mainstay serve`, such as ARGS='--listen 127.0.0.1:9000'.
DATA ?= data
ARGS ?=

.PHONY: show run test soak fmt clean-data

show:
	@echo 'make run         build Mainstay and start it; it prints where to sign in'
	@echo 'make test        install what the tests miss, then run every check and test'
	@echo 'make soak        what takes hours: a thousand kills of each kind on each engine, long files'
	@echo 'make bench       measure, beside what the same work costs without Mainstay (docs/performance.md)'
	@echo 'make tour        take the pictures of docs/tour.md anew from the running program'
	@echo 'make wheel       build and test the Python package btyd (python/btyd)'
	@echo 'make fmt         format the code'
	@echo 'make clean-data  remove what `make run` has stored, after asking'

run:
	@scripts/bootstrap.sh
	cargo run -p mainstay -- serve --data $(DATA) $(ARGS)

test:
	@scripts/bootstrap.sh
	cargo xtask test

soak:
	@scripts/bootstrap.sh
	cargo xtask test soak

fmt:
	cargo fmt --all

clean-data:
	@scripts/forget.sh $(DATA)

# LIFETIMES names a checkout of lifetimes 0.11.3, whose own tests then run on `btyd.lifetimes` too.
LIFETIMES ?=

.PHONY: wheel

wheel:
	@LIFETIMES='$(LIFETIMES)' scripts/wheel.sh

.PHONY: tour

tour:
	@scripts/bootstrap.sh
	cargo build -p mainstay
	@test -e browser/node_modules || npm --prefix browser ci
	MAINSTAY_PROGRAM="$$(realpath "$${CARGO_TARGET_DIR:-target}")/debug/mainstay" node browser/tour.js

# Where `make bench` keeps the made-up house of 1,000,000 accounts (about 3 GB) between two runs.
BENCH_DATA ?= target/bench-house
BENCH_PROGRAMS = $${CARGO_TARGET_DIR:-target}/release

.PHONY: bench

bench:
	@scripts/bootstrap.sh
	cargo build --release -p mainstay -p benches
	nice $(BENCH_PROGRAMS)/bench-import
	nice $(BENCH_PROGRAMS)/bench-decide
	nice $(BENCH_PROGRAMS)/bench-records
	nice $(BENCH_PROGRAMS)/bench-house --data $(BENCH_DATA)
	nice $(BENCH_PROGRAMS)/bench-serve --data $(BENCH_DATA)

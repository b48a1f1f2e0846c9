# Run `make` alone to see what there is.

# Where `make run` keeps what it knows, and more words for `mainstay serve`, such as ARGS='--listen 127.0.0.1:9000'.
DATA ?= data
ARGS ?=

.PHONY: show run test fmt clean-data

show:
	@echo 'make run         build Mainstay and start it; it prints where to sign in'
	@echo 'make test        install what the tests miss, then run every check and test'
	@echo 'make fmt         format the code'
	@echo 'make clean-data  remove what `make run` has stored, after asking'

run:
	@scripts/bootstrap.sh
	cargo run -p mainstay -- serve --data $(DATA) $(ARGS)

test:
	@scripts/bootstrap.sh
	cargo xtask test

fmt:
	cargo fmt --all

clean-data:
	@scripts/forget.sh $(DATA)

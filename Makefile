# The commands of the project. `make help` lists them.
.DEFAULT_GOAL := help
# Where tools/bootstrap puts Node.js if the machine's own is too old.
export PATH := $(CURDIR)/build/node/bin:$(PATH)
.PHONY: help demo test build dev unit bench tidy asan tsan format bootstrap clean

help: ## list these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

demo: build ## play the whole story on a private stack and stay up (ONCE=1: exit after the story)
	@tools/demo $(if $(ONCE),--once)

test: build ## format, layers, protos and every test; what continuous integration runs
	@tools/check
	@ctest --preset all --no-tests=error -j2

build: bootstrap ## release build of everything
	@cmake --preset release > build/configure.log 2>&1 || (cat build/configure.log; exit 1)
	@cmake --build --preset release

dev: bootstrap ## debug build of everything
	@cmake --preset dev && cmake --build --preset dev

unit: build ## the unit tests alone
	@ctest --preset unit

bench: build ## measure beside the Node peer on a private stack
	@tests/bench/run

tidy: bootstrap ## clang-tidy on every file
	@cmake --preset tidy && cmake --build --preset tidy

asan: bootstrap ## unit tests under the address and undefined behaviour sanitizers
	@cmake --preset asan && cmake --build --preset asan && ctest --preset asan

tsan: bootstrap ## unit tests under the thread sanitizer
	@cmake --preset tsan && cmake --build --preset tsan && ctest --preset tsan

format: ## format the C++ and the protos in place
	@git ls-files '*.cc' '*.h' | xargs -r clang-format -i
	@cd protos && ../node_modules/.bin/buf format -w

bootstrap: ## install every Debian and npm package that is missing
	@mkdir -p build
	@tools/bootstrap

clean: ## remove everything built
	@rm -rf build

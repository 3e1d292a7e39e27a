# A runner of short scripts. Every target first sees to it that what it needs is
# installed, so that each of them works on a fresh machine; pack needs Go alone,
# for a store's reviewer builds it too.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
export GOFLAGS := -mod=readonly -buildvcs=false

PACK := go run ./internal/cmd/pack

.PHONY: help setup build pack demo screenshots gateway web web-test test nightly size vulncheck bench bench-gateway bench-web clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## /\1\t/p' Makefile | while IFS=$$'\t' read -r name text; do printf '  make %-13s %s\n' "$$name" "$$text"; done

setup: ## check what is needed and install what is missing
	@internal/cmd/setup/setup.sh

build: setup ## build the extension: build/chromium, and for the sandbox build/chromium-development and build/firefox-development
	@$(PACK) -out build/chromium
	@$(PACK) -out build/chromium-development -development
	@$(PACK) -browser firefox -out build/firefox-development -development

pack: ## make what is published, in build/: a package for each store, source, SBOM, hashes
	@$(PACK) -browser chromium
	@$(PACK) -browser firefox
	@go run ./internal/cmd/release

demo: build ## do the rep's job in a real Chromium; DEMO=window leaves the window open
	@DEMO=$(DEMO) go run ./internal/cmd/demo

screenshots: build ## take a picture of every state of every page, in build/screenshots; ARGS, such as -only popup-known
	@go run ./internal/cmd/screenshots $(ARGS)

gateway: ## serve the team's gateway here; APOLLO_API_KEY holds the team's key, ARGS further flags
	@go run ./internal/cmd/gateway serve -db dealmark.db -metrics 127.0.0.1:9464 $(ARGS)

web: setup ## build the team gateway's Worker: build/web, from where "wrangler deploy" takes it
	@web/build.sh

web-test: web build ## the Worker's tests, in workerd with D1, without a network
	@node --test web/test/*.test.js
	@go test -count=1 -timeout=10m ./web

test: setup ## run every check: format, vet, tests natively and under js, types, browser
	@internal/cmd/setup/setup.sh firefox
	@go run ./internal/cmd/check

nightly: setup ## run the checks that take hours, with a summary; ARGS="-seeds 20000 -fuzz 10s -faults 20" for less
	@internal/cmd/setup/setup.sh firefox
	@go run ./internal/cmd/check -nightly $(ARGS)

size: pack ## hold each part of the package against its budget, and say what fills the WebAssembly
	@go run ./internal/cmd/size

vulncheck: setup ## look for known vulnerabilities in what is linked, and at the signatures of what npm installed; needs the network, or VULNDB
	@GOBIN=$(CURDIR)/build/tools go install golang.org/x/vuln/cmd/govulncheck@v1.9.0
	@build/tools/govulncheck $(if $(VULNDB),-db $(VULNDB)) ./...
	@GOOS=js GOARCH=wasm build/tools/govulncheck $(if $(VULNDB),-db $(VULNDB)) ./wasm/... ./web/...
	@cd extension && npm audit signatures
	@cd web && npm audit signatures

bench: build ## measure the opening of the popup in a real Chromium
	@go run ./internal/cmd/bench

bench-gateway: ## measure the gateway with SQLite: 1,000 against 100,000 opportunities, one core, many reps
	@go run ./internal/cmd/gatewaybench

bench-web: web ## measure the Worker: the pool of programs beside a new program for each request, and JavaScript
	@node web/test/bench.js

clean: ## remove what was built and installed here
	@rm -rf build extension/node_modules web/node_modules

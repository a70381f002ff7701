# One word for each thing one does here; scripts/ has what is behind it.

.PHONY: run dev check test bench screenshots size dist clean

run: ## Start the console with demo data. PORT, DATA; NETBIRD, ISSUER, CLIENT_ID for a real server
	@scripts/run

dev: ## Build on every change and serve the result. PORT, DATA
	@scripts/dev

check: ## Format, lints and tests of the pure core: under 20 seconds
	@scripts/check

test: ## Everything, from formatting to the journeys in a real browser
	@scripts/test

bench: ## Measure the list of users against a bare page and against the last time; the result goes into docs/bench/
	@scripts/bench --store

screenshots: ## The pictures of docs/screenshots, from the demo data
	@scripts/screenshots

size: ## What a first visit downloads
	@node scripts/size.mjs dist

dist: ## Release in dist/ with checksums and a list of what is in it, stand-in server in target/release/standin
	@scripts/dist

clean: ## Remove what was built here; the tools in the cache and the stand-in's data stay
	rm -rf target dist .build tests/e2e/node_modules

#!/usr/bin/env bash
# Builds the Worker into a folder that "wrangler deploy" takes: the Go program, the
# JavaScript around it, the toolchain's own wasm_exec.js, the migrations and the
# configuration. The same commit gives the same bytes. D1_DATABASE_ID is the
# database's id, as "wrangler d1 create" says it; without it the folder is for tests.
set -euo pipefail
cd "$(dirname "$0")/.."
out=build/web
budget=2500000 # bytes after gzip; Workers takes 3 MB, 10 on the paid plan

version=$(git describe --tags --always --dirty 2>/dev/null || echo development)

rm -rf "$out"
mkdir -p "$out/worker" "$out/migrations"
GOOS=js GOARCH=wasm go build -mod=readonly -trimpath -buildvcs=false -ldflags="-s -w -buildid= -X main.version=$version" -o "$out/worker/worker.wasm" ./web
cp web/entry/*.js "$(go env GOROOT)/lib/wasm/wasm_exec.js" "$out/worker/"
cp internal/gateway/migrations/*.sql "$out/migrations/"
cp web/wrangler.jsonc "$out/"
if [ -n "${D1_DATABASE_ID:-}" ]; then
  sed -i "s/00000000-0000-0000-0000-000000000000/$D1_DATABASE_ID/" "$out/wrangler.jsonc"
fi

raw=$(wc -c <"$out/worker/worker.wasm")
packed=$(cat "$out"/worker/* | gzip -9 | wc -c)
echo "$out: worker.wasm $raw bytes; the Worker $packed after gzip, of $budget"
if [ "$packed" -gt "$budget" ]; then
  echo "web: $((packed - budget)) bytes too many; look what \"GOOS=js GOARCH=wasm go list -deps ./web\" has now" >&2
  exit 1
fi

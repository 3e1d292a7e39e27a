#!/usr/bin/env bash
# Checks that what the Makefile's targets need is there, and installs what is
# missing where it can: Debian's packages as root, the npm packages of the lock
# file, the Go modules. A shell script, because on a fresh machine the Go
# modules are among the things that may be missing. Quick when all is there.
set -euo pipefail
cd "$(dirname "$0")/../../.."

say() { echo "setup: $*" >&2; }
has() { command -v "$1" >/dev/null 2>&1; }

has_chromium() {
  [ -n "${CHROMIUM:-}" ] || [ -x /usr/lib/chromium/chromium ] || has chromium || has chromium-browser
}

for tool in go node npm; do
  has "$tool" || { say "$tool is missing: install Go 1.26, Node 20 and npm"; exit 1; }
done

if [ -n "${CHROMIUM:-}" ] && ! has "$CHROMIUM"; then
  say "CHROMIUM is set to $CHROMIUM, which is no program: correct it, or unset it"
  exit 1
fi

# Debian has the languages of its Chromium in a package of their own.
has_languages() { [ -n "${CHROMIUM:-}" ] || [ ! -x /usr/lib/chromium/chromium ] || [ -e /usr/lib/chromium/locales/de.pak ]; }

has_firefox() { [ -n "${FIREFOX:-}" ] || has firefox-esr || has firefox; }

# The race detector links C. Only the tests need Firefox and other languages, and say so.
packages=()
has_chromium || packages+=(chromium)
if [ "${1:-}" = firefox ]; then
  has_firefox || packages+=(firefox-esr)
  has_chromium && has_languages || packages+=(chromium-l10n)
fi
has "$(go env CC)" || packages+=(gcc libc6-dev)
if [ ${#packages[@]} -gt 0 ]; then
  if ! has apt-get || [ "$(id -u)" -ne 0 ]; then
    say "missing: ${packages[*]}. Install them (and set CHROMIUM and FIREFOX to their paths where they are not in PATH)"
    exit 1
  fi
  say "installing ${packages[*]} (a minute or two)"
  export DEBIAN_FRONTEND=noninteractive
  log=$(mktemp)
  trap 'rm -f "$log"' EXIT
  { apt-get update && apt-get install -y --no-install-recommends "${packages[@]}"; } </dev/null >"$log" 2>&1 || {
    cat "$log" >&2
    say "apt-get could not install ${packages[*]}"
    exit 1
  }
fi

# npm ci empties node_modules first, so the copy of the lock file is there only
# after an installation that went through.
for folder in extension web; do
  if ! cmp -s $folder/package-lock.json $folder/node_modules/.installed-lock.json; then
    say "installing the npm packages of $folder/package-lock.json"
    npm --prefix $folder ci --no-audit --no-fund --loglevel=error </dev/null >/dev/null
    cp $folder/package-lock.json $folder/node_modules/.installed-lock.json
  fi
done

go mod download

#!/bin/sh
# Sees to a Chromium for the browser tests: the system's, else (as root, where apt-get is) Debian's package, else
# Playwright's own. Never fails: the tests themselves say what was left out for want of it.
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests with apt-get" >&2
    if (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium) \
        >/dev/null 2>&1; then
        exit 0
    fi
fi
browser='from playwright.sync_api import sync_playwright as s
with s() as p: print(p.chromium.executable_path)'
found=$(.venv/bin/python -c "$browser" 2>/dev/null)
[ -n "$found" ] && [ -x "$found" ] && exit 0
echo "Fetching Playwright's Chromium for the browser tests" >&2
timeout 600 .venv/bin/playwright install chromium >/dev/null 2>&1 ||
    echo "No Chromium can be had: the browser tests will be left out." >&2
exit 0

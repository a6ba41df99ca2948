#!/usr/bin/env bash
# Sees to it that there is a Chromium for the journeys: does nothing where there is one, installs Debian's as root.
# Not for other systems: there, CHROMIUM names the browser.
set -euo pipefail

if [ -x "${CHROMIUM:-/usr/bin/chromium}" ]; then
    exit 0
fi
if [ -n "${CHROMIUM:-}" ] || [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "$0: no Chromium found; install it (Debian: chromium), or let CHROMIUM name it" >&2
    exit 1
fi
{
    apt-get update
    DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
        chromium fonts-noto-color-emoji fonts-wqy-zenhei fonts-liberation2
} >&2

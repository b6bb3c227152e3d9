#!/usr/bin/env bash
# Installs the Debian packages that some tests use, where it may; says which tests are skipped where it may not.
set -u

declare -A WHY=(
  [chromium]="browser tests (tests/channels/browser)"
  [fonts-noto-cjk]="Chinese text in the screenshots of browser tests"
  [postgresql]="the store on PostgreSQL"
  [redis-server]="two desk processes side by side"
  [poppler-utils]="reading the PDF back with a second reader"
  [openjdk-17-jdk-headless]="every test on a real Elasticsearch"
  [docker-compose]="the check of docker/compose.yml by its own reader"
  [maven]="every test on a real Elasticsearch"
  [sip-tester]="the telephone called by sipp (tests/voice/telephony/outside)"
  [baresip-core]="the telephone called by a real softphone"
  [espeak-ng]="the telephone's voice of last resort"
  [kamailio]="the telephone behind a SIP proxy"
)

missing=()
for package in "${!WHY[@]}"; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "Installing for the tests: ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null && exit 0
  echo "Installation failed; the tests below may be skipped."
fi
for package in "${missing[@]}"; do
  echo "Not installed: $package — without it: ${WHY[$package]}. To install: sudo apt-get install $package"
done
exit 0

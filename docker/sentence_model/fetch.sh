#!/usr/bin/env bash
# Fetches the sentence model where it is not there yet (16 MB, Maven's repository) and holds it against its sums.
# Without it the service works and understands a little less: the message says what it costs.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
target=$here/target

say() { echo "sentence model: $*" >&2; }
whole() { (cd "$target" 2>/dev/null && sha256sum --check --quiet "$here/sums" 2>/dev/null); }

(
  flock 9 # two builds may want it at once
  whole && exit 0
  command -v mvn >/dev/null \
    || { say "not fetched: needs Maven (Debian: apt-get install maven). About two areas of law in a hundred are told worse"; exit 1; }
  say "fetching from Maven's repository (16 MB) …"
  rm -rf "$target"
  # offline first: the second build on a machine needs no network
  mvn -q -B -o -f "$here/pom.xml" compile >/dev/null 2>&1 || mvn -q -B -f "$here/pom.xml" compile >&2 \
    || { say "not fetched; Maven's message is above"; exit 1; }
  rm -rf "$target/dependency-maven-plugin-markers"
  whole || { say "what came has not the sums of $here/sums; it is removed"; rm -rf "$target"; exit 1; }
) 9<"$here/pom.xml"

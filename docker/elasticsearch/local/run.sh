#!/usr/bin/env bash
# Builds the local Elasticsearch node where it is out of date and runs it in the foreground; `build` only builds.
# ES_PORT (9200), ES_DATA (DATA_DIR/elasticsearch) and ES_HEAP (1g) change where, on what and with how much memory;
# ES_JAVA_OPTS, as in the official image, adds options of the JVM.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
target=$here/target
stamp=$target/built

say() { echo "elasticsearch: $*" >&2; }

java=${JAVA_HOME:+$JAVA_HOME/bin/}java
command -v "$java" >/dev/null \
  || { say "needs Java 17 or newer; there is none (Debian: apt-get install openjdk-17-jdk-headless)"; exit 1; }
version=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/.*java.specification.version = //p')
case $version in
  1.* | [1-9] | 1[0-6] | '') say "needs Java 17 or newer; $(command -v "$java") is ${version:-unreadable}"; exit 1 ;;
esac

build() {
  command -v mvn >/dev/null || { say "needs Maven to be built (Debian: apt-get install maven)"; exit 1; }
  say "building from Maven's repository (some 45 MB the first time) …"
  rm -rf "$target"
  # offline first: the second build on a machine needs no network
  mvn -q -B -o -f "$here/pom.xml" compile >/dev/null 2>&1 || mvn -q -B -f "$here/pom.xml" compile >&2 \
    || { say "build failed; Maven's message is above"; exit 1; }
  touch "$stamp"
}

(
  flock 9 # two test processes may want it at once
  if [ ! -e "$stamp" ] || [ -n "$(find "$here/pom.xml" "$here/src" -newer "$stamp" -print -quit)" ]; then build; fi
) 9<"$here/pom.xml"
[ "${1:-}" = build ] && exit 0

port=${ES_PORT:-9200}
[[ $port =~ ^[0-9]{1,5}$ && $port -ge 1 && $port -le 65535 ]] \
  || { say "ES_PORT must be a port number, not '$port'"; exit 1; }
data=${ES_DATA:-${DATA_DIR:-$root/var}/elasticsearch}
heap=${ES_HEAP:-1g}
exec "$java" -Xms"$heap" -Xmx"$heap" -XX:+ExitOnOutOfMemoryError -Djava.awt.headless=true -Dfile.encoding=UTF-8 \
  ${ES_JAVA_OPTS:-} \
  -Dlog4j2.configurationFile="$here/log4j2.properties" -Dlog4j2.disable.jmx=true -Dlog4j.shutdownHookEnabled=false \
  -Des.path.home="$target/home" -Des.path.conf="$target/home/config" \
  -Dio.netty.noUnsafe=true -Dio.netty.noKeySetOptimization=true -Des.set.netty.runtime.available.processors=false \
  --module-path "$target/lib" --add-modules ALL-MODULE-PATH --class-path "$target/classes" \
  faxian.LocalNode "$target/home" "$data" "$port"

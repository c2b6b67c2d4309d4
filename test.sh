#!/usr/bin/env bash
# Installs what the tests need, builds everything, runs all tests and sums them up.
# Under CI=true a skipped test is a failure; elsewhere a test whose component is missing is skipped with the reason.
set -uo pipefail
cd "$(dirname "$0")"

export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
configuration=${CONFIGURATION:-Release}
results=artifacts/test-results

# Node judges the HCL that a sample writes: a real parser that nobody here wrote.
if ! command -v npm >/dev/null && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  apt-get update -qq && apt-get install -y -qq nodejs npm
fi
if command -v npm >/dev/null; then
  for package in tests/*/package.json tests/*/*/package.json; do
    [ -f "$package" ] && [[ $package != *node_modules* ]] && timeout 300 npm ci --no-audit --no-fund --loglevel=error --prefix "$(dirname "$package")"
  done
fi

timeout 1200 dotnet build CloudSage.PluginHost.sln --configuration "$configuration" --nologo --verbosity quiet || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

rm -rf "$results"
broken=0
for project in tests/*/*.csproj; do
  grep -q Microsoft.NET.Test.Sdk "$project" || continue
  name=$(basename "$project" .csproj)
  timeout 1200 dotnet test "$project" --configuration "$configuration" --no-build --nologo --verbosity quiet \
    --logger "trx;LogFileName=$name.trx" --results-directory "$results" || broken=1
  [ -f "$results/$name.trx" ] || { echo "$name left no results." >&2; broken=1; }
done

# The sum, from the results themselves: total, passed, failed; whatever is neither was skipped.
read -r total passed failed < <(cat "$results"/*.trx 2>/dev/null | grep -o '<Counters [^>]*' | awk '
  function count(name) { return match($0, " " name "=\"[0-9]+\"") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4) : 0 }
  { total += count("total"); passed += count("passed"); failed += count("failed") + count("error") + count("timeout") + count("aborted") }
  END { print total + 0, passed + 0, failed + 0 }')
skipped=$((total - passed - failed))
[ "$broken" = 1 ] && [ "$failed" = 0 ] && failed=1

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ] && { [ "${CI:-}" != true ] || [ "$skipped" = 0 ]; }

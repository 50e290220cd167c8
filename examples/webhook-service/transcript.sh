#!/usr/bin/env bash
# Runs the programs through a rotation and the day after it, and prints what a person would see, with
# the values that differ from run to run replaced by names.
#
#   transcript.sh           prints the transcript
#   transcript.sh --check   fails if it is not the one in README.md
#   transcript.sh --write   puts it into README.md
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

if ! command -v curl >/dev/null; then
    echo "SKIPPED: there is no curl here, so the transcript was not made"
    exit 0
fi
cargo build --locked --quiet --package webhook-service
PATH=$(realpath "${CARGO_TARGET_DIR:-../../target}")/debug:$PATH

readme=$PWD/README.md
service=127.0.0.1:18431
receiver=127.0.0.1:18432
start=1767225600
directory=$(mktemp -d)
server=
listener=
# shellcheck disable=SC2064 # the directory is known now
trap "stop \$listener; stop \$server; rm -rf '$directory'" EXIT

export WEBHOOK_SERVICE_DB=$directory/db
export WEBHOOK_SERVICE_CLOCK_FILE=$directory/clock
WEBHOOK_SERVICE_KEY=$(od -An -v -tx1 -N32 /dev/urandom | tr -d ' \n')
export WEBHOOK_SERVICE_KEY

# stop PROCESS...: ends what this script has started.
stop() {
    [ $# = 0 ] || { kill "$@" && wait "$@" || true; } 2>/dev/null
}

# The names of values, as a script for sed. What has no name by then is named by its shape.
names=$directory/names
name() { echo "s|$1|<$2>|g" >>"$names"; }

# value NAME: what the last command has printed under this name.
value() { sed -n "s/^$1 //p" "$directory/out"; }

# run COMMAND...: shows a command and what it prints.
run() {
    local word line='$'
    for word in "$@"; do
        case $word in *' '*) line+=" '$word'" ;; *) line+=" $word" ;; esac
    done
    echo "$line"
    "$@" | tee "$directory/out"
}

# await FILE COUNT: waits until a file has this many lines.
await() {
    for _ in $(seq 300); do
        [ "$(wc -l <"$1")" -lt "$2" ] || return 0
        sleep 0.1
    done
    echo "nothing happens: $1 has $(wc -l <"$1") lines" >&2
    return 1
}

# listen FILE: a receiver that knows the secrets in this file, in place of the one before.
listen() {
    stop $listener
    echo "\$ webhook-service listen --listen $receiver --secrets $1 &"
    : >"$directory/received"
    (cd "$directory" && exec webhook-service listen --listen "$receiver" --secrets "$1") >>"$directory/received" &
    listener=$!
    await "$directory/received" 1
    cat "$directory/received"
}

# deliver NAME: sends an event, and shows what the receiver makes of it.
deliver() {
    local lines
    lines=$(wc -l <"$directory/received")
    run webhook-service webhook test "$webhook"
    name "$(value event)" "$1"
    await "$directory/received" $((lines + 1))
    tail -n +$((lines + 1)) "$directory/received" | sed 's/^/receiver: /'
}

# tell SECONDS: sets the clock.
tell() {
    echo "\$ echo $1 > clock"
    echo "$1" >"$directory/clock"
}

session() {
    echo $start >"$directory/clock"

    echo "# A project and a webhook. The key and the secret are shown now and never again."
    run webhook-service project create Rowing
    project=$(value project) key=$(value api-key)
    name "$project" project && name "$key" api-key
    run webhook-service webhook create --project "$project" --url "http://$receiver/" \
        --event task.completed --allow-http-loopback
    webhook=$(value webhook) first=$(value secret)
    name "$webhook" webhook && name "$first" secret-1

    echo
    echo "# The service, and a receiver that knows this secret."
    echo "\$ webhook-service serve --listen $service --allow-http-loopback &"
    : >"$directory/served"
    webhook-service serve --listen "$service" --allow-http-loopback >>"$directory/served" 2>"$directory/log" &
    server=$!
    await "$directory/served" 1
    cat "$directory/served"
    echo "\$ echo $first > old"
    echo "$first" >"$directory/old"
    listen old
    deliver event-1

    echo
    echo "# A new secret. The one before it stays valid for 24 hours."
    run curl -sS -X POST -H "anchor-api-key: $key" "http://$service/v1/webhooks/$webhook/rotate-secret"
    echo
    second=$(sed -n 's/.*"secret":"\([0-9a-f]*\)".*/\1/p' "$directory/out")
    name "$second" secret-2

    echo
    echo "# Deliveries have both signatures now: with the old secret they verify,"
    deliver event-2
    echo
    echo "# and with the new one."
    echo "\$ echo $second > new"
    echo "$second" >"$directory/new"
    listen new
    deliver event-3

    echo
    echo "# One second less than 24 hours later, by the clock that the programs go by, the old one is"
    echo "# still valid,"
    listen old
    tell $((start + 24 * 60 * 60 - 1))
    deliver event-4
    echo
    echo "# and another second later it is not."
    tell $((start + 24 * 60 * 60))
    deliver event-5
    echo
    echo "# What knows the new one does not notice."
    listen new
    deliver event-6
    echo
    echo "# A refusal is an answer that no other attempt would change."
    for _ in $(seq 100); do
        webhook-service events | grep -q pending || break
        sleep 0.1
    done
    run webhook-service events
}

# In this shell, so that what it starts is ended at the end.
session >"$directory/session"
sed -f "$names" -e 's/v1=[0-9a-f]\{64\}/v1=<signature>/g' \
    -e 's/^[0-9a-f-]\{36\} </<delivery> </' "$directory/session" >"$directory/transcript"

# README.md with this transcript in its block.
replace() {
    awk -v file="$directory/transcript" '
        !inside { print }
        /^```console transcript$/ { inside = 1; while ((getline line < file) > 0) print line }
        inside && /^```$/ { inside = 0; print }
    ' "$readme"
}

if ! grep -q '^```console transcript$' "$readme"; then
    echo "there is no place for the transcript in $readme" >&2
    exit 1
fi
case ${1:-} in
--check) replace | diff -u "$readme" - && echo "the transcript is the one in README.md" ;;
--write) replace >"$directory/readme" && cp "$directory/readme" "$readme" ;;
*) cat "$directory/transcript" ;;
esac

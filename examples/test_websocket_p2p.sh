#!/bin/sh
# usage: examples/test_websocket_p2p.sh
#
# Starts three nodes of examples/p2p_websocket_demo.rl, linked in a line node1 - node2 - node3, and checks local calls, remote
# calls, calls over two hops, what the registries show, a batch under load, and the loss and return of the middle node.
# Exits 1 on a wrong answer.
# RELAY names the binary to test, when it is not the one of this folder.
set -u
here=$(cd -- "$(dirname -- "$0")" && pwd)
folder=$(mktemp -d)
checks=0
failures=0
pids=""
trap 'for pid in $pids; do kill "$pid" 2>/dev/null; done; wait 2>/dev/null; rm -rf "$folder"' EXIT

# start NAME PORT [FLAG...]: a node; PORT 0 picks a free one. Sets $pid and $url.
start() {
  name=$1 port=$2
  shift 2
  : >"$folder/$name.log"
  "${RELAY:-$here/../relay}" "$here/p2p_websocket_demo.rl" -server -host 127.0.0.1 -port "$port" -node-id "$name" \
    -discovery-interval 1 "$@" 2>"$folder/$name.log" &
  pid=$!
  pids="$pids $pid"
  # The first start may build Relay; after that it takes milliseconds.
  until url=$(sed -n 's/.*listening on \(http[^ ]*\).*/\1/p' "$folder/$name.log") && [ -n "$url" ]; do
    if ! kill -0 "$pid" 2>/dev/null; then
      cat "$folder/$name.log" >&2
      exit 1
    fi
    sleep 0.05
  done
  until curl -sf "$url/health" >/dev/null; do sleep 0.05; done
}

# check NAME PATTERN ANSWER: the answer has the pattern (grep -E).
check() {
  checks=$((checks + 1))
  if printf '%s' "$3" | grep -Eq -- "$2"; then
    printf 'ok    %s\n' "$1"
  else
    failures=$((failures + 1))
    printf 'WRONG %s\n      expected %s\n      got      %s\n' "$1" "$2" "$3"
  fi
}

# eventually NAME PATTERN COMMAND...: the command's output comes to have the pattern within 60 s.
eventually() {
  what=$1 pattern=$2
  shift 2
  tries=0
  until "$@" | grep -Eq -- "$pattern"; do
    tries=$((tries + 1))
    if [ $tries -gt 600 ]; then break; fi
    sleep 0.1
  done
  check "$what" "$pattern" "$("$@")"
}

rpc() { curl -sS -X POST "$1/rpc" -H "Content-Type: application/json" -d "$2"; }
# remote URL NODE SERVER METHOD ARGS
remote() {
  rpc "$1" "{\"jsonrpc\": \"2.0\", \"method\": \"remote_call\", \"params\": {\"node_id\": \"$2\", \"server_name\": \"$3\",
    \"method\": \"$4\", \"args\": $5, \"timeout\": 10}, \"id\": 1}"
}

start node1 0
url1=$url
start node2 0 -add-peer "$url1"
url2=$url pid2=$pid
start node3 0 -add-peer "$url2"
url3=$url

check "a local call" '"result":5' "$(rpc "$url1" '{"jsonrpc": "2.0", "method": "counter_server.increment", "params": [5], "id": 1}')"
eventually "a remote call" '"result":0' remote "$url1" node2 counter_server get_count '[]'
check "it changes the other node" '"result":7' "$(remote "$url1" node2 counter_server increment '[7]')"
check "and not this one" '"result":5' "$(rpc "$url1" '{"jsonrpc": "2.0", "method": "counter_server.get_count", "id": 1}')"
eventually "a call over two hops" '"result":0' remote "$url1" node3 counter_server get_count '[]'
check "a task for node3 over node2" '"distributed_task"' "$(remote "$url1" node3 task_server add_task '["distributed_task", {"priority": 1}]')"
check "and back the other way" '"result":5' "$(remote "$url3" node1 counter_server get_count '[]')"
check "a name of three parts" '"result":7' "$(rpc "$url3" '{"jsonrpc": "2.0", "method": "node2.counter_server.get_count", "id": 1}')"

eventually "node1 sees the servers of node3" '"node3.task_server"' curl -sS "$url1/registry/servers"
check "node2 has two peers" '"node1".*"node3"' "$(curl -sS "$url2/registry/peers")"
check "a line stays a line" '"peer_count":1' "$(curl -sS "$url1/registry/health")"

batch="["
n=0
while [ $n -lt 500 ]; do
  [ $n -gt 0 ] && batch="$batch,"
  n=$((n + 1))
  batch="$batch{\"jsonrpc\":\"2.0\",\"method\":\"node3.counter_server.increment\",\"id\":$n}"
done
check "a batch of 500 over two hops" '"result":501,"id":500\}\]$' "$(rpc "$url1" "$batch]")"

kill "$pid2"
wait "$pid2" 2>/dev/null
eventually "without node2 there is no way, and it says so" '"kind":"(no_route|unknown_node)"' remote "$url1" node3 counter_server get_count '[]'
start node2 "${url2##*:}" -add-peer "$url1"
eventually "node2 is back, and so is the way" '"result":501' remote "$url1" node3 counter_server get_count '[]'

printf '%d checks, %d wrong\n' "$checks" "$failures"
[ "$failures" -eq 0 ]

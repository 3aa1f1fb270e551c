#!/bin/sh
# usage: examples/test_http_api.sh [URL]
#
# Tries the HTTP API of examples/blog_server.rl and checks each answer. With a URL it asks that node, which must
# have just been started; without one it starts a node of its own on a free port. Exits 1 on a wrong answer.
set -u
here=$(cd -- "$(dirname -- "$0")" && pwd)
checks=0
failures=0

if [ $# -gt 0 ]; then
  url=${1%/}
else
  log=$(mktemp)
  "$here/../relay" "$here/blog_server.rl" -server -host 127.0.0.1 -port 0 2>"$log" &
  node=$!
  trap 'kill "$node" 2>/dev/null; wait "$node" 2>/dev/null; rm -f "$log"' EXIT
  # The first start may build Relay; after that it takes milliseconds.
  until url=$(sed -n 's/.*listening on \(http[^ ]*\).*/\1/p' "$log") && [ -n "$url" ]; do
    if ! kill -0 "$node" 2>/dev/null; then
      cat "$log" >&2
      exit 1
    fi
    sleep 0.05
  done
  until curl -sf "$url/health" >/dev/null; do sleep 0.05; done
fi

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

rpc() { curl -sS -X POST "$url/rpc" -H "Content-Type: application/json" -d "$1"; }
status() { curl -sS -o /dev/null -w '%{http_code}' "$@"; }

check "health" '"status":"healthy".*"servers":2' "$(curl -sS "$url/health")"
check "info" '"servers":\["blog_server","user_server"\]' "$(curl -sS "$url/info")"

check "no posts yet" '"result":\[\]' \
  "$(rpc '{"jsonrpc": "2.0", "method": "blog_server.get_posts", "id": 1}')"
check "create a post" '"result":\{"id":1,"title":"My Post","content":"Post content here"\}' \
  "$(rpc '{"jsonrpc": "2.0", "method": "blog_server.create_post", "params": ["My Post", "Post content here"], "id": 2}')"
check "create one by name" '"result":\{"id":2,"title":"Second","content":"More"\}' \
  "$(rpc '{"jsonrpc": "2.0", "method": "blog_server.create_post", "params": {"content": "More", "title": "Second"}, "id": 3}')"
check "get it" '"result":\{"id":2,"title":"Second","content":"More"\}' \
  "$(rpc '{"jsonrpc": "2.0", "method": "blog_server.get_post", "params": [2], "id": 4}')"
check "update it" '"title":"Changed","content":"More"' \
  "$(rpc '{"jsonrpc": "2.0", "method": "blog_server.update_post", "params": {"id": 2, "title": "Changed"}, "id": 5}')"
check "search" '"result":\[\{"id":2,' \
  "$(rpc '{"jsonrpc": "2.0", "method": "blog_server.search", "params": ["CHANGED"], "id": 6}')"
check "delete it" '"id":2' \
  "$(rpc '{"jsonrpc": "2.0", "method": "blog_server.delete_post", "params": [2], "id": 7}')"
check "one post is left" '"posts":1,"words":3,"next_id":3' \
  "$(rpc '{"jsonrpc": "2.0", "method": "blog_server.get_stats", "id": 8}')"
check "create a user" '"_type":"User","id":1,"name":"Ann"' \
  "$(rpc '{"jsonrpc": "2.0", "method": "user_server.create_user", "params": ["Ann"], "id": 9}')"

check "a post that is not there" '"code":-32000.*"data":\{"error":"Post not found","id":9\}' \
  "$(rpc '{"jsonrpc": "2.0", "method": "blog_server.get_post", "params": [9], "id": 10}')"
check "an unknown server" '"code":-32601.*"data":"Server .nobody. not found"' \
  "$(rpc '{"jsonrpc": "2.0", "method": "nobody.x", "id": 11}')"
check "a wrong argument" '"code":-32602' \
  "$(rpc '{"jsonrpc": "2.0", "method": "blog_server.get_post", "params": ["two"], "id": 12}')"
check "no JSON" '"code":-32700.*"id":null|"id":null.*"code":-32700' "$(rpc '{bad')"
check "no request" '"code":-32600' "$(rpc '{"id": 13}')"
check "a batch" '^\[.*"id":"a".*"id":"b".*\]$' \
  "$(rpc '[{"jsonrpc": "2.0", "method": "blog_server.get_posts", "id": "a"}, {"jsonrpc": "2.0", "method": "blog_server.get_stats", "id": "b"}]')"
check "a notification" '^204$' \
  "$(status -X POST "$url/rpc" -d '{"jsonrpc": "2.0", "method": "blog_server.get_posts"}')"
check "an unknown path" '^404$' "$(status "$url/nothing")"
check "a wrong method" '^405$' "$(status "$url/rpc")"

printf '%s checks, %s wrong\n' "$checks" "$failures"
[ "$failures" -eq 0 ]

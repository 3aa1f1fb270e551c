%% The same work in Erlang: a gen_server that counts, and a process that answers bare messages.
-module(relay_bench).
-behaviour(gen_server).
-export([serve/0, measure/2, init/1, handle_call/3, handle_cast/2]).

init(N) -> {ok, N}.
handle_call({increment, By}, _From, N) -> {reply, N + By, N + By}.
handle_cast(_, N) -> {noreply, N}.

serve() ->
    {ok, _} = gen_server:start({local, counter}, ?MODULE, 0, []),
    register(bare, spawn(fun() -> bare(0) end)).

bare(N) -> receive {From, Ref, {increment, By}} -> From ! {Ref, N + By}, bare(N + By) end.

measure(Node, Calls) ->
    true = reached(Node, 1000),
    Rounds = Calls div 16,
    One = rate(Calls, fun() -> repeat(Calls, fun() -> gen_server:call({counter, Node}, {increment, 1}) end) end),
    Many = rate(Rounds * 64, fun() -> repeat(Rounds, fun() -> together(Node) end) end),
    Processes = rate(Rounds * 64, fun() -> in_processes(Node, Rounds) end),
    BareOne = rate(Calls, fun() -> repeat(Calls, fun() -> receive_one(send_one(Node)) end) end),
    BareMany = rate(Rounds * 64, fun() -> repeat(Rounds, fun() -> bare_together(Node) end) end),
    io:format("{\"one\": ~w, \"many\": ~w, \"bare_one\": ~w, \"bare_many\": ~w}~n",
              [One, max(Many, Processes), BareOne, BareMany]).

reached(_, 0) -> false;
reached(Node, Left) ->
    case rpc:call(Node, erlang, whereis, [bare]) of
        Pid when is_pid(Pid) -> true;
        _ -> timer:sleep(10), reached(Node, Left - 1)
    end.

together(Node) ->
    Requests = [gen_server:send_request({counter, Node}, {increment, 1}) || _ <- lists:seq(1, 64)],
    [{reply, _} = gen_server:receive_response(R, infinity) || R <- Requests].

in_processes(Node, Rounds) ->
    Self = self(),
    [spawn(fun() -> repeat(Rounds, fun() -> gen_server:call({counter, Node}, {increment, 1}) end), Self ! done end)
     || _ <- lists:seq(1, 64)],
    [receive done -> ok end || _ <- lists:seq(1, 64)].

send_one(Node) ->
    Ref = make_ref(),
    {bare, Node} ! {self(), Ref, {increment, 1}},
    Ref.

receive_one(Ref) -> receive {Ref, N} -> N end.

bare_together(Node) ->
    Refs = [send_one(Node) || _ <- lists:seq(1, 64)],
    [receive_one(Ref) || Ref <- Refs].

repeat(0, _) -> ok;
repeat(N, F) -> F(), repeat(N - 1, F).

rate(N, F) ->
    Begin = erlang:monotonic_time(nanosecond),
    F(),
    N * 1.0e9 / (erlang:monotonic_time(nanosecond) - Begin).

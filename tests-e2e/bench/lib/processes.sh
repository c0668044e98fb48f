# What the benchmark starts, by name: all of it ends when the benchmark does, however that ends.

declare -gA PIDS=()
LAST_CORE=$(($(nproc) - 1))
SERVER_CORE=$LAST_CORE
LOAD_CORES=0-$((LAST_CORE > 0 ? LAST_CORE - 1 : 0))
trap stop_all EXIT
trap 'exit 130' INT TERM

# launch NAME CORES COMMAND...: in the background, its output in the results' folder
launch() {
    local name=$1 cores=$2
    shift 2
    stop "$name"
    taskset -c "$cores" "$@" >"$RESULTS/$name.log" 2>&1 </dev/null &
    PIDS[$name]=$!
}

stop() {
    local pid=${PIDS[$1]:-}
    [ -n "$pid" ] || return 0
    unset "PIDS[$1]"
    kill "$pid" 2>/dev/null || true
    until_true 10 not_running "$pid" || kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
}

not_running() { [[ $(cut -d' ' -f3 "/proc/$1/stat" 2>/dev/null) =~ ^(Z|)$ ]]; }

stop_all() {
    local name
    for name in "${!PIDS[@]}"; do stop "$name"; done
    [ -z "${SCRATCH:-}" ] || rm -rf "$SCRATCH"
}

# await NAME SECONDS COMMAND...: until it succeeds; fails with the end of the log when the process is gone or the time is over
await() {
    local name=$1 seconds=$2 deadline=$((SECONDS + $2))
    shift 2
    until "$@" >/dev/null 2>&1; do
        if not_running "${PIDS[$name]}" || [ $SECONDS -ge $deadline ]; then
            tail -n 15 "$RESULTS/$name.log" | cut -c1-300 >&2
            fail "$name does not come up within $seconds s" "see $RESULTS/$name.log"
        fi
        sleep 0.02
    done
}

listens() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

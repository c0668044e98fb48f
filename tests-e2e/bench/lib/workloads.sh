# What is measured. Every figure goes into the results as a JSON object; a server that cannot be measured says why.

# From the most down to the least, for a service that runs has seen more than it sees now; more than all servers can take comes last.
RATES=${RATES:-1000,300,100,4000}
ROOM_RATES=${ROOM_RATES:-40}
# Seconds before the first figure and before those of a lower rate, and up to six times as many while the CPU that a message costs
# still falls: a service that runs for weeks is measured, not the compiler of one that has just begun.
PRELUDE=${PRELUDE:-30}
WARMUP=${WARMUP:-5} # seconds at each rate

servers() { echo "${SERVERS:-chat socketio ejabberd raw}"; }

# each WORKLOAD COMMAND: for all servers that are to be had
each() {
    local workload=$1 server
    shift
    for server in $(servers); do
        if [ -n "${UNAVAILABLE[$server]:-}" ]; then
            missing "$workload" "$server" "${UNAVAILABLE[$server]}"
            continue
        fi
        note "  ${TITLES[$server]} ($(elapsed "$START"))"
        "start_$server"
        "$@" "$server" || missing "$workload" "$server" "$(tail -n 1 "$RESULTS/load.log")"
        stop "$server"
    done
}

missing() {
    note "  $2: $3"
    printf '{"Workload":"%s","Server":"%s","Missing":"%s"}\n' "$1" "${TITLES[$2]}" "$(tr -d '"\\' <<<"$3")" >>"$RESULTS/results.jsonl"
}

# load ACTION WORKLOAD SERVER OPTION...: its figures go into the results, and to people as they come
load() {
    local action=$1 workload=$2 server=$3 code=0
    shift 3
    taskset -c "$LOAD_CORES" "$LOAD" "$action" --workload "$workload" --server "${TITLES[$server]}" \
        --protocol "${DIALECTS[$server]}" --addresses "127.0.0.1:${PORTS[$server]}" --pids "${PIDS[$server]}" \
        --key "$SCRATCH/key" --prelude "$(prelude "$server")s" --warmup "${WARMUP}s" --duration "${MEASURED}s" "$@" \
        2>"$RESULTS/load.log" | tee -a "$RESULTS/results.jsonl" >&2 || code=$?
    sed 's/^/    /' "$RESULTS/load.log" >&2
    return $code
}

# prelude SERVER: compiled beforehand or not
prelude() { case $1 in chat | socketio) echo "$PRELUDE" ;; *) echo 2 ;; esac; }

measure_room() { each room room; }
room() { load fanout room "$1" --members 1000 --rooms 1 --prelude-rate 30 --rates "$ROOM_RATES"; }

measure_rooms() { each rooms rooms; }
rooms() {
    local store=()
    [ "$1" != chat ] || store=(--store "127.0.0.1:$DYNAMODB_PORT")
    load fanout rooms "$1" --members 2000 --rooms 100 --prelude-rate 1000 --rates "$RATES" "${store[@]}"
}

measure_idle() { SERVERS=$(servers | sed 's/ *raw//') each idle idle; }
idle() {
    local settle=()
    [ "$1" != chat ] || settle=(--settle "$JAVA_HOME/bin/jcmd ${PIDS[chat]} GC.run")
    load idle idle "$1" --members "${IDLE_MEMBERS:-10000}" --rooms 500 "${settle[@]}"
}

measure_hot() {
    start_chat chat chat2
    load fanout hot chat --addresses "127.0.0.1:${PORTS[chat]},127.0.0.1:${PORTS[chat2]}" --pids "${PIDS[chat]},${PIDS[chat2]}" \
        --members 20 --rooms 1 --rates "${HOT_RATES:-1500,2000}" || missing hot chat "$(tail -n 1 "$RESULTS/load.log")"
    stop chat && stop chat2
}

measure_reconnect() {
    start_chat
    load reconnect reconnect chat --members 5000 --rooms 250 || missing reconnect chat "$(tail -n 1 "$RESULTS/load.log")"
    stop chat
}

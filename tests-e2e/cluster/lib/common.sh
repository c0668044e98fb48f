# What every script shares: where things are, how a step shows itself, how a failure is worded.

STATE=/var/lib/chatcluster-dev # one machine-wide place: any checkout finds the same cluster
CACHE=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/chatcluster
STEP_LOGS=$CACHE/log
KUBERNETES_VERSION=1.35.4
BROKEN=70 # exit code: a component does not come up on the state it found

# fail WHY [WHAT TO TRY]
fail() {
    printf '%s\n' "error: $1" >&2
    [ $# -lt 2 ] || printf '%s\n' "try: $2" >&2
    exit "${3:-1}"
}

# note TEXT: one line for people, never mixed into a command's answer on stdout
note() { printf '%s\n' "$*" >&2; }

# hash FILE...: a short content hash that also covers the files' names, and not where the checkout is
hash() { sha256sum -- "$@" | sed 's# .*/# #' | sha256sum | cut -c1-12; }

# elapsed START: "3.2s" or "2m05s" since $EPOCHREALTIME was START
elapsed() {
    local tenths=$(((${EPOCHREALTIME/[.,]/} - ${1/[.,]/}) / 100000))
    if [ $tenths -lt 600 ]; then
        printf '%d.%ds' $((tenths / 10)) $((tenths % 10))
    else
        printf '%dm%02ds' $((tenths / 600)) $((tenths / 10 % 60))
    fi
}

# step TITLE COMMAND...: runs the command with its output in a log; shows progress with the elapsed time, and on
# failure the end of the log. Must not be called in a condition, where bash would ignore errexit in the command.
step() {
    local title=$1 start=$EPOCHREALTIME code=0 log pid ticker
    shift
    mkdir -p "$STEP_LOGS"
    log=$STEP_LOGS/${title//[^[:alnum:]]/-}.log
    set -m # own process group, so that an interrupt takes the whole step with it
    "$@" >"$log" 2>&1 </dev/null &
    pid=$!
    tick "$title" "$log" "$start" 9>&- &
    ticker=$!
    set +m
    trap 'kill -TERM -- -'$pid' -'$ticker' 2>/dev/null || true; exit 130' INT TERM
    wait $pid || code=$?
    trap - INT TERM
    kill -- -$ticker 2>/dev/null || true
    wait $ticker 2>/dev/null || true
    [ ! -t 2 ] || printf '\r\033[K' >&2
    if [ $code = 0 ]; then
        note "  ok    $title ($(elapsed "$start"))"
        return
    fi
    kill -TERM -- -$pid 2>/dev/null || true # what the failed command left running in the background
    note "  FAIL  $title ($(elapsed "$start")), exit code $code; the end of $log:"
    tail -n "${STEP_TAIL:-15}" "$log" | sed 's/^/        /' >&2
    return $code
}

# tick TITLE LOG START: progress of a running step; on a terminal in place, elsewhere a line now and then
tick() {
    local title=$1 log=$2 start=$3 pause=10
    [ ! -t 2 ] || pause=0.5
    while sleep $pause && kill -0 $$ 2>/dev/null; do
        if [ -t 2 ]; then
            printf '\r\033[K  ...   %s (%s)' "$title" "$(elapsed "$start")" >&2
        else
            note "  ...   $title ($(elapsed "$start")) $(tail -n 1 "$log" | tr -d '\r' | cut -c1-100)"
        fi
    done
}

# take_turn: one run at a time builds, deploys and tests. What a run that was killed has left running holds its turn as well.
take_turn() {
    mkdir -p "$CACHE"
    exec 8<"$CACHE"
    flock -n 8 && return
    note "  waiting for another run of make, or what is left of one that was killed: process $(exec 8<&- && find /proc/[0-9]*/fd/8 -lname "$CACHE" 2>/dev/null | cut -d/ -f3 | grep -vx "$$" | paste -sd' ')"
    flock 8
}

# until_true SECONDS COMMAND...: asks again and again until the command succeeds
until_true() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $deadline ] || return 1
        sleep 0.1
    done
}

# render FILE: fills in @NAME@ from the variables of the same name
render() {
    local text name
    text=$(<"$1")
    while [[ $text =~ @([A-Z][A-Z0-9_]*)@ ]]; do
        name=${BASH_REMATCH[1]}
        text=${text//"@$name@"/"${!name}"}
    done
    printf '%s\n' "$text"
}

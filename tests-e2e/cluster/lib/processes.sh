# Processes of the cluster: started detached, remembered with their start time, stopped only when they are still the same.

BOOT=$(</proc/sys/kernel/random/boot_id)

# start_time PID: clock ticks after boot, which together with the pid names one process for ever
start_time() {
    local stat
    { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
    read -ra stat <<<"${stat##*) }"
    [ "${stat[0]}" != Z ] && echo "${stat[19]}"
}

# pid_of NAME: prints the pid of the component if it still runs
pid_of() {
    local pid start boot fingerprint
    { read -r pid start boot fingerprint <"$STATE/run/$1"; } 2>/dev/null || return 1
    [ "$boot" = "$BOOT" ] && [ "$(start_time "$pid")" = "$start" ] && echo "$pid"
}

fingerprint_of() { cut -d' ' -f4 "$STATE/run/$1" 2>/dev/null; }

# launch NAME FINGERPRINT COMMAND...: the child itself writes the pid file before it becomes the command, so there is
# no moment at which a process of ours runs unrecorded.
launch() {
    local self name=$1 fingerprint=$2 log=$STATE/log/$1.log
    shift 2
    [ ! -f "$log" ] || mv -f "$log" "$log.1"
    set +m
    (
        exec 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
        self=$BASHPID
        echo "$self $(start_time "$self") $BOOT $fingerprint" >"$STATE/run/$name"
        cd /
        exec setsid env -i PATH="$BIN:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" HOME=/root "$MARK" "$@"
    ) >"$log" 2>&1 </dev/null &
    until_true 5 test -s "$STATE/run/$name"
}

stop() {
    local pid
    if pid=$(pid_of "$1"); then
        kill "$pid" 2>/dev/null || true
        until_true 5 gone "$1" || kill -9 "$pid" 2>/dev/null || true
        until_true 5 gone "$1" || fail "$1 (pid $pid) does not end"
    fi
    rm -f "$STATE/run/$1"
}

running() { pid_of "$1" >/dev/null; }
gone() { ! running "$1"; }

# marked_processes: pids of everything that carries our mark: components, shims
marked_processes() {
    grep -lzxF "$MARK" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3 || true
}

# end_strays: a process of ours that no pid file names any more would hold a port; shims belong to containerd
end_strays() {
    local pid known=" $(cut -d' ' -f1 "$STATE"/run/* 2>/dev/null | tr '\n' ' ')"
    for pid in $(marked_processes); do
        [[ $known == *" $pid "* || $(readlink "/proc/$pid/exe") == *containerd-shim* ]] || kill -9 "$pid" 2>/dev/null || true
    done
}

# demand_port VARIABLE: fails with the holder's name if somebody else listens there
demand_port() {
    local port=$1_PORT holder
    port=${!port}
    holder=$(ss -Hltnup "sport = :$port" 2>/dev/null | grep -o 'users:.*' | head -n 1) || true
    [ -z "$holder" ] || fail "port $port is taken by $holder" "make up CHATCLUSTER_$1_PORT=<a free port>"
}

# other_kubernetes: prints a kubelet or kube-proxy that is not ours and shares this network namespace
other_kubernetes() {
    local process name
    for process in /proc/[0-9]*; do
        { read -r name <"$process/comm"; } 2>/dev/null || continue
        case $name in kubelet | kube-proxy | k3s* | k0s | kubelite | rke2) ;; *) continue ;; esac
        [ "$(readlink "$process/ns/net")" = "$(readlink /proc/self/ns/net)" ] || continue
        grep -qzxF "$MARK" "$process/environ" 2>/dev/null || echo "$name (pid ${process#/proc/})"
    done
}

# Removal of the cluster, or of whatever an interrupted run left of it. Works from any state and asks nobody's help:
# pods carry no data worth a slow goodbye.

remove_everything() {
    local file
    end_processes
    unmount_state
    remove_network
    restore_sysctls
    remove_strays
    find /var/log/containers -lname "$STATE/*" -delete 2>/dev/null || true
    rmdir /var/log/containers /run/containerd/{s,fifo,} /var/lib/cni/{results,cache,} 2>/dev/null || true
    rm -rf "$STATE"
}

# Processes of ours carry our mark; those of the pods are in our control group.
end_processes() {
    local round pids
    for round in {1..50}; do
        pids="$(marked_processes) $(pod_processes)"
        [[ $pids == *[0-9]* ]] || break
        # shellcheck disable=SC2086
        kill -9 $pids 2>/dev/null || true
        sleep 0.1
    done
    [[ $pids != *[0-9]* ]] || fail "processes $pids do not end"
    find /sys/fs/cgroup -mindepth 1 -maxdepth 2 -type d -name "$NODE" -exec find {} -depth -type d -exec rmdir {} + \; 2>/dev/null || true
}

pod_processes() {
    find /sys/fs/cgroup -path "/sys/fs/cgroup*/$NODE/*" -name cgroup.procs -exec cat {} + 2>/dev/null | sort -un || true
}

# remove_strays: files that containerd keeps where every containerd of the machine does, and leaves when it is killed
remove_strays() {
    local socket
    for socket in /run/containerd/s/*; do
        grep -qF "$socket" /proc/net/unix || rm -f "$socket" # nobody listens there: its shim is dead
    done
    rm -f /var/lib/cni/results/chatcluster-dev-*
    readlink /proc/[0-9]*/exe | grep '/containerd$' >/dev/null || rm -f /var/lib/cni/results/cni-loopback-*
}

unmount_state() {
    local round mounts
    for round in {1..20}; do
        mounts=$(awk -v state="$STATE/" 'index($5, state) == 1 { print $5 }' /proc/self/mountinfo | sort -r)
        [ -n "$mounts" ] || return 0
        # shellcheck disable=SC2086
        umount -l $mounts 2>/dev/null || true
    done
    fail "cannot unmount $mounts"
}

# forget_boot: after a restart of the machine, containerd's runtime state speaks of mounts and processes long gone
forget_boot() {
    [ "$(cat "$STATE/boot" 2>/dev/null)" != "$BOOT" ] || return 0
    rm -rf "$STATE/containerd/state" "$STATE/run" "$STATE/cni" "$STATE/sysctls"
    mkdir -p "$STATE"
    echo "$BOOT" >"$STATE/boot"
}

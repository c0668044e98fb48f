# From the start of the image's own command to ready, in the image's files: all cores, as a pod without a limit has them.

STARTS=5

measure_start() {
    local image=$SCRATCH/image root=$SCRATCH/image/root
    start_stores
    start_dynamodb
    step "Build the chat's image" build_image
    mkdir -p "$root"
    step "Unpack the chat's image" unpack_image "$(sed -n 's/^runtime=.*://p' "$SCRATCH/images")" "$image"
    mkdir -p "$root/bench" "$root/proc" "$root/dev" "$root/etc"
    # As a kubelet does: without it the JVM waits for a name server to tell it the host's own address.
    printf '127.0.0.1 localhost %s\n' "$(uname -n)" >"$root/etc/hosts"
    cp "$SCRATCH"/{jwks.json,aws_access_key_id,aws_secret_access_key} "$root/bench/"
    chat_settings chat /bench >"$root/bench/application.properties"
    started "without the cache" off
    started "" auto
}

build_image() { FLAVOR=jvm "$CLUSTER/images" build runtime >"$SCRATCH/images"; }

# unpack_image TAG FOLDER: the files of an OCI archive, layer over layer
unpack_image() {
    local manifest layer
    tar -xf "$CACHE/images/runtime-$1.tar" -C "$2"
    manifest=$(sed -E 's/.*"digest":"sha256:([0-9a-f]+)".*/\1/' "$2/index.json")
    for layer in $(grep -o '"digest":"sha256:[0-9a-f]*"' "$2/blobs/sha256/$manifest" | sed -E 's/.*sha256:([0-9a-f]+)"/\1/' | tail -n +2); do
        tar -xf "$2/blobs/sha256/$layer" -C "$2/root"
    done
}

# started WHICH MODE: the median of some starts
started() {
    local n seconds=()
    for ((n = 0; n < STARTS; n++)); do
        start_once "$2"
        seconds+=("$TOOK")
        stop chat
    done
    n=$(printf '%s\n' "${seconds[@]}" | sort -n | sed -n "$((STARTS / 2 + 1))p")
    printf '{"Workload":"start","Server":"ChatCluster%s","Seconds":%s}\n' "${1:+ $1}" "$n" | tee -a "$RESULTS/results.jsonl" >&2
}

# start_once MODE: the image's command with the cache's mode before it; sets TOOK, in seconds
start_once() {
    local begin=$EPOCHREALTIME micros command
    command=$(sed -n 's/^ENTRYPOINT \["java", \(.*\)\]/\1/p' "$ROOT/chat-runtime/src/main/container/Containerfile" | tr -d '",')
    # shellcheck disable=SC2016,SC2086
    launch chat "0-$LAST_CORE" unshare --mount bash -c 'mount -t proc proc "$0/proc" && mount --rbind /dev "$0/dev" && exec chroot "$0" "$@"' "$SCRATCH/image/root" \
        /opt/java/bin/java "-XX:AOTMode=$1" -Dquarkus.config.locations=/bench/application.properties $command
    await chat 120 ready "$((PORTS[chat] + 1))"
    micros=$((${EPOCHREALTIME/[.,]/} - ${begin/[.,]/}))
    printf -v TOOK '%d.%03d' $((micros / 1000000)) $((micros / 1000 % 1000))
}

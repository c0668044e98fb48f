# The programs of the cluster, compiled from the published Go modules into the cache.

COREDNS=github.com/coredns/coredns@v1.15.0
METRICS_SERVER=sigs.k8s.io/metrics-server/cmd/metrics-server@v0.9.0
VERSITYGW=github.com/versity/versitygw/cmd/versitygw@v1.8.0
PAUSE_IMAGE=localhost/chatcluster/pause:1

BIN=$CACHE/$(hash "$HERE"/kube/go.{mod,sum} "$HERE"/kube/{,pause/}main.go "$HERE"/lib/binaries.sh | cut -c1-12)/bin

ensure_cluster_binaries() {
    command -v go >/dev/null || fail "go is not on the PATH" "install Go 1.26 or newer"
    [ -x "$BIN/kube" ] || step "Compile Kubernetes $KUBERNETES_VERSION (once; minutes)" build_kube
    ensure_tool coredns $COREDNS
    ensure_tool metrics-server $METRICS_SERVER
    [ -f "$BIN/pause.tar" ] || step "Build the pause image" build_pause_image
}

# ensure_tool NAME MODULE@VERSION
ensure_tool() {
    [ -x "$BIN/$1" ] || step "Compile $1 ${2##*@} (once)" build_tool "$@"
}

build_kube() {
    local program
    mkdir -p "$BIN"
    cd "$HERE/kube"
    CGO_ENABLED=0 nice go build -v -trimpath -o "$BIN/kube.new" \
        -ldflags "-s -w -X k8s.io/component-base/version.gitVersion=v$KUBERNETES_VERSION" .
    for program in etcd kube-apiserver kube-controller-manager kube-proxy kube-scheduler kubectl kubelet; do
        ln -sfn kube "$BIN/$program"
    done
    mv "$BIN/kube.new" "$BIN/kube" # last: its presence says that all is there
}

build_tool() {
    local scratch
    mkdir -p "$BIN"
    scratch=$(mktemp -d "$BIN/$1.XXXXXX")
    GOBIN=$scratch CGO_ENABLED=0 nice go install -v -trimpath -ldflags "-s -w" "$2"
    mv "$scratch/$1" "$BIN/$1"
    rmdir "$scratch"
}

# A docker-archive of one layer; needs no image tool, so the cluster comes up before any is installed.
build_pause_image() {
    local work layer config architecture
    work=$(mktemp -d "$BIN/pause.XXXXXX")
    architecture=$(go env GOARCH)
    mkdir "$work/rootfs"
    (cd "$HERE/kube" && CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o "$work/rootfs/pause" ./pause)
    tar -C "$work/rootfs" --sort=name --mtime=@0 --owner=0 --group=0 -cf "$work/layer.tar" pause
    rm -r "$work/rootfs"
    layer=$(sha256sum <"$work/layer.tar" | cut -d' ' -f1)
    printf '{"architecture":"%s","os":"linux","config":{"Entrypoint":["/pause"],"User":"65535"},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
        "$architecture" "$layer" >"$work/config.json"
    config=$(sha256sum <"$work/config.json" | cut -d' ' -f1)
    mv "$work/config.json" "$work/$config.json"
    printf '[{"Config":"%s.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$config" "$PAUSE_IMAGE" >"$work/manifest.json"
    tar -C "$work" -cf "$BIN/pause.tar.new" manifest.json "$config.json" layer.tar
    mv "$BIN/pause.tar.new" "$BIN/pause.tar"
    rm -r "$work"
}

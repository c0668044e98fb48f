# Which cluster: the one that the caller's KUBECONFIG names, else kind where there is a container engine, else our own.
# Sets WHERE (builtin, kind:NAME or a context's name) and, once the cluster is there, KUBECONFIG.

BUILTIN_KUBECONFIG=$STATE/etc/admin.kubeconfig
KIND_CLUSTER=chatcluster
KIND_KUBECONFIG=$CACHE/kind.kubeconfig
KIND_PORT=$CACHE/kind.port # what kind's cluster was made for; there once it is whole
CHOSEN=$WORK/cluster

# decide_cluster: makes nothing yet, and asks before anything is begun
decide_cluster() {
    if names_callers_cluster; then
        use_callers_cluster
    elif kind_works; then
        WHERE=kind:$KIND_CLUSTER
        need_kubectl
    else
        WHERE=builtin
    fi
}

# decide_cluster_for_tests: they call pods by their addresses, which those of kind do not answer from here
decide_cluster_for_tests() {
    if names_callers_cluster; then
        use_callers_cluster
        return
    fi
    WHERE=builtin
    if kind_works; then
        PORT=$((PORT + 100)) S3_PORT=$((S3_PORT + 100)) SIGN_IN_PORT=$((SIGN_IN_PORT + 100))
        note "  the cluster tests have a cluster of their own beside kind's, at port $PORT"
    fi
}

# start_cluster: makes sure that the one that was decided on is there
start_cluster() {
    case $WHERE in
        builtin)
            "$HERE/cluster" up
            KUBECONFIG=$BUILTIN_KUBECONFIG
            ;;
        "kind:$KIND_CLUSTER")
            names_callers_cluster || start_kind
            ;;
    esac
    export KUBECONFIG
    # The tests' own cluster beside kind's is not the one that people ask about.
    [[ $WHERE == builtin ]] && kind_is_there || printf '%s %s\n' "$WHERE" "$KUBECONFIG" >"$CHOSEN"
}

# find_cluster: for all else; the one that was chosen last, or that the caller names
find_cluster() {
    local kept=
    WHERE=builtin
    if read -r WHERE kept 2>/dev/null <"$CHOSEN"; then :; fi
    case ${KUBECONFIG:-$kept} in
        "$kept") ;;
        "$BUILTIN_KUBECONFIG") WHERE=builtin ;;
        "$KIND_KUBECONFIG") WHERE=kind:$KIND_CLUSTER ;;
        *) WHERE=$(place_of "$(kubectl config current-context)") ;;
    esac
    KUBECONFIG=${KUBECONFIG:-${kept:-$BUILTIN_KUBECONFIG}}
    export KUBECONFIG
    [ -f "${KUBECONFIG%%:*}" ] || fail "there is no cluster yet" "make up"
}

# names_callers_cluster: whether KUBECONFIG is none of those that are written here
names_callers_cluster() {
    [ -n "${KUBECONFIG:-}" ] && [ "$KUBECONFIG" != "$BUILTIN_KUBECONFIG" ] && [ "$KUBECONFIG" != "$KIND_KUBECONFIG" ]
}

use_callers_cluster() {
    local context chosen answer=
    export KUBECONFIG
    context=$(kubectl config current-context) || fail "KUBECONFIG=$KUBECONFIG names no current context" "kubectl config use-context <name>"
    # Many clusters have contexts of the same name.
    chosen="$context at $(kubectl config view --minify -o 'jsonpath={.clusters[0].cluster.server}')"
    if [ "${YES:-}" != 1 ] && [ "$(chosen_before)" != "$chosen" ]; then
        [ -t 0 ] || fail "not asked whether to install into '$context': there is no terminal" "make ... YES=1, or unset KUBECONFIG"
        read -r -p "Install into $chosen? [y/N] " answer
        [[ $answer == [yY]* ]] || fail "not installed"
    fi
    WHERE=$(place_of "$context")
    [[ $WHERE == kind:* || -n "${IMAGE_REGISTRY:-}" ]] ||
        fail "cluster '$context' cannot take images from this machine" "make ... IMAGE_REGISTRY=<host/path that it pulls from and you may push to>"
    echo "$chosen" >"$WORK/consent"
}

# place_of CONTEXT
place_of() { case $1 in kind-*) echo "kind:${1#kind-}" ;; *) echo "$1" ;; esac; }

chosen_before() { cat "$WORK/consent" 2>/dev/null || true; }

# takes_images: whether images go into the cluster from this machine, without a registry
takes_images() { [[ $WHERE == builtin || $WHERE == kind:* ]]; }

# kind_works: with whatever container engine it finds
kind_works() { command -v kind >/dev/null && kind get clusters &>/dev/null; }

kind_is_there() { kind get clusters 2>/dev/null | grep -xF $KIND_CLUSTER >/dev/null; }

start_kind() {
    if kind_is_there && [ ! -e "$KIND_PORT" ]; then
        step "Remove what an interrupted run left of kind's cluster" kind delete cluster --name $KIND_CLUSTER
    fi
    if ! kind_is_there; then
        # Another cluster of before would go on answering in its place.
        ! (exec 3<>"/dev/tcp/127.0.0.1/$PORT") 2>/dev/null || fail "something answers at port $PORT already, where kind's cluster is to" "make down, or make up PORT=<a free port>"
        rm -f "$KIND_PORT"
        render "$HERE/etc/kind.yaml" >"$WORK/kind.yaml"
        step "Create kind's cluster $KIND_CLUSTER" kind create cluster --name $KIND_CLUSTER --kubeconfig "$KIND_KUBECONFIG" --config "$WORK/kind.yaml" --wait 120s 8>&- # what it starts is to outlive this run's turn
        echo "$PORT" >"$KIND_PORT"
    fi
    [ "$(<"$KIND_PORT")" = "$PORT" ] || fail "kind's cluster $KIND_CLUSTER was made for port $(<"$KIND_PORT")" "make up PORT=$(<"$KIND_PORT"), or make down first"
    kind get kubeconfig --name $KIND_CLUSTER >"$KIND_KUBECONFIG"
    KUBECONFIG=$KIND_KUBECONFIG
}

remove_kind() {
    ! kind_is_there || step "Remove kind's cluster $KIND_CLUSTER" kind delete cluster --name $KIND_CLUSTER
    rm -f "$KIND_PORT" "$KIND_KUBECONFIG"
}

# need_kubectl: our own comes with the built-in cluster
need_kubectl() {
    [ -x "$BIN/kubectl" ] || type -P kubectl >/dev/null || fail "there is no kubectl, by which kind's cluster is reached" "install kubectl"
}

# kubectl of the machine, else the one that comes with our cluster
kubectl() {
    local program=$BIN/kubectl
    [ -x "$program" ] || program=$(type -P kubectl) || fail "there is no kubectl" "install kubectl, or unset KUBECONFIG"
    "$program" "$@"
}

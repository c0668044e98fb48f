# Which cluster: the one that the caller's KUBECONFIG names, else kind where there is a container engine, else our own.
# Sets WHERE (builtin, kind:NAME or a context's name) and KUBECONFIG.

BUILTIN_KUBECONFIG=$STATE/etc/admin.kubeconfig
KIND_CLUSTER=chatcluster
CHOSEN=$WORK/cluster

# choose_cluster: for `up` and `test`; makes sure that the cluster is there
choose_cluster() {
    if [ -n "${KUBECONFIG:-}" ] && [ "$KUBECONFIG" != "$BUILTIN_KUBECONFIG" ]; then
        use_callers_cluster
    elif kind_works; then
        use_kind
    else
        "$HERE/cluster" up
        WHERE=builtin
        KUBECONFIG=$BUILTIN_KUBECONFIG
    fi
    export KUBECONFIG
    printf '%s %s\n' "$WHERE" "$KUBECONFIG" >"$CHOSEN"
}

# find_cluster: for all else; the one that was chosen last
find_cluster() {
    local kept
    WHERE=builtin
    if read -r WHERE kept 2>/dev/null <"$CHOSEN"; then :; fi
    KUBECONFIG=${KUBECONFIG:-${kept:-$BUILTIN_KUBECONFIG}}
    export KUBECONFIG
    [ -f "${KUBECONFIG%%:*}" ] || fail "there is no cluster yet" "make up"
}

use_callers_cluster() {
    local context answer=
    export KUBECONFIG
    context=$(kubectl config current-context) || fail "KUBECONFIG=$KUBECONFIG names no current context" "kubectl config use-context <name>"
    if [ "${YES:-}" != 1 ] && [ "$(chosen_before)" != "$context" ]; then
        [ -t 0 ] || fail "not asked whether to install into '$context': there is no terminal" "make ... YES=1, or unset KUBECONFIG"
        read -r -p "Install into $context? [y/N] " answer
        [[ $answer == [yY]* ]] || fail "not installed"
    fi
    WHERE=$context
    [[ $context != kind-* ]] || WHERE=kind:${context#kind-}
    [[ $WHERE == kind:* || -n "${IMAGE_REGISTRY:-}" ]] ||
        fail "cluster '$context' cannot take images from this machine" "make ... IMAGE_REGISTRY=<host/path that it pulls from and you may push to>"
    echo "$context" >"$WORK/consent"
}

chosen_before() { cat "$WORK/consent" 2>/dev/null || true; }

kind_works() {
    command -v kind >/dev/null || return 1
    docker info &>/dev/null || podman info &>/dev/null
}

use_kind() {
    KUBECONFIG=$CACHE/kind.kubeconfig
    if ! kind get clusters 2>/dev/null | grep -xF $KIND_CLUSTER >/dev/null; then
        render "$HERE/etc/kind.yaml" >"$WORK/kind.yaml"
        step "Create kind's cluster $KIND_CLUSTER" kind create cluster --name $KIND_CLUSTER --kubeconfig "$KUBECONFIG" --config "$WORK/kind.yaml" --wait 120s
    fi
    kind get kubeconfig --name $KIND_CLUSTER >"$KUBECONFIG"
    WHERE=kind:$KIND_CLUSTER
}

# kubectl of the machine, else the one that comes with our cluster
kubectl() {
    local program=$BIN/kubectl
    [ -x "$program" ] || program=$(type -P kubectl) || fail "there is no kubectl" "install kubectl, or unset KUBECONFIG"
    "$program" "$@"
}

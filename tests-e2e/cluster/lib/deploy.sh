# The operator, the stand-ins for AWS and the sample chat on the chosen cluster.

SYSTEM=chatcluster-system
READY_SECONDS=300

# deploy IMAGES: a file of lines NAME=IMAGE
deploy() {
    [ "$(kubectl get namespace $SYSTEM --ignore-not-found -o 'jsonpath={.status.phase}')" != Terminating ] ||
        step "Let namespace $SYSTEM go, which somebody deleted" finish_deletion
    step "Apply the manifests" apply_manifests "$1"
    step "Start DynamoDB Local and S3" roll_out dynamodb s3
    step "Start the operator" roll_out chatcluster-operator
    step "Apply the sample chat" apply_sample
    await_ready "$(sed -n 's/^runtime=//p' "$1")"
}

# finish_deletion: an API that is registered and that nobody serves holds up the deletion of every namespace
finish_deletion() {
    local api=v1beta2.custom.metrics.k8s.io
    [ "$(kubectl get apiservice $api --ignore-not-found -o 'jsonpath={.spec.service.namespace}')" != $SYSTEM ] ||
        kubectl delete apiservice $api
    kubectl wait --for=delete namespace/$SYSTEM --timeout=120s
}

apply_manifests() {
    write_overlay "$1"
    [ "$WHERE" != builtin ] || release_volumes
    kubectl apply --server-side --force-conflicts -f "$ROOT/config/operator/namespace.yaml"
    ensure_credentials
    kubectl apply --server-side --force-conflicts -k "$WORK/overlay"
    kubectl wait --for=condition=Established --timeout=30s crd/chatclusters.chatcluster.io
}

# release_volumes: of the built-in cluster, whose claims are gone, for claims of the same names
release_volumes() {
    local volume
    for volume in dynamodb s3; do
        [ -n "$(kubectl get persistentvolumeclaim -n $SYSTEM $volume --ignore-not-found -o name)" ] ||
            kubectl patch persistentvolume $volume --type=merge -p '{"spec":{"claimRef":{"uid":null,"resourceVersion":null}}}'
    done
}

# write_overlay IMAGES: config/overlays/dev with the images just built and the chosen port
write_overlay() {
    local image repository
    mkdir -p "$WORK/overlay"
    {
        printf '%s\n' 'apiVersion: kustomize.config.k8s.io/v1beta1' 'kind: Kustomization' 'resources: [../../../../config/overlays/dev]' 'images:'
        while IFS== read -r _ image; do
            repository=${image%:*}
            printf '  - {name: "localhost/chatcluster/%s", newName: "%s", newTag: "%s"}\n' "${repository##*/}" "$repository" "${image##*:}"
        done <"$1"
        printf '%s\n' 'configMapGenerator:' \
            "  - name: chatcluster-operator-images" "    namespace: $SYSTEM" "    behavior: merge" "    literals:" \
            "      - CHATCLUSTER_RUNTIME_IMAGE=$(sed -n 's/^runtime=//p' "$1")" "      - CHATCLUSTER_REDIS_IMAGE=$(sed -n 's/^redis=//p' "$1")" \
            'patches:'
        node_port demo-web "$PORT"
        node_port s3 "$S3_PORT"
        node_port demo-sign-in "$SIGN_IN_PORT"
    } >"$WORK/overlay/kustomization.yaml"
}

node_port() {
    printf '%s\n' "  - target: {kind: Service, name: $1}" \
        "    patch: '[{\"op\": \"replace\", \"path\": \"/spec/ports/0/nodePort\", \"value\": $2}]'"
}

# ensure_credentials: random keys, made once, for stand-ins that are reachable inside the cluster only
ensure_credentials() {
    local id secret namespace
    id=$(secret_value default dev-aws aws_access_key_id || openssl rand -hex 10)
    secret=$(secret_value default dev-aws aws_secret_access_key || openssl rand -hex 20)
    for namespace in default $SYSTEM; do
        kubectl apply --server-side --force-conflicts -f - <<SECRET
apiVersion: v1
kind: Secret
metadata: {name: dev-aws, namespace: $namespace}
stringData: {aws_access_key_id: "$id", aws_secret_access_key: "$secret"}
SECRET
    done
}

# secret_value NAMESPACE SECRET KEY: fails where there is none
secret_value() {
    local value
    value=$(kubectl get secret -n "$1" "$2" --ignore-not-found -o "go-template={{index .data \"$3\"}}")
    [ -n "$value" ] && base64 -d <<<"$value"
}

# apply_sample: with the addresses at which this cluster's node answers the developer's machine
apply_sample() {
    local host
    host=$(node_host)
    sed "s#127.0.0.1:30081#$host:$S3_PORT#; s#127.0.0.1:30082#$host:$SIGN_IN_PORT#" "$ROOT/config/samples/chatcluster.yaml" |
        kubectl apply --server-side --force-conflicts -f - && return
    fail "the sample chat is refused: an older one may be in the way" "kubectl delete chatcluster -n default demo; make up"
}

# node_host: where the cluster's node ports are
node_host() {
    if [[ $WHERE == builtin || $WHERE == "kind:$KIND_CLUSTER" ]]; then
        echo 127.0.0.1
    else
        kubectl get nodes -o 'jsonpath={.items[0].status.addresses[?(@.type=="InternalIP")].address}'
    fi
}

roll_out() {
    local deployment
    for deployment in "$@"; do
        kubectl rollout status -n $SYSTEM "deployment/$deployment" --timeout=180s && continue
        kubectl get pods -n $SYSTEM -o wide
        kubectl events -n $SYSTEM --types=Warning | tail -n 5
        kubectl logs -n $SYSTEM "deployment/$deployment" --tail=8 || true
        fail "$deployment does not start" "kubectl -n $SYSTEM describe deployment $deployment"
    done
}

# await_ready IMAGE: shows every change of a condition until the sample is Ready as of its newest generation, in pods of this
# image alone: a status that another operator left behind does not count
await_ready() {
    local image=$1 start=$EPOCHREALTIME deadline=$((SECONDS + READY_SECONDS)) before= now
    note "  ...   Wait until the chat is Ready"
    while [ $SECONDS -lt $deadline ]; do
        now=$(conditions) || now=$before # the API server may be busy; the deadline ends it
        [ "$now" = "$before" ] || comm -13 <(sort <<<"$before") <(sort <<<"$now") |
            while IFS=$'\t' read -r type status reason message _; do
                note "        $(printf '%-7s %-18s %-8s' "$(elapsed "$start")" "$type" "$status") $reason: $message"
            done
        before=$now
        if is_ready <<<"$now" && runs_only "$image"; then
            note "  ok    The chat is Ready ($(elapsed "$start"))"
            return
        fi
        sleep 0.5
    done
    note "  FAIL  The chat is not Ready after $(elapsed "$start"). What happened last:"
    kubectl events -A | tail -n 15 >&2
    fail "ChatCluster demo is not Ready: see the conditions above" "make logs; kubectl describe cc demo; make up again goes on from here"
}

# conditions: type, status, reason, message and whether it is about the newest generation, a condition per line
conditions() {
    kubectl get chatcluster -n default demo -o 'go-template={{$g := .metadata.generation}}{{if .status}}{{range .status.conditions}}{{.type}}{{"\t"}}{{.status}}{{"\t"}}{{.reason}}{{"\t"}}{{.message}}{{"\t"}}{{if .observedGeneration}}{{eq .observedGeneration $g}}{{end}}{{"\n"}}{{end}}{{end}}'
}

# runs_only IMAGE: whether every chat pod of the sample is made from the image
runs_only() {
    local seen
    seen=$(kubectl get deployment -n default demo-chat -o 'go-template={{(index .spec.template.spec.containers 0).image}} {{eq .metadata.generation .status.observedGeneration}} {{eq .status.replicas .status.updatedReplicas}}') || return 1
    [ "$seen" = "$1 true true" ]
}

is_ready() { awk -F'\t' '$1 == "Ready" && $2 == "True" && $NF == "true" { ready = 1 } END { exit !ready }'; }

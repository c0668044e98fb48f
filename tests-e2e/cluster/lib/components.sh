# The components of the cluster. For each: <name>_command prints its command line, an argument per line;
# <name>_healthy asks it; <name>_ports are the ports it listens on.

STATEFUL=" etcd containerd apiserver kubelet " # what may fail because of the state it finds
COMPONENTS=(etcd containerd apiserver controllers scheduler kubelet proxy dns metrics)
CONTAINERD_SOCKET=$STATE/containerd/containerd.sock

etcd_ports="ETCD ETCD_PEER"
etcd_command() {
    printf '%s\n' "$BIN/etcd" --name=dev --data-dir="$STATE/etcd" --unsafe-no-fsync --log-level=warn \
        --listen-client-urls="http://127.0.0.1:$ETCD_PORT" --advertise-client-urls="http://127.0.0.1:$ETCD_PORT" \
        --listen-peer-urls="http://127.0.0.1:$ETCD_PEER_PORT" --initial-advertise-peer-urls="http://127.0.0.1:$ETCD_PEER_PORT" \
        --initial-cluster="dev=http://127.0.0.1:$ETCD_PEER_PORT"
}
etcd_healthy() { ask "http://127.0.0.1:$ETCD_PORT/health"; }

containerd_ports=
containerd_command() { printf '%s\n' "$(type -P containerd)" --config "$STATE/etc/containerd.toml"; }
containerd_healthy() { timeout 5 ctr --address "$CONTAINERD_SOCKET" version; }

apiserver_ports=APISERVER
apiserver_command() {
    local pki=$STATE/pki
    printf '%s\n' "$BIN/kube-apiserver" --etcd-servers="http://127.0.0.1:$ETCD_PORT" \
        --bind-address=0.0.0.0 --secure-port="$APISERVER_PORT" --advertise-address="$NODE_IP" --service-cluster-ip-range="$SERVICE_CIDR" \
        --tls-cert-file="$pki/apiserver.crt" --tls-private-key-file="$pki/apiserver.key" --client-ca-file="$pki/ca.crt" \
        --kubelet-client-certificate="$pki/apiserver-kubelet-client.crt" --kubelet-client-key="$pki/apiserver-kubelet-client.key" \
        --kubelet-certificate-authority="$pki/ca.crt" --kubelet-preferred-address-types=InternalIP \
        --service-account-issuer=https://kubernetes.default.svc.cluster.local \
        --service-account-key-file="$pki/sa.pub" --service-account-signing-key-file="$pki/sa.key" \
        --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction --allow-privileged=true \
        --requestheader-client-ca-file="$pki/ca.crt" --requestheader-allowed-names=front-proxy-client \
        --requestheader-extra-headers-prefix=X-Remote-Extra- --requestheader-group-headers=X-Remote-Group \
        --requestheader-username-headers=X-Remote-User --enable-aggregator-routing=true \
        --proxy-client-cert-file="$pki/front-proxy.crt" --proxy-client-key-file="$pki/front-proxy.key" \
        --audit-policy-file="$STATE/etc/audit-policy.yaml" --audit-log-path="$STATE/log/audit.log" \
        --audit-log-maxsize=50 --audit-log-maxbackup=8
}
apiserver_healthy() {
    ask --cacert "$STATE/pki/ca.crt" --cert "$STATE/pki/admin.crt" --key "$STATE/pki/admin.key" "https://127.0.0.1:$APISERVER_PORT/readyz"
}

controllers_ports=CONTROLLERS
controllers_command() {
    printf '%s\n' "$BIN/kube-controller-manager"
    client_of controllers
    printf '%s\n' --bind-address=127.0.0.1 --secure-port="$CONTROLLERS_PORT" \
        --service-account-private-key-file="$STATE/pki/sa.key" --root-ca-file="$STATE/pki/ca.crt" \
        --cluster-signing-cert-file="$STATE/pki/ca.crt" --cluster-signing-key-file="$STATE/pki/ca.key" \
        --use-service-account-credentials --leader-elect=false --horizontal-pod-autoscaler-sync-period=5s
}
controllers_healthy() { ask --insecure "https://127.0.0.1:$CONTROLLERS_PORT/healthz"; }

scheduler_ports=SCHEDULER
scheduler_command() {
    printf '%s\n' "$BIN/kube-scheduler"
    client_of scheduler
    printf '%s\n' --bind-address=127.0.0.1 --secure-port="$SCHEDULER_PORT" --leader-elect=false
}
scheduler_healthy() { ask --insecure "https://127.0.0.1:$SCHEDULER_PORT/healthz"; }

kubelet_ports="KUBELET KUBELET_HEALTH"
kubelet_command() {
    printf '%s\n' "$BIN/kubelet" --config="$STATE/etc/kubelet.yaml" --kubeconfig="$STATE/etc/kubelet.kubeconfig" \
        --root-dir="$STATE/kubelet" --hostname-override="$NODE" --node-ip="$NODE_IP"
}
kubelet_healthy() { ask "http://127.0.0.1:$KUBELET_HEALTH_PORT/healthz"; }

proxy_ports="PROXY PROXY_HEALTH"
proxy_command() { printf '%s\n' "$BIN/kube-proxy" --config="$STATE/etc/kube-proxy.yaml" --hostname-override="$NODE"; }
proxy_healthy() { ask "http://127.0.0.1:$PROXY_HEALTH_PORT/healthz"; }

dns_ports="DNS DNS_READY"
dns_command() { printf '%s\n' "$BIN/coredns" -conf "$STATE/etc/Corefile"; }
dns_healthy() { ask "http://127.0.0.1:$DNS_READY_PORT/ready"; }

metrics_ports=METRICS
metrics_command() {
    printf '%s\n' "$BIN/metrics-server"
    client_of metrics
    printf '%s\n' --bind-address="$NODE_IP" --secure-port="$METRICS_PORT" --cert-dir="$STATE/metrics" \
        --kubelet-certificate-authority="$STATE/pki/ca.crt" --kubelet-preferred-address-types=InternalIP \
        --kubelet-use-node-status-port --metric-resolution=10s --kubelet-request-timeout=5s
}
metrics_healthy() { ask --insecure "https://$NODE_IP:$METRICS_PORT/livez"; }

# client_of NAME: the kubeconfig options of a server that also asks the API server who its callers are
client_of() { printf -- "--%s=$STATE/etc/$1.kubeconfig\n" kubeconfig authentication-kubeconfig authorization-kubeconfig; }

ask() { curl --silent --fail --noproxy '*' --max-time 5 --output /dev/null "$@"; }

write_configuration() {
    local file
    DNS_FORWARD=
    ! grep -qs '^nameserver' /etc/resolv.conf || DNS_FORWARD="forward . /etc/resolv.conf"
    mkdir -p "$STATE/etc/cni"
    for file in containerd.toml kubelet.yaml kube-proxy.yaml audit-policy.yaml Corefile cni/chatcluster-dev.conflist; do
        render "$HERE/etc/${file##*/}" >"$STATE/etc/file.new"
        mv "$STATE/etc/file.new" "$STATE/etc/$file"
    done
}

# ensure NAME: leaves a healthy component alone; starts it, or starts it anew, where it is dead, deaf or out of date
ensure() {
    local name=$1 command fingerprint ports=$1_ports port
    mapfile -t command < <("$1_command")
    fingerprint=$(fingerprint_for "${command[@]}")
    if running "$name" && [ "$(fingerprint_of "$name")" = "$fingerprint" ] && until_true 5 "${name}_healthy"; then
        return
    fi
    stop "$name"
    for port in ${!ports}; do demand_port "$port"; done
    launch "$name" "$fingerprint" "${command[@]}"
    await_health "$name"
}

# fingerprint_for ARGUMENT...: changes with the command line and with every file of $STATE/etc that it names
fingerprint_for() {
    local argument files=()
    for argument in "$@"; do
        argument=${argument##*=}
        [[ $argument != "$STATE"/etc/* ]] || files+=("$argument")
    done
    { printf '%s\n' "$@"; cat /dev/null "${files[@]}"; } | sha256sum | cut -c1-16
}

await_health() {
    local name=$1 deadline=$((SECONDS + 90)) code=1
    [[ $STATEFUL != *" $name "* ]] || code=$BROKEN
    until "${name}_healthy" &>/dev/null; do
        if ! running "$name" || [ $SECONDS -ge $deadline ]; then
            tail -n 8 "$STATE/log/$name.log"
            fail "$name does not come up (its log: $STATE/log/$name.log)" "make down, then make up" $code
        fi
        sleep 0.1
    done
}

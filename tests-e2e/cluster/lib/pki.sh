# Certificates and kubeconfigs. Each file appears whole or not at all, so an interrupted run leaves nothing half made.

ensure_pki() {
    mkdir -p "$STATE/pki"
    cd "$STATE/pki"
    [ -f ca.crt ] || {
        new_key ca
        openssl req -x509 -key ca.key -days 3650 -subj /CN=chatcluster-dev-ca -out ca.new
        mv ca.new ca.crt
    }
    [ -f sa.pub ] || {
        new_key sa
        openssl pkey -in sa.key -pubout -out sa.new
        mv sa.new sa.pub
    }
    certificate apiserver /CN=kube-apiserver \
        "IP:127.0.0.1,IP:$NODE_IP,IP:$KUBERNETES_IP,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local"
    certificate kubelet "/O=system:nodes/CN=system:node:$NODE" "IP:127.0.0.1,IP:$NODE_IP,DNS:$NODE"
    certificate admin /O=system:masters/CN=admin
    certificate apiserver-kubelet-client /O=system:masters/CN=apiserver-kubelet-client
    certificate front-proxy /CN=front-proxy-client
    certificate controllers /CN=system:kube-controller-manager
    certificate scheduler /CN=system:kube-scheduler
    certificate proxy /CN=system:kube-proxy
    certificate dns /CN=chatcluster:dns
    certificate metrics /CN=chatcluster:metrics
    kubeconfig_for admin controllers scheduler kubelet proxy dns metrics
}

# new_key NAME: the administrator's is RSA, the one kind that every client's library reads without help
new_key() {
    local kind=(EC -pkeyopt ec_paramgen_curve:P-256)
    [ "$1" != admin ] || kind=(RSA -pkeyopt rsa_keygen_bits:2048)
    openssl genpkey -algorithm "${kind[@]}" -out "$1.key.new" 2>/dev/null
    chmod 600 "$1.key.new"
    mv "$1.key.new" "$1.key"
}

# certificate NAME SUBJECT [SUBJECT-ALTERNATIVE-NAMES]
certificate() {
    [ ! -f "$1.crt" ] || return 0
    new_key "$1"
    openssl req -new -key "$1.key" -subj "$2" -out "$1.csr"
    openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -set_serial "0x$(openssl rand -hex 8)" -days 3650 -out "$1.new" \
        -extfile <(printf 'keyUsage=digitalSignature,keyEncipherment\nextendedKeyUsage=serverAuth,clientAuth\n%s\n' "${3:+subjectAltName=$3}")
    rm "$1.csr"
    mv "$1.new" "$1.crt"
}

kubeconfig_for() {
    local user
    for user in "$@"; do
        AUTHORITY=$(base64 -w0 ca.crt) CERTIFICATE=$(base64 -w0 "$user.crt") KEY=$(base64 -w0 "$user.key") \
            render "$HERE/etc/kubeconfig.yaml" >"$STATE/etc/$user.kubeconfig.new"
        chmod 600 "$STATE/etc/$user.kubeconfig.new"
        mv "$STATE/etc/$user.kubeconfig.new" "$STATE/etc/$user.kubeconfig"
    done
}

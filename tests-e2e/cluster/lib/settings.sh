# Addresses and ports. A variable of the caller wins; else what the running cluster was made with; else the default.

NODE=chatcluster-dev
BRIDGE=ccdev0
MARK=CHATCLUSTER_DEV_STATE=$STATE # in the environment of every process of ours, so that none is ever lost

PORT_VARIABLES=(APISERVER ETCD ETCD_PEER CONTROLLERS SCHEDULER KUBELET KUBELET_HEALTH PROXY PROXY_HEALTH DNS DNS_READY METRICS)
DEFAULT_PORTS=(16443 12379 12380 20257 20259 20250 20248 20249 20256 20053 20181 20443)

load_settings() {
    local i name variable
    # shellcheck disable=SC1091
    [ ! -f "$STATE/settings" ] || . "$STATE/settings"
    NETWORK=${CHATCLUSTER_NETWORK:-${KEPT_NETWORK:-10.231}} # pods get NETWORK.0.0/22, services NETWORK.128.0/17
    POD_CIDR=$NETWORK.0.0/22
    NODE_IP=$NETWORK.0.1
    SERVICE_CIDR=$NETWORK.128.0/17
    KUBERNETES_IP=$NETWORK.128.1
    DNS_IP=$NETWORK.128.10
    for i in "${!PORT_VARIABLES[@]}"; do
        name=${PORT_VARIABLES[i]}_PORT
        variable=CHATCLUSTER_$name
        kept=KEPT_$name
        printf -v "$name" %s "${!variable:-${!kept:-${DEFAULT_PORTS[i]}}}"
    done
}

save_settings() {
    local name
    {
        echo "KEPT_NETWORK=$NETWORK"
        for name in "${PORT_VARIABLES[@]}"; do
            name=${name}_PORT
            echo "KEPT_$name=${!name}"
        done
    } >"$STATE/settings.new"
    mv "$STATE/settings.new" "$STATE/settings"
}

# same_network: certificates and pods are bound to the addresses, so another network means another cluster
same_network() { [ "${KEPT_NETWORK:-$NETWORK}" = "$NETWORK" ]; }

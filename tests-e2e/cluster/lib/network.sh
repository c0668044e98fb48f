# The bridge of the pods and the packet rules around it. Rules of ours live in chains named after us.

CHAIN=CHATCLUSTER-DEV
# The last one spares the interface of each pod an address of its own: browsers on this machine give up the connections that they
# are about to make whenever the machine's addresses change.
SYSCTLS=(net/ipv4/ip_forward net/ipv4/conf/all/route_localnet net/bridge/bridge-nf-call-iptables net/ipv6/conf/default/addr_gen_mode)

ensure_network() {
    local setting
    modprobe br_netfilter 2>/dev/null || true # often built in
    [ -e /proc/sys/net/bridge/bridge-nf-call-iptables ] ||
        fail "the kernel has no br_netfilter, without which pods cannot reach Services" "load the module br_netfilter"
    keep_sysctls
    for setting in "${SYSCTLS[@]}"; do
        [ ! -e "/proc/sys/$setting" ] || [ "$(<"/proc/sys/$setting")" = 1 ] || echo 1 >"/proc/sys/$setting"
    done
    ip link show "$BRIDGE" &>/dev/null || ip link add "$BRIDGE" type bridge
    ip -o addr show dev "$BRIDGE" | grep -F " $NODE_IP/22 " >/dev/null || ip addr add "$NODE_IP/22" dev "$BRIDGE"
    ip link set "$BRIDGE" up
    ensure_rules
}

# keep_sysctls: what the machine had before us, for `down`
keep_sysctls() {
    local setting
    cat "$STATE/sysctls" 2>/dev/null >"$STATE/sysctls.new" || true
    for setting in "${SYSCTLS[@]}"; do
        # A kernel without IPv6 has no setting of it.
        [ -e "/proc/sys/$setting" ] || continue
        grep -q "^$setting " "$STATE/sysctls.new" || echo "$setting $(<"/proc/sys/$setting")" >>"$STATE/sysctls.new"
    done
    mv "$STATE/sysctls.new" "$STATE/sysctls"
}

restore_sysctls() {
    local setting value
    [ -f "$STATE/sysctls" ] || return 0
    while read -r setting value; do echo "$value" >"/proc/sys/$setting"; done <"$STATE/sysctls"
}

# Pods reach the world by masquerade; the world does not reach the API server, which has to listen on every address.
ensure_rules() {
    iptables-restore -w --noflush <<RULES
*nat
:$CHAIN - [0:0]
-A $CHAIN -s $POD_CIDR ! -d $POD_CIDR -j MASQUERADE
COMMIT
*filter
:$CHAIN-FORWARD - [0:0]
:$CHAIN-INPUT - [0:0]
-A $CHAIN-FORWARD -i $BRIDGE -j ACCEPT
-A $CHAIN-FORWARD -o $BRIDGE -j ACCEPT
-A $CHAIN-INPUT -i lo -j RETURN
-A $CHAIN-INPUT -i $BRIDGE -j RETURN
-A $CHAIN-INPUT -p tcp --dport $APISERVER_PORT -j DROP
COMMIT
RULES
    jump nat POSTROUTING "$CHAIN"
    jump filter FORWARD "$CHAIN-FORWARD"
    jump filter INPUT "$CHAIN-INPUT"
}

jump() { iptables -w -t "$1" -C "$2" -j "$3" 2>/dev/null || iptables -w -t "$1" -I "$2" -j "$3"; }

remove_network() {
    local veth other
    for veth in $(ip -o link show master "$BRIDGE" 2>/dev/null | cut -d: -f2 | cut -d@ -f1); do
        ip link del "$veth" 2>/dev/null || true
    done
    ip link del "$BRIDGE" 2>/dev/null || true
    remove_chains iptables "$CHAIN"
    other=$(other_kubernetes)
    if [ -n "$other" ]; then
        note "kept the KUBE-* packet rules: $other uses them too"
    else
        remove_chains iptables KUBE-
        remove_chains ip6tables KUBE-
    fi
}

# remove_chains COMMAND PREFIX: the chains so named and the rules that jump to them, in one transaction per table
remove_chains() {
    local table
    command -v "$1" >/dev/null || return 0
    for table in nat filter mangle; do
        "$1-save" -t $table 2>/dev/null | awk -v prefix="$2" -v table=$table '
            index($1, ":" prefix) == 1 { chains[++count] = substr($1, 2) }
            $1 == "-A" && index($2, prefix) != 1 && index($0, "-j " prefix) { sub(/^-A/, "-D"); jumps = jumps $0 "\n" }
            END {
                if (!count) exit
                printf "*%s\n", table
                for (i = 1; i <= count; i++) printf ":%s - [0:0]\n", chains[i]
                printf "%s", jumps
                for (i = 1; i <= count; i++) printf "-X %s\n", chains[i]
                print "COMMIT"
            }' | "$1-restore" -w --noflush
    done
}

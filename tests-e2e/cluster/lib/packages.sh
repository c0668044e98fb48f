# Debian packages, installed by name and only when missing.

# need_packages PACKAGE...
need_packages() {
    local missing=() package
    for package in "$@"; do
        [[ $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) == *"ok installed" ]] || missing+=("$package")
    done
    [ ${#missing[@]} = 0 ] || step "Install ${missing[*]}" install_packages "${missing[@]}"
}

install_packages() {
    [ "$(id -u)" = 0 ] || fail "only root can install $*" "sudo apt-get install $*"
    command -v apt-get >/dev/null || fail "missing: $*; this machine has no apt-get" "install them by hand"
    export DEBIAN_FRONTEND=noninteractive
    without_daemons apt-get install -y -q --no-install-recommends "$@" && return
    apt-get update -q
    without_daemons apt-get install -y -q --no-install-recommends "$@"
}

# The packages' own services (containerd, redis-server) would listen beside ours: keep them from starting.
without_daemons() {
    local policy=/usr/sbin/policy-rc.d code=0
    [ ! -e $policy ] || { "$@"; return; }
    printf '#!/bin/sh\nexit 101\n' >$policy
    chmod +x $policy
    "$@" || code=$?
    rm -f $policy
    return $code
}

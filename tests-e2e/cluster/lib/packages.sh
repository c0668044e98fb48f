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
    apt_install "$@" && return
    without_daemons dpkg --configure -a # what a run that was killed has begun
    apt-get update -q
    apt_install "$@"
}

# apt_install PACKAGE...: waits for another that installs, and removes nothing of the machine's in exchange
apt_install() { without_daemons apt-get install -y -q --no-install-recommends --no-remove -o DPkg::Lock::Timeout=300 "$@"; }

POLICY=/usr/sbin/policy-rc.d
POLICY_MARK="chatcluster's make installs a package"

# The packages' own services (containerd, redis-server) would listen beside ours: keep them from starting.
without_daemons() (
    allow_daemons
    [ ! -e $POLICY ] || exec "$@"
    trap 'rm -f $POLICY' EXIT
    trap 'exit 143' INT TERM
    printf '#!/bin/sh\n# %s\nexit 101\n' "$POLICY_MARK" >$POLICY
    chmod +x $POLICY
    "$@"
)

# allow_daemons: a run that was killed may not have
allow_daemons() {
    ! grep -qsF "$POLICY_MARK" $POLICY || rm -f $POLICY
}

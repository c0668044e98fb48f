# The chat's image comes in two flavours: on the JVM (jvm), and as an executable that GraalVM makes (native).

FLAVOR=${FLAVOR:-jvm}
RUNNER=chat-runtime/target/chat-runtime-0.1.0-SNAPSHOT-runner
BUILT_NATIVE=$WORK/built-native

# need_flavor: fails at once, and not after minutes, where the flavour cannot be built; sets NATIVE_OPTIONS
need_flavor() {
    case $FLAVOR in
        jvm) ;;
        native) choose_native_builder ;;
        *) fail "there is no flavour '$FLAVOR'" "FLAVOR=jvm or FLAVOR=native" ;;
    esac
}

choose_native_builder() {
    NATIVE_OPTIONS=(-Dquarkus.native.enabled=true -Dquarkus.package.jar.enabled=false)
    if [ -n "${GRAALVM_HOME:-}" ]; then
        [ -x "$GRAALVM_HOME/bin/native-image" ] ||
            fail "GRAALVM_HOME=$GRAALVM_HOME has no bin/native-image" "set it to a GraalVM or Mandrel for Java 25"
    elif docker info &>/dev/null; then
        NATIVE_OPTIONS+=(-Dquarkus.native.container-build=true -Dquarkus.native.container-runtime=docker)
    elif podman info &>/dev/null; then
        NATIVE_OPTIONS+=(-Dquarkus.native.container-build=true -Dquarkus.native.container-runtime=podman)
    else
        fail "the native flavour needs a GraalVM: GRAALVM_HOME names none, and neither docker nor podman answers to run a builder" \
            "set GRAALVM_HOME to a GraalVM or Mandrel for Java 25, or start a container engine"
    fi
}

# ensure_native: the executable, of the modules' present sources
ensure_native() {
    local now
    [ "$FLAVOR" = native ] || return 0
    now=$(sources_hash)
    if [ "$(cat "$BUILT_NATIVE" 2>/dev/null)" != "$now" ] || [ ! -x "$ROOT/$RUNNER" ]; then
        step "Compile the chat to an executable (minutes)" maven package -Dmaven.test.skip=true -pl chat-runtime "${NATIVE_OPTIONS[@]}"
        echo "$now" >"$BUILT_NATIVE"
    fi
}

# The Maven modules: built when their sources are not those of the last build.

BUILT=$WORK/built

# sources_hash: of everything that decides what the modules' jars hold
sources_hash() {
    cd "$ROOT"
    find pom.xml mvnw .mvn crds operator chat-runtime -name target -prune -o -path '*/src/test' -prune -o -type f -print0 |
        sort -z | xargs -0 sha256sum | sha256sum | cut -c1-16
}

ensure_modules() {
    local now
    now=$(sources_hash)
    if [ "$(cat "$BUILT" 2>/dev/null)" = "$now" ] && [ -f "$ROOT/operator/target/quarkus-app/quarkus-run.jar" ] &&
        [ -f "$ROOT/chat-runtime/target/quarkus-app/quarkus-run.jar" ]; then
        return
    fi
    step "Build the modules" maven package -Dmaven.test.skip=true -pl crds,operator,chat-runtime
    echo "$now" >"$BUILT"
}

# maven ARGUMENT...: with the JDK that fits
maven() {
    local java_home
    java_home=$("$HERE/java-home")
    cd "$ROOT"
    JAVA_HOME=$java_home ./mvnw -B -ntp "$@"
}

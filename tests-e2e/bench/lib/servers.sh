# The servers that are measured, and the stores they write to. start_<server> starts one anew; <server>_dialect says how it is spoken to.

DYNAMODB_PORT=$BENCH_PORT
REDIS_PORT=$((BENCH_PORT + 1))
declare -gA PORTS=([chat]=$((BENCH_PORT + 2)) [chat2]=$((BENCH_PORT + 4)) [socketio]=$((BENCH_PORT + 6)) [ejabberd]=$((BENCH_PORT + 7)) [raw]=$((BENCH_PORT + 8)))
declare -gA DIALECTS=([chat]=chat [socketio]=socketio [ejabberd]=xmpp [raw]=raw)
declare -gA TITLES=([chat]=ChatCluster [socketio]='Socket.IO 4, Redis Streams' [ejabberd]='ejabberd, MUC and MAM' [raw]='raw limit, one write each')
declare -gA UNAVAILABLE=()
LOAD=

prepare() {
    local server
    command -v go >/dev/null || fail "go is not on the PATH" "install Go 1.26 or newer"
    need_packages redis-server curl util-linux
    JAVA_HOME=$("$CLUSTER/java-home")
    export JAVA_HOME
    ulimit -n "$(ulimit -Hn)"
    SCRATCH=$(mktemp -d)
    mkdir -p "$TOOLS" "$RESULTS"
    LOAD=$SCRATCH/load
    step "Compile the load generator" compile_load
    "$LOAD" keys "$SCRATCH"
    printf 'local\n' | tee "$SCRATCH/aws_access_key_id" >"$SCRATCH/aws_secret_access_key"
    prepare_dynamodb
    ensure_modules
    for server in ${SERVERS:-socketio ejabberd raw}; do
        [ "$server" = chat ] || "prepare_$server" || UNAVAILABLE[$server]="${UNAVAILABLE[$server]:-cannot be installed here}"
    done
}

compile_load() { cd "$BENCH/load" && CGO_ENABLED=0 go build -trimpath -o "$LOAD" .; }

prepare_dynamodb() {
    local version
    version=$(sed -n 's:.*<dynamodb-local.version>\(.*\)</dynamodb-local.version>.*:\1:p' "$ROOT/pom.xml")
    DYNAMODB=$TOOLS/dynamodb-$version
    [ -d "$DYNAMODB" ] || step "Get DynamoDB Local $version (once)" get_dynamodb "$version"
}

get_dynamodb() {
    "$ROOT/mvnw" -q -B -f "$CLUSTER/containers/dynamodb-local" -Ddynamodb-local.version="$1" \
        org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
        -DincludeScope=runtime -DoutputDirectory="$DYNAMODB.new"
    mv "$DYNAMODB.new" "$DYNAMODB"
}

start_stores() {
    launch redis "$LOAD_CORES" redis-server --bind 127.0.0.1 --port "$REDIS_PORT" --dir "$SCRATCH" --save '' \
        --appendonly "${1:-no}" --appendfilename "redis-$SECONDS.aof" --appenddirname "redis-$SECONDS"
    await redis 20 listens "$REDIS_PORT"
}

start_dynamodb() {
    launch dynamodb "$LOAD_CORES" "$JAVA_HOME/bin/java" -Xmx2g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED \
        -Dsqlite4java.library.path="$DYNAMODB" -cp "$DYNAMODB/*" \
        com.amazonaws.services.dynamodbv2.local.main.ServerRunner -inMemory -sharedDb -disableTelemetry -port "$DYNAMODB_PORT"
    await dynamodb 60 listens "$DYNAMODB_PORT"
    "$LOAD" tables "127.0.0.1:$DYNAMODB_PORT"
}

# start_chat [NAME...]: the pods, fresh stores included
start_chat() {
    local name
    [ $# -gt 0 ] || set -- chat
    stop chat && stop chat2
    start_stores
    start_dynamodb
    for name in "$@"; do start_pod "$name"; done
    for name in "$@"; do await "$name" 120 ready "$((PORTS[$name] + 1))"; done
}

ready() { curl --silent --fail --noproxy '*' --output /dev/null "http://127.0.0.1:$1/q/health/ready"; }

start_pod() {
    local name=$1
    chat_settings "$name" "$SCRATCH" >"$SCRATCH/$name.properties"
    # shellcheck disable=SC2046,SC2086
    QUARKUS_CONFIG_LOCATIONS=$SCRATCH/$name.properties launch "$name" $SERVER_CORE "$JAVA_HOME/bin/java" \
        $(image_flags) -Xmx1g ${JAVA_FLAGS:-} -jar "$ROOT/chat-runtime/target/quarkus-app/quarkus-run.jar"
}

# image_flags: of the JVM, as the image has them, but for the cache and for the memory, which is that of a pod
image_flags() {
    sed -n 's/^ENTRYPOINT \[\(.*\)\]/\1/p' "$ROOT/chat-runtime/src/main/container/Containerfile" | tr -d '",' | tr ' ' '\n' |
        grep '^-XX' | grep -vE 'AOTCache|MaxRAMPercentage'
}

# chat_settings NAME FOLDER: a pod's settings; the limits that a load generator would run into are off
chat_settings() {
    cat <<TEXT
chat.pod=$1
quarkus.http.host=127.0.0.1
quarkus.http.port=${PORTS[$1]}
quarkus.management.host=127.0.0.1
quarkus.management.port=$((PORTS[$1] + 1))
quarkus.log.level=WARN
chat.dynamodb.region=local
chat.dynamodb.endpoint=http://127.0.0.1:$DYNAMODB_PORT
chat.dynamodb.table-prefix=bench-
chat.aws.credentials-directory=$2
chat.redis.shards=127.0.0.1:$REDIS_PORT
chat.auth.issuer=https://chatcluster.io/bench
chat.auth.jwks-file=$2/jwks.json
chat.limits.messages-per-second=100000
chat.limits.room-messages-per-second=100000
TEXT
}

prepare_socketio() {
    if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
        need_packages nodejs npm
    fi
    SOCKETIO=$TOOLS/socketio-$(hash "$BENCH"/peers/socketio/* | cut -c1-12)
    [ -d "$SOCKETIO" ] || step "Install Socket.IO (once)" install_socketio
}

install_socketio() {
    rm -rf "$SOCKETIO.new"
    cp -r "$BENCH/peers/socketio" "$SOCKETIO.new"
    cd "$SOCKETIO.new"
    npm install --no-audit --no-fund --no-package-lock
    mv "$SOCKETIO.new" "$SOCKETIO"
}

start_socketio() {
    start_stores yes
    launch socketio $SERVER_CORE env NODE_ENV=production node "$SOCKETIO/server.js" "${PORTS[socketio]}" "redis://127.0.0.1:$REDIS_PORT"
    await socketio 20 listens "${PORTS[socketio]}"
}

prepare_ejabberd() { need_packages ejabberd; }

# Without Erlang's own clustering, which would leave a daemon behind.
start_ejabberd() {
    local folder=$SCRATCH/ejabberd-$SECONDS
    mkdir -p "$folder"
    sed "s/@PORT@/${PORTS[ejabberd]}/" "$BENCH/peers/ejabberd.yml" >"$folder/ejabberd.yml"
    launch ejabberd $SERVER_CORE env HOME="$folder" EJABBERD_CONFIG_PATH="$folder/ejabberd.yml" EJABBERD_LOG_PATH="$folder/ejabberd.log" \
        erl +K true +P 1000000 +Q 65536 +S 1:1 -noinput -noshell -pa /usr/lib/*/ejabberd-*/ebin -mnesia dir "\"$folder/db\"" -s ejabberd
    await ejabberd 30 listens "${PORTS[ejabberd]}"
}

prepare_raw() {
    command -v gcc >/dev/null || need_packages gcc libc6-dev
    gcc -O2 -o "$SCRATCH/raw" "$BENCH/peers/raw.c"
}

start_raw() {
    launch raw $SERVER_CORE "$SCRATCH/raw" "${PORTS[raw]}"
    await raw 10 listens "${PORTS[raw]}"
}

# What goes into each image: <name>_inputs prints what decides its content, files by their absolute paths;
# <name>_context assembles what its Containerfile copies in a scratch folder. Modules are built before.

MODULES=java.se,jdk.crypto.ec,jdk.httpserver,jdk.jcmd,jdk.jfr,jdk.management,jdk.management.agent,jdk.naming.dns,jdk.net,jdk.security.auth,jdk.unsupported,jdk.zipfs

base_folder=$HERE/containers/base
base_inputs() { printf '%s\n' "$JAVA_HOME/release" "$HERE/lib/recipes.sh"; }
base_context() {
    local root=$1/rootfs
    mkdir -p "$root"/{opt,etc/ssl/certs,tmp}
    chmod 1777 "$root/tmp"
    debian_files "$root" libc6 zlib1g ca-certificates tzdata
    find "$root/usr/share/ca-certificates" -name '*.crt' -exec cat {} + >"$root/etc/ssl/certs/ca-certificates.crt"
    rm -rf "$root"/usr/share/{doc,man,lintian,locale,bug}
    account_files "$root"
    "$JAVA_HOME/bin/jlink" --add-modules $MODULES --strip-debug --no-header-files --no-man-pages --output "$root/opt/java"
    # Class data archives, also for compact object headers, without which every JVM would load its classes one by one.
    "$root/opt/java/bin/java" -Xshare:dump
    "$root/opt/java/bin/java" -XX:+UseCompactObjectHeaders -Xshare:dump
}

runtime_folder=$ROOT/chat-runtime/src/main/container
runtime_inputs() {
    quarkus_files chat-runtime
    find "$runtime_folder/training" "$HERE/containers/training" "$HERE/Token.java" -type f | sort
}
# The cache that the training run leaves holds only for files with the times that they have in the image: those of `--timestamp 0`.
runtime_context() {
    local training=$1/target/training
    quarkus_context chat-runtime "$1"
    cp -r "$runtime_folder/training" "$training"
    "$JAVA_HOME/bin/javac" --release 25 -d "$training" "$HERE/Token.java" "$HERE"/containers/training/*.java
    training_redis "$training/redis"
    find "$1/target" -exec touch --date=@0 {} +
}
# training_redis FOLDER: a redis-server that needs nothing around it, and a certificate for it
training_redis() {
    local program
    program=$(command -v redis-server)
    mkdir "$1"
    { echo "$program"; ldd "$program" | grep -o '/[^ ]*'; } | xargs cp -Lt "$1"
    mv "$1"/ld-*.so.* "$1/ld.so"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=training \
        -addext subjectAltName=DNS:localhost -keyout "$1/tls.key" -out "$1/tls.crt"
}

if [ "$FLAVOR" = native ]; then
    runtime_folder=$ROOT/chat-runtime/src/main/container/native
    runtime_inputs() { native_files; }
    runtime_context() {
        mkdir -p "$1/target/native"
        native_files | xargs -d '\n' cp -t "$1/target/native"
        mv "$1/target/native/${RUNNER##*/}" "$1/target/native/chat"
    }
fi
native_files() {
    [ -x "$ROOT/$RUNNER" ] || fail "the executable is not built" "make images FLAVOR=native"
    find "$ROOT/${RUNNER%/*}" -maxdepth 1 -name '*.so' -o -path "$ROOT/$RUNNER" | sort
}

operator_folder=$ROOT/operator/src/main/container
operator_inputs() { quarkus_files operator; }
operator_context() { quarkus_context operator "$1"; }

redis_folder=$HERE/containers/redis
redis_inputs() { printf '%s\n' "$(readlink -f "$(command -v redis-server)")" "$HERE/lib/recipes.sh"; }
redis_context() {
    local root=$1/rootfs program
    mkdir -p "$root"/{etc,tmp}
    chmod 1777 "$root/tmp"
    account_files "$root"
    for program in redis-server redis-cli sh cat sed grep sleep; do
        install -D "$(readlink -f "$(command -v $program)")" "$root/usr/bin/$program"
        ldd "$(command -v $program)" | grep -o '/[^ ]*' | while read -r library; do
            [ -e "$root$library" ] || install -D "$(readlink -f "$library")" "$root$library"
        done
    done
}

dynamodb_folder=$HERE/containers/dynamodb-local
dynamodb_version() { sed -n 's:.*<dynamodb-local.version>\(.*\)</dynamodb-local.version>.*:\1:p' "$ROOT/pom.xml"; }
dynamodb_inputs() { printf '%s\n' "$dynamodb_folder/pom.xml" "version $(dynamodb_version)"; }
dynamodb_context() {
    "$ROOT/mvnw" -q -B -f "$dynamodb_folder" -Ddynamodb-local.version="$(dynamodb_version)" \
        org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies \
        -DincludeScope=runtime -DoutputDirectory="$1/target/lib"
    rm -f "$1"/target/lib/*.{dll,dylib} # other systems' copies of the SQLite that it stores in
}

versitygw_folder=$HERE/containers/versitygw
versitygw_inputs() { echo "$BIN/versitygw"; }
versitygw_context() { cp "$BIN/versitygw" "$1/versitygw"; }

signin_folder=$HERE/containers/sign-in
signin_inputs() { printf '%s\n' "$HERE/Token.java" "$signin_folder/SignIn.java"; }
signin_context() {
    "$JAVA_HOME/bin/javac" --release 25 -d "$1/target" "$HERE/Token.java" "$signin_folder/SignIn.java"
}

quarkus_files() {
    [ -f "$ROOT/$1/target/quarkus-app/quarkus-run.jar" ] || fail "module $1 is not built" "make images"
    find "$ROOT/$1/target/quarkus-app" -type f | sort
}

quarkus_context() {
    mkdir -p "$2/target"
    cp -r "$ROOT/$1/target/quarkus-app" "$2/target/"
}

# debian_files ROOT PACKAGE...: the packages' files without installing them
debian_files() {
    local root=$1 package
    shift
    (
        cd "$(dirname "$root")"
        apt-get download -q "$@" || { apt-get update -q && apt-get download -q "$@"; }
        for package in ./*.deb; do dpkg-deb -x "$package" "$root"; done
        rm ./*.deb
    )
    # Newer Debians ship libraries under /usr alone and leave these links to another package.
    local link
    for link in lib lib64; do [ -e "$root/$link" ] || ln -s usr/$link "$root/$link"; done
}

account_files() {
    printf 'root:x:0:0:root:/:/sbin/nologin\nchat:x:65532:65532:chat:/tmp:/sbin/nologin\n' >"$1/etc/passwd"
    printf 'root:x:0:\nchat:x:65532:\n' >"$1/etc/group"
    printf 'hosts: files dns\n' >"$1/etc/nsswitch.conf"
}

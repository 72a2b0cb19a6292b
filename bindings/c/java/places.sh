# Where things are, for the scripts beside this file.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repo=$(cd "$here/../../.." && pwd)
target=${CARGO_TARGET_DIR:-$repo/target}
natives=$target/release
out=${CHIPID_OUT:-$target/bindings}/java
# Debian's; whoever uses Maven or Gradle has them from there.
jna=/usr/share/java/jna.jar
junit=/usr/share/java/junit4.jar:/usr/share/java/hamcrest-core.jar

fail() {
    echo "java: $*" >&2
    exit 1
}

for needed in javac java jar javadoc; do
    command -v "$needed" >/dev/null || fail "$needed is missing: packages.debian says what is needed"
done
[ -f "$jna" ] || fail "$jna is missing: packages.debian says what is needed"

# Java with the classes that `build` made, and the library that cargo made. Paths in other letters than English are looked up too.
run_java() {
    LC_ALL=C.UTF-8 java -Dfile.encoding=UTF-8 "-Djna.library.path=$natives" \
        -cp "$out/classes:$out/tests:$jna:$junit" "$@"
}

# Where things are; sourced by the scripts beside it.
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
target=${CARGO_TARGET_DIR:-$root/target}
out=${CHIPID_OUT:-$target/bindings}/dotnet
native=$target/release/libchipid_c.so
# Debian's Mono: the reference assemblies of .NET Framework 4.6.1, and the facade that knows what is in netstandard 2.0.
framework=4.6.1-api
facade=/usr/lib/mono/4.7.2-api/Facades/netstandard.dll
cecil=$(ls /usr/lib/mono/gac/Mono.Cecil/0.11.*/Mono.Cecil.dll 2>/dev/null | head -n 1)

for need in mcs mono python3; do
    command -v "$need" >/dev/null || { echo "dotnet: $need is missing: install what packages.debian names" >&2; exit 2; }
done
for need in "$facade" "$cecil"; do
    [ -f "$need" ] || { echo "dotnet: Mono's assemblies are missing: install what packages.debian names" >&2; exit 2; }
done

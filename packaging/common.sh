# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
#
# What packaging/run and tests/run share; read by them with `source`. Needs $root, the
# project's folder, and $me, the name of the command that speaks.

say() { printf '%s: %s\n' "$me" "$*" >&2; }

die() {
    say "$*"
    exit 1
}

# The packages of the named sections of packaging/debian-packages.
packages_of() {
    awk -v wanted=" $* " '
        { sub(/#.*/, ""); gsub(/[ \t]/, "") }
        /^\[.*\]$/ { inside = index(wanted, " " substr($0, 2, length($0) - 2) " ") > 0; next }
        inside && length { print }' "$root/packaging/debian-packages"
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

apt_get() {
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "these packages are needed, and only root can install them"
        as_root=(sudo)
    fi
    # In run level 1 no service is started by its installation.
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 apt-get -qq -o Dpkg::Use-Pty=0 "$@" </dev/null >&2
}

# Installs what is missing of the named sections, and does nothing where nothing is.
install_missing() {
    local package missing=()
    if ! command -v dpkg-query >/dev/null; then
        say "this is no Debian system; these packages, or their likes, are expected: $(packages_of "$@" | xargs)"
        return
    fi
    while read -r package; do
        is_installed "$package" || missing+=("$package")
    done < <(packages_of "$@")
    [ ${#missing[@]} -gt 0 ] || return 0
    say "installing ${#missing[@]} Debian packages: ${missing[*]}"
    apt_get update || die "apt-get update failed"
    apt_get install -y --no-install-recommends "${missing[@]}" || die "the packages could not be installed"
}

# One job a core, but no more than memory allows at 1.5 GB each.
job_count() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable:/ { print int($2 / 1572864) }' /proc/meminfo 2>/dev/null)
    memory=${memory:-$cores}
    [ "$memory" -ge 1 ] || memory=1
    echo $((cores < memory ? cores : memory))
}

# build_preset PRESET [CMake options]: configures where that was not done yet, where the folder was moved or where an
# option differs (changed CMakeLists are seen by Ninja itself), then builds what changed.
build_preset() {
    local preset=$1 dir=$root/build/$1 option configured=yes
    shift
    [ -f "$dir/build.ninja" ] && [ "$dir/CMakeCache.txt" -nt "$root/CMakePresets.json" ] || configured=no
    grep -Fqsx "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$dir/CMakeCache.txt" || configured=never
    for option in "$@"; do
        option=${option#-D}
        grep -qs "^${option%%=*}:[A-Z]*=${option#*=}\$" "$dir/CMakeCache.txt" || [ $configured = never ] || configured=no
    done
    if [ $configured != yes ]; then
        say "configuring build/$preset"
        mkdir -p "$root/build"
        [ $configured = no ] || set -- --fresh "$@"
        cmake -S "$root" --preset "$preset" "$@" >"$root/build/$preset.log" 2>&1 \
            || { cat "$root/build/$preset.log" >&2; die "CMake could not configure build/$preset"; }
        touch "$dir/CMakeCache.txt" "$dir/build.ninja"
    fi
    say "building build/$preset, $(job_count) at a time"
    (cd "$root" && NINJA_STATUS='[%f/%t, %es] ' cmake --build --preset "$preset" -j "$(job_count)") >&2 \
        || die "the build failed"
}

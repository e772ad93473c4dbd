# Shared by ./waymark, ./test and ./bench: finds the tools, keeps two builds apart. Sourced; expects $here. Writes to standard error only.

say() { printf '%s\n' "$*" >&2; }
stop() { say "$@"; exit 1; }

mkdir -p "$here/artifacts"

need_tools() {
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1 MSBUILDDISABLENODEREUSE=1
    local version
    version=$(cd "$here" && dotnet --version 2>/dev/null) || version=none
    case $version in
        10.*) ;;
        none) stop "Waymark needs the .NET 10 SDK (dotnet), which was not found. Install it and try again: https://dotnet.microsoft.com/download/dotnet/10.0" ;;
        *) stop "Waymark needs the .NET 10 SDK; this one is $version. Install it and try again: https://dotnet.microsoft.com/download/dotnet/10.0" ;;
    esac
    version=$(node --version 2>/dev/null) || version=v0
    version=${version#v}
    if [ "${version%%.*}" -lt 20 ] || ! command -v npm >/dev/null; then
        stop "Waymark needs Node.js 20 or later with npm, to build its style sheet and script; found ${version/#0/none}. Install it and try again: https://nodejs.org"
    fi
}

# Name, size and time of every source: quick, and a changed file is seen.
stamp_of_sources() {
    local form=(-c '%n %s %.9Y')
    stat -c '' "$here" >/dev/null 2>&1 || form=(-f '%N %z %Fm')
    (cd "$here" && find src Directory.Build.props Directory.Packages.props global.json \
        \( -name bin -o -name obj -o -name node_modules -o -path src/Waymark/wwwroot \) -prune -o -type f -exec stat "${form[@]}" {} + | LC_ALL=C sort | cksum | tr ' ' '-')
}

alive() { [ -d "/proc/$1" ] || kill -0 "$1" 2>/dev/null; }

# One build at a time; whoever takes it sees to release_build_lock at its own exit (a trap set here would undo the caller's). The lock is a link that names its process, made in one step; that of a process that is gone is cleared, and said.
take_build_lock() {
    lock="$here/artifacts/build.lock"
    mkdir -p "$here/artifacts"
    local owner told='' tries=0
    until ln -s "$$" "$lock" 2>/dev/null; do
        owner=$(readlink "$lock" || true)
        if [ -n "$owner" ] && ! alive "$owner"; then
            if mv "$lock" "$lock.$$" 2>/dev/null; then
                [ "$(readlink "$lock.$$")" = "$owner" ] && say "Cleared the build lock of process $owner, which is gone." || mv -n "$lock.$$" "$lock"
                rm -f "$lock.$$"
            fi
            continue
        fi
        [ -n "$told" ] || { say "Another build is under way (process $owner); waiting for it."; told=yes; }
        tries=$((tries + 1))
        [ "$tries" -lt 3000 ] || stop "The build of process $owner has not ended in ten minutes. End it, or remove $lock."
        sleep 0.2
    done
}

release_build_lock() { [ "$(readlink "$lock" 2>/dev/null)" != "$$" ] || rm -f "$lock"; }

# shellcheck shell=sh
# Starts Java for bin/carillon, in the checkout and in the zip. They set $java and call:
#
#   find_archive FILE...              what the archive depends on, besides Java
#   start CLASS_PATH ARGUMENT...      runs the command with these arguments
#
# An archive contains the classes of the command as Java has them in memory (class-data sharing): a command that opens a bus takes a
# third less time. The first short command starts a process that records the archive meanwhile. Where there is none (yet), or
# Java refuses it, everything works, only more slowly.
#
#   $cache   the folder of the archives; empty: no archives

find_archive() {
    archive=
    case $cache in
        '' | *:*) return 0 ;; # Java separates archives by colons
    esac
    id=$(LC_ALL=C TZ=UTC0 ls -Lil "$java" "$@" 2>/dev/null | cksum 2>/dev/null) || return 0
    archive=$cache/carillon-${id%% *}.jsa
}

# The recorded command uses a Redis that does not exist, in an empty environment. An archive that Java does not accept is replaced by
# an empty file, so that it is not recorded again. The archives of three versions of Java or of the jars are kept.
record_archive() {
    new=$archive.new
    [ ! -d "$new" ] || find "$new" -prune -mmin +5 -exec rm -rf {} + # its process was killed
    mkdir -p "$cache" && mkdir "$new" || return 0
    set -- -XX:ErrorFile="$new/error" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$1" dev.carillon.cli.Main
    env -i PATH="$PATH" EVENT_BUS_REDIS_CONNECTION_URL=redis://127.0.0.1:1/0 \
        nice -n 19 "$java" -XX:ArchiveClassesAtExit="$new/jsa" "$@" doctor || : # there is no Redis
    env -i PATH="$PATH" "$java" -Xshare:on -XX:SharedArchiveFile="$new/jsa" "$@" --version || {
        rm -f "$new/jsa"
        : >"$new/jsa"
    }
    mv -f "$new/jsa" "$archive"
    rm -rf "$new"
    ls -t "$cache"/carillon-*.jsa | tail -n +4 | while IFS= read -r old; do rm -f "$old"; done
}

start() {
    class_path=$1
    shift
    # Short commands start faster without the second compiler; long-running ones are faster with it.
    case ${1:-} in
        demo | consume-events | work) set -- dev.carillon.cli.Main "$@" ;;
        *)
            set -- -XX:TieredStopAtLevel=1 -XX:+UseSerialGC dev.carillon.cli.Main "$@"
            if [ -n "$archive" ] && [ ! -e "$archive" ]; then
                (record_archive "$class_path" &) </dev/null >/dev/null 2>&1
            fi
            ;;
    esac
    if [ -t 1 ]; then
        set -- -Dcarillon.terminal=true "$@"
    fi
    # Java decodes arguments by the locale. Without one, it would lose characters that are not ASCII.
    case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
        *[Uu][Tt][Ff]-8* | *[Uu][Tt][Ff]8*) ;;
        *) export LC_ALL=C.UTF-8 ;;
    esac
    class_path=$class_path${CARILLON_CLASSPATH:+:$CARILLON_CLASSPATH}
    # shellcheck disable=SC2086 # several options, separated by spaces
    set -- ${CARILLON_JAVA_OPTS:-} -cp "$class_path" "$@"
    # An archive of another user could contain any classes. Java would log on standard output that it refuses an archive.
    if [ -n "$archive" ] && [ -s "$archive" ] && [ -O "$archive" ]; then
        set -- -XX:SharedArchiveFile="$archive" -Xlog:disable "$@"
    fi
    exec "$java" "$@"
}

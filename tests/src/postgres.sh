# Makes a PostgreSQL cluster in a folder, and keeps it until nobody writes to us any more.
# Arguments: the folder of the programs, the folder of the cluster, the port, the address of the primary
# that it is to follow or nothing, and settings.
programs=$1 folder=$2 port=$3 primary=$4
shift 4
cd "$folder" || exit 1
exec 2>log
trap '' INT HUP
if [ -n "$primary" ]; then
    "$programs/pg_basebackup" --pgdata=data --dbname="$primary" --write-recovery-conf --wal-method=stream \
        --checkpoint=fast --no-sync >&2 || exit 1
else
    "$programs/initdb" --pgdata=data --username=fiado --pwfile=password --auth-local=trust \
        --auth-host=scram-sha-256 --encoding=UTF8 --locale=C.UTF-8 --locale-provider=icu --icu-locale=en-US \
        --no-sync >&2 || exit 1
fi
"$programs/postgres" -D data -k "$folder" -p "$port" -c listen_addresses=127.0.0.1 -c max_connections=300 \
    "$@" <&- >&2 &
server=$!
# Ends with whoever started us, or with the server.
(while kill -0 $server 2>/dev/null; do sleep 1; done; kill $$ 2>/dev/null) <&- >/dev/null 2>&1 &
guard=$!
trap 'kill -QUIT $server 2>/dev/null' TERM
cat >/dev/null
kill $guard 2>/dev/null
kill -QUIT $server 2>/dev/null
wait $server
rm -rf "$folder"

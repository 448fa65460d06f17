#!/bin/sh
# Runs once, when the container of PostgreSQL is new: two databases, and an account that may empty the log.
set -eu
psql --set=ON_ERROR_STOP=1 --username postgres <<'SQL'
\getenv password ERBIJ_DATABASE_PASSWORD
CREATE ROLE erbij LOGIN PASSWORD :'password';
CREATE DATABASE erbij OWNER erbij;
CREATE DATABASE erbij_help OWNER erbij;
GRANT pg_checkpoint TO erbij;
\connect erbij
GRANT EXECUTE ON FUNCTION pg_switch_wal() TO erbij;
SQL

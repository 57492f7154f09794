#!/bin/sh
# Run once by the database's image, as its superuser: what bin/lib/roles.py does for bin/run.
set -eu
psql --set ON_ERROR_STOP=1 --no-psqlrc --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    --set owner_password="$OCOP_OWNER_PASSWORD" --set app_password="$OCOP_APP_PASSWORD" <<'SQL'
CREATE ROLE ocop_owner WITH LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS PASSWORD :'owner_password';
CREATE ROLE ocop_app WITH LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS PASSWORD :'app_password';
\connect template1
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE DATABASE ocop OWNER ocop_owner;
SQL

#!/bin/bash
# Run by Postgres' image when it makes the cluster: the logins that docs/operations.md describes, with the passwords that were made for them.
set -euo pipefail
psql --set=ON_ERROR_STOP=1 --username=postgres --quiet --file=/run/worksights/roles.sql

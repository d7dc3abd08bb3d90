# Read by Postgres' image, as a part of its own script, when it makes the cluster: the logins that docs/operations/install.md describes.
psql --set=ON_ERROR_STOP=1 --username=postgres --quiet --file=/run/worksights/roles.sql

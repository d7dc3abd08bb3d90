#!/bin/sh
# Runs in the build, in the repository: makes /app, which is what the image of one service or package holds.
set -eu
name=$1

turbo prune "@worksights/$name" --docker --production --out-dir /pruned
mv /pruned/json /app
cd /app
pnpm install --prod --frozen-lockfile --store-dir /pnpm --package-import-method copy
mkdir -p packages services
for group in packages services; do
  if [ -d "/pruned/full/$group" ]; then cp -r "/pruned/full/$group" .; fi
done
# What git ignores is not pruned in: the generated client.
if [ -d packages/database ]; then cp -r /repository/packages/database/src/generated packages/database/src/; fi

# Ours: no tests, nothing for development, no files of tools.
find packages services -not -path '*/node_modules/*' \( -name '*.test.ts' -o -name tsconfig.json -o -name vite.config.ts \) -type f -delete
find packages services -type d \( -name node_modules -prune -o \( -name testing -o -name development -o -name bench -o -name test -o -name .turbo \) -print \) \
  | xargs rm -rf
rm -rf services/frontend/web services/frontend/public services/frontend/index.html pnpm-lock.yaml pnpm-workspace.yaml turbo.json

# Theirs: what is for editors and debuggers, and Prisma's compilers for databases other than Postgres (50 MB). Licences stay.
store=node_modules/.pnpm
find $store -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete
find $store -path '*/@prisma/client/runtime/*' -type f \
  \( -name '*.sqlserver.*' -o -name '*.mysql.*' -o -name '*.sqlite.*' -o -name '*.cockroachdb.*' -o -name '*-edge.*' \) -delete
find $store -maxdepth 1 -name '@types+*' -exec rm -rf {} +
find . -xtype l -delete
find . -name .bin -type d -prune -exec rm -rf {} +

if [ "$name" = operations ]; then
  mkdir bin
  ln -s ../packages/operations/src/cli.ts bin/worksights
  chmod 755 packages/operations/src/cli.ts
fi
chmod -R a+rX,go-w .

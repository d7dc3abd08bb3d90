// By path, not by package name: database's own tests use this package's harness, and turbo refuses packages that depend on each other.
export { migrate } from '../../database/src/migrate.ts'
export { migrateQueues } from '../../queues/src/postgres-backend.ts'

export { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './postgres/embedded.ts'
export { type Guardian, startGuardian } from './processes/guardian.ts'

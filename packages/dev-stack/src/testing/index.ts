export { type QueueBackend, queueBackends } from './backends.ts'
export { createTestDatabase, type TestDatabase } from './databases.ts'

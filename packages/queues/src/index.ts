export type { HintPayload, QueueName } from './contract.ts'
export { inspectQueues, type QueuesInspection } from './inspect.ts'
export { migrateQueues } from './postgres-backend.ts'
export { createQueues, type Queues, type QueueWorker, type WorkOptions } from './queues.ts'

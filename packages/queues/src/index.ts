export type { HintPayload, QueueName } from './contract.ts'
export { migrateQueues } from './postgres-backend.ts'
export { observeQueues } from './queue-metrics.ts'
export { createQueues, type Queues, type QueueWorker, type WorkOptions } from './queues.ts'

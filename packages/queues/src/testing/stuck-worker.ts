import { createLogger } from '@worksights/runtime'
import { createQueues } from '../queues.ts'

// A worker process that takes one job and never finishes it, for tests that kill it.
const queues = createQueues({ url: process.argv[2] ?? '', log: createLogger({ service: 'stuck', level: 'silent' }) })
queues.work(
  'resolve',
  () => {
    process.stdout.write('taken\n')
    return new Promise<void>(() => {})
  },
  { concurrency: 1 },
)

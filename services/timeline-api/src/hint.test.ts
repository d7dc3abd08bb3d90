import { expect, test } from '@jest/globals'
import { createQueues } from '@worksights/queues'
import { createLogger } from '@worksights/runtime'
import { createHint } from './hint.ts'

test('a hint to a queue that is away is lost with a warning, and nothing is thrown', async () => {
  const logged: string[] = []
  const log = createLogger({ service: 'test', level: 'debug', destination: { write: line => void logged.push(line) } })
  const queues = createQueues({ url: 'redis://127.0.0.1:9', log })
  try {
    await createHint({ queues, log })('runs', '0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e')
    expect(logged.join('')).toContain('a hint was lost')
  } finally {
    await queues.close()
  }
})

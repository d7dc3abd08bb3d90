import { inspectQueues, type QueuesInspection } from '@worksights/queues'
import { queueAt } from '@worksights/runtime'
import type { Finding } from './finding.ts'
import { deadlineIn, patiently } from './patience.ts'
import { mayPass, unreachable } from './unreachable.ts'

/** The queues by the way hints take, which puts nothing in and takes nothing out. */
export async function checkQueue(config: Parameters<typeof queueAt>[0], waitSeconds: number): Promise<Finding> {
  let inspection: QueuesInspection
  try {
    inspection = await patiently(() => inspectQueues(queueAt(config)), { deadline: deadlineIn(waitSeconds), mayPass })
  } catch (error) {
    return { found: '', faults: [unreachable(error, { url: 'QUEUE_URL', caFile: 'QUEUE_CA_FILE' })], warnings: [] }
  }
  const { servers, counts } = inspection
  const names = [...new Set(servers.map(({ name }) => name))].join(', ')
  const hints = Object.entries(counts ?? {}).map(([queue, { waiting, active, delayed }]) => `${queue} ${waiting + active + delayed}`)
  return {
    found: `${names}${servers.length > 1 ? ` on ${servers.length} nodes` : ''}, hints there now: ${hints.join(', ')}`,
    // Nodes of a cluster say the same mostly.
    faults: [...new Set(servers.flatMap(({ faults }) => faults))],
    warnings: [...new Set(servers.flatMap(({ warnings }) => warnings))],
  }
}

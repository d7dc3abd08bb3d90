import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import type { Commands } from './commands.ts'
import { release } from './installation.ts'
import { RunError } from './steps.ts'

/** The chart's components, in the order they are killed. */
export const components = ['ingest-gateway', 'resolver-worker', 'coalescer-worker', 'timeline-api', 'frontend'] as const

const listed = z.object({
  items: z.array(
    z.looseObject({
      metadata: z.looseObject({ name: z.string(), uid: z.string(), deletionTimestamp: z.string().optional() }),
      status: z.looseObject({
        phase: z.string().optional(),
        conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).default([]),
        containerStatuses: z
          .array(
            z.looseObject({
              name: z.string(),
              image: z.string(),
              restartCount: z.number().default(0),
              state: z
                .looseObject({ waiting: z.looseObject({ reason: z.string().optional(), message: z.string().optional() }).optional() })
                .default({}),
            }),
          )
          .default([]),
      }),
    }),
  ),
})
export type Pod = {
  name: string
  uid: string
  ready: boolean
  leaving: boolean
  started: boolean
  restarts: number
  imageFault: string | null
}

const imageFaults = new Set(['ErrImagePull', 'ImagePullBackOff', 'InvalidImageName', 'ErrImageNeverPull'])
const patienceMs = 240_000

export const ofComponent = (component: string) => `app.kubernetes.io/instance=${release},app.kubernetes.io/component=${component}`
export const ofNeighbour = (name: string) => `app.kubernetes.io/name=${name}`

/** The pods of the namespace that `kubectl get pods --output json` told of. */
export function podsOf(output: string): Pod[] {
  return listed.parse(JSON.parse(output)).items.map(({ metadata, status }) => {
    const waiting = status.containerStatuses.find(({ state }) => imageFaults.has(state.waiting?.reason ?? ''))
    return {
      name: metadata.name,
      uid: metadata.uid,
      ready: status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True'),
      leaving: metadata.deletionTimestamp !== undefined,
      started: status.phase !== undefined && status.phase !== 'Pending',
      restarts: status.containerStatuses.reduce((sum, { restartCount }) => sum + restartCount, 0),
      imageFault: waiting ? `${waiting.image}: ${waiting.state.waiting?.message ?? waiting.state.waiting?.reason}` : null,
    }
  })
}

export async function selectPods(commands: Commands, selector?: string): Promise<Pod[]> {
  const args = ['get', 'pods', '--output', 'json', ...(selector === undefined ? [] : ['--selector', selector])]
  return podsOf(await commands.kubectl(args))
}

/** Waits until `count` pods are ready and none of those in `gone` is among the living; fails with what there is, or at once where an image cannot be had. */
export async function untilWhole(commands: Commands, selector: string, count: number, gone: readonly Pod[] = []): Promise<Pod[]> {
  const deadline = Date.now() + patienceMs
  const dead = new Set(gone.map(({ uid }) => uid))
  for (;;) {
    const all = await selectPods(commands, selector)
    const alive = all.filter(pod => pod.ready && !pod.leaving && !dead.has(pod.uid))
    if (alive.length >= count) return alive
    const fault = all.find(({ imageFault }) => imageFault !== null)
    if (fault) throw new RunError(`The image of ${fault.name} cannot be had. ${fault.imageFault}`)
    if (Date.now() > deadline) {
      const states = all.map(
        pod => `${pod.name}${pod.ready ? ' ready' : ' not ready'}${pod.leaving ? ', ending' : ''}, ${pod.restarts} restarts`,
      )
      throw new RunError(
        `There are no ${count} ready pods of ${selector} after ${patienceMs / 60_000} min: ${states.join('; ') || 'none at all'}.`,
      )
    }
    await pause(1_000)
  }
}

/** Ends when the signal says so; fails as soon as any image of the namespace cannot be had, which helm would wait out. */
export async function watchImages(commands: Commands, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const fault = (await selectPods(commands)).find(({ imageFault }) => imageFault !== null)
    if (fault) throw new RunError(`The image of ${fault.name} cannot be had. ${fault.imageFault}`)
    await pause(2_000, undefined, { signal }).catch(() => {})
  }
}

/** The pods of each component at this moment. */
export async function generation(commands: Commands): Promise<Pod[]> {
  const all = await Promise.all(components.map(component => selectPods(commands, ofComponent(component))))
  return all.flat().filter(pod => !pod.leaving)
}

import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../../packages/dev-stack/src/processes/ports.ts'
import { replaceAll, strikeAll } from './blows.ts'
import type { Commands } from './commands.ts'
import { type Forward, openForward } from './forward.ts'
import { chart, makeSecrets, release, standardValues, valuesOf } from './installation.ts'
import { type Ledger, readLedger, untilQuiet } from './ledger.ts'
import { startLoad, workspacesFor } from './load.ts'
import { neighbourObjects, neighboursOf, secretObject } from './manifests.ts'
import type { Options } from './options.ts'
import { generation, ofNeighbour, untilWhole, watchImages } from './pods.ts'
import { reportOf } from './report.ts'
import type { Steps } from './steps.ts'
import { faultsOf, type Span } from './verdict.ts'
import { watchTimeline } from './watch.ts'
import { openWorld } from './world.ts'

export type Outcome = { faults: string[]; ledger: Ledger; report: string }

/** Longer than the migration's own deadline. */
const helmTimeout = '6m'
const calmMs = 20_000
const valuesFiles = ['--values', standardValues, '--values', '-']

/** Where and with what a run takes place. */
export type Stage = { commands: Commands; options: Options; steps: Steps; signal: AbortSignal; forwards: Forward[] }

/** The whole run, in a namespace that is there and empty, to the verdict. Whoever calls takes it down again, and closes `forwards`. */
export async function play(stage: Stage): Promise<Outcome> {
  const { commands, options, steps } = stage
  const apiPort = await freePort()
  const values = (level: 'info' | 'debug') => JSON.stringify(valuesOf(options, `http://127.0.0.1:${apiPort}`, level))
  await install(stage, values('info'))
  await steps.step('helm test', () => commands.helm(['test', release, '--logs', '--timeout', helmTimeout]))
  const over = new AbortController()
  try {
    return await playUnderLoad({ ...stage, signal: AbortSignal.any([stage.signal, over.signal]) }, apiPort, values('debug'))
  } finally {
    // Whoever still asks, in the background, need not go on.
    over.abort()
  }
}

async function playUnderLoad({ commands, options, steps, signal, forwards }: Stage, apiPort: number, changed: string): Promise<Outcome> {
  const forward = (service: string, port: number, local: number) => {
    const opened = openForward(commands, service, port, local)
    forwards.push(opened)
    return opened.url
  }
  const reach = {
    api: forward(`${release}-timeline-api`, 80, apiPort),
    attio: forward('attio-simulator', 4002, await freePort()),
    identity: forward('identity-provider', 4003, await freePort()),
  }
  const count = workspacesFor(options.rate)
  const world = await steps.step(`${count} workspaces are connected by OAuth`, () => openWorld(reach, count, signal))
  const watch = await watchTimeline(world.admin, reach.attio)
  const load = startLoad(world, options.rate)
  const spans: Span[] = []
  const restarted = new Map<string, string>()
  const under = async (name: string, work: () => Promise<unknown>) => {
    const from = Date.now() + watch.skew
    await steps.step(name, work)
    spans.push({ name, from, to: Date.now() + watch.skew })
    for (const pod of await generation(commands)) if (pod.restarts > 0) restarted.set(pod.uid, `${pod.name} (${pod.restarts})`)
  }
  const helm = (args: readonly string[], input?: string) => commands.helm([...args, '--wait', '--timeout', helmTimeout], input)
  try {
    await under('load alone', () => pause(calmMs, undefined, { signal }))
    await under('helm upgrade replaces every pod', () =>
      replaceAll(commands, () => helm(['upgrade', release, chart, ...valuesFiles], changed)),
    )
    await under('pods are deleted and killed', () => strikeAll(commands, options, steps))
    await under('helm rollback to revision 1', () => replaceAll(commands, () => helm(['rollback', release, '1'])))
    await under('load alone, after it', () => pause(calmMs, undefined, { signal }))
    await steps.step('the load stops', load.stop)
    await steps.step('everything that was sent is worked', () => untilQuiet(world, signal))
    const ledger = await steps.step('what was sent, stored and shown is counted', () => readLedger(world, signal))
    return { faults: faultsOf(ledger), ledger, report: reportOf({ ledger, seen: watch.seen, spans, restarted: [...restarted.values()] }) }
  } finally {
    await watch.stop()
  }
}

async function install({ commands, options, steps, signal }: Stage, values: string): Promise<void> {
  const apply = (objects: readonly object[]) =>
    commands.kubectl(['apply', '--filename', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }))
  const neighbours = neighboursOf(options)
  await apply((await makeSecrets(options)).map(secretObject))
  await steps.step(`Ready: ${neighbours.join(', ')}`, async () => {
    await apply(neighbours.flatMap(name => neighbourObjects(name, options)))
    await Promise.all(neighbours.map(name => untilWhole(commands, ofNeighbour(name), 1)))
  })
  await steps.step('helm install', async () => {
    const done = new AbortController()
    const broken = new AbortController()
    const helm = commands.stoppedBy(AbortSignal.any([signal, broken.signal]))
    const installing = helm
      .helm(['install', release, chart, ...valuesFiles, '--wait', '--timeout', helmTimeout], values)
      .finally(() => done.abort())
    // Helm would wait its time out for an image that is not there.
    const watching = watchImages(commands, AbortSignal.any([done.signal, signal])).finally(() => broken.abort())
    const failed = (await Promise.allSettled([watching, installing])).find(({ status }) => status === 'rejected')
    if (failed?.status === 'rejected') throw failed.reason
  })
}

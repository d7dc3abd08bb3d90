import { setTimeout as pause } from 'node:timers/promises'
import { replaceAll, strikeAll } from './blows.ts'
import type { Commands } from './commands.ts'
import { type Forward, freePort, openForward } from './forward.ts'
import { chart, makeSecrets, release, standardValues, valuesOf } from './installation.ts'
import { type Ledger, readLedger, untilQuiet } from './ledger.ts'
import { startLoad, workspacesFor } from './load.ts'
import { neighbourObjects, neighboursOf, secretObject } from './manifests.ts'
import type { Options } from './options.ts'
import { ofNeighbour, untilWhole, watchImages } from './pods.ts'
import type { Steps } from './steps.ts'
import { beginnings, faultsOf, type Latency, latencies, posts, type Span } from './verdict.ts'
import { watchTimeline } from './watch.ts'
import { openWorld } from './world.ts'

export type Outcome = { faults: string[]; ledger: Ledger; report: string }

/** Longer than the migration's own deadline. */
const helmTimeout = '6m'
const calmMs = 20_000

/** Where and with what a run takes place. */
export type Stage = { commands: Commands; options: Options; steps: Steps; signal: AbortSignal; forwards: Forward[] }

/** The whole run, in a namespace that is there and empty, to the verdict. Whoever calls takes it down again, and closes `forwards`. */
export async function play(stage: Stage): Promise<Outcome> {
  const { commands, options, steps, signal, forwards } = stage
  const apiPort = await freePort()
  const values = (level: 'info' | 'debug') => JSON.stringify(valuesOf(options, `http://127.0.0.1:${apiPort}`, level))
  await install(stage, values('info'))
  await steps.step('helm test', () => commands.helm(['test', release, '--logs', '--timeout', helmTimeout]))

  const forward = async (service: string, port: number, local: number) => {
    const opened = openForward(commands, service, port, local)
    forwards.push(opened)
    return opened.url
  }
  const reach = {
    api: await forward(`${release}-timeline-api`, 80, apiPort),
    attio: await forward('attio-simulator', 4002, await freePort()),
    identity: await forward('identity-provider', 4003, await freePort()),
  }
  const count = workspacesFor(options.rate)
  const world = await steps.step(`${count} workspaces are connected by OAuth`, () => openWorld(reach, count, signal))
  const watch = await watchTimeline(world.admin, reach.attio)
  const load = startLoad(world, options.rate)
  const spans: Span[] = []
  const under = async (name: string, work: () => Promise<void>) => {
    const from = Date.now() + watch.skew
    await steps.step(name, work)
    spans.push({ name, from, to: Date.now() + watch.skew })
  }
  try {
    await under('load alone', () => pause(calmMs, undefined, { signal }))
    await under('helm upgrade replaces every pod', () => replaceAll(commands, () => upgrade(commands, values('debug'))))
    await under('pods are deleted and killed', () => strikeAll(commands, options, steps))
    const rollback = ['rollback', release, '1', '--wait', '--timeout', helmTimeout]
    await under('helm rollback to revision 1', () => replaceAll(commands, () => commands.helm(rollback)))
    await under('load alone, after it', () => pause(calmMs, undefined, { signal }))
    await steps.step('the load stops', load.stop)
    await steps.step('everything that was sent is worked', () => untilQuiet(world, signal))
  } finally {
    await watch.stop()
  }
  const ledger = await steps.step('what was sent, stored and shown is counted', () => readLedger(world, signal))
  return { faults: faultsOf(ledger), ledger, report: reportOf(ledger, watch.seen, spans) }
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
    const over = new AbortController()
    const args = ['install', release, chart, '--values', standardValues, '--values', '-', '--wait', '--timeout', helmTimeout]
    const installing = commands.helm(args, values).finally(() => over.abort())
    await Promise.all([installing, watchImages(commands, AbortSignal.any([over.signal, signal]))])
  })
}

const upgrade = (commands: Commands, values: string) =>
  commands.helm(['upgrade', release, chart, '--values', standardValues, '--values', '-', '--wait', '--timeout', helmTimeout], values)

function reportOf(ledger: Ledger, seen: ReadonlyMap<string, number>, spans: readonly Span[]): string {
  const { sent, stored, lines } = ledger
  const retried = sent.filter(({ attempts }) => attempts.length > 1).length
  const repeats = stored.reduce((sum, delivery) => sum + delivery.repeats, 0)
  const events = stored.reduce((sum, delivery) => sum + delivery.events.length, 0)
  const took = latencies(beginnings(ledger), seen, spans)
  const ms = (latency: Latency | undefined) =>
    latency ? `p50 ${latency.p50.toFixed(0)} ms   p99 ${latency.p99.toFixed(0)} ms   max ${latency.max.toFixed(0)} ms` : 'no line began'
  return [
    `${sent.length} deliveries sent, ${retried} more than once; ${stored.length} stored, ${repeats} repeats; ${events} events, ${lines.length} lines`,
    'POST → in GET /v1/timeline, through a port-forward that breaks with the pod of the API behind it:',
    ...spans.map(span => {
      const { all, refused } = posts(sent, span)
      return `${span.name.padEnd(34)} ${ms(took.get(span.name))}   ${all} POSTs, ${refused} not answered 2xx`
    }),
  ].join('\n')
}

import { setTimeout as pause } from 'node:timers/promises'
import type { Commands } from './commands.ts'
import { neighboursOf } from './manifests.ts'
import type { Options } from './options.ts'
import { components, generation, ofComponent, ofNeighbour, selectPods, untilWhole } from './pods.ts'
import { RunError, type Steps } from './steps.ts'

/** How many pods of each component there are. */
export const replicas = 2
/** Helm counts the new pods; the last of the old may be told to go a moment later. */
const replacedMs = 60_000

export type Blow = { name: string; strike(): Promise<void> }

/** Everything that is done to the pods, in this order: of each component one is asked to go, then all are killed without a word; at last Redis. */
export function blows(commands: Commands, options: Options): Blow[] {
  const struck = async (selector: string, count: number, how: 'one, asked' | 'all, killed') => {
    const there = (await selectPods(commands, selector)).filter(({ leaving }) => !leaving)
    const chosen = how === 'one, asked' ? there.slice(0, 1) : there
    if (chosen.length === 0) throw new RunError(`There is no pod of ${selector} to delete.`)
    const force = how === 'one, asked' ? [] : ['--grace-period=0', '--force']
    await commands.kubectl(['delete', 'pod', ...chosen.map(({ name }) => name), ...force, '--wait=false'])
    await untilWhole(commands, selector, count, chosen)
  }
  return [
    ...components.flatMap(component => [
      { name: `${component}: one pod is deleted`, strike: () => struck(ofComponent(component), replicas, 'one, asked') },
      { name: `${component}: all pods are killed, without grace`, strike: () => struck(ofComponent(component), replicas, 'all, killed') },
    ]),
    ...neighboursOf(options)
      .filter(name => name === 'redis')
      .map(name => ({ name: 'Redis is killed, and all that it held', strike: () => struck(ofNeighbour(name), 1, 'all, killed') })),
  ]
}

/** Does something that is to replace every pod of the chart, and waits until none of those before serves any more; fails after a minute. */
export async function replaceAll(commands: Commands, work: () => Promise<unknown>): Promise<void> {
  const before = new Set((await generation(commands)).map(({ uid }) => uid))
  await work()
  const deadline = Date.now() + replacedMs
  for (;;) {
    const left = (await generation(commands)).filter(({ uid }) => before.has(uid))
    if (left.length === 0) return
    if (Date.now() > deadline) throw new RunError(`Not replaced: ${left.map(({ name }) => name).join(', ')}`)
    await pause(1_000)
  }
}

/** Strikes every blow. */
export async function strikeAll(commands: Commands, options: Options, steps: Steps): Promise<void> {
  for (const { name, strike } of blows(commands, options)) await steps.step(name, strike)
}

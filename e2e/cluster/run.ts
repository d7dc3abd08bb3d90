import { join } from 'node:path'
import { type Commands, openCommands } from './commands.ts'
import { collectEvidence, evidenceFolder } from './evidence.ts'
import { followLogs, type LogFollower } from './follow-logs.ts'
import type { Forward } from './forward.ts'
import { release } from './installation.ts'
import { namespaceObject } from './manifests.ts'
import { lookAround, missingOf, toolsOf } from './missing.ts'
import { type Options, readOptions } from './options.ts'
import { play, type Stage } from './play.ts'
import { openSteps, RunError, type Steps } from './steps.ts'

// What `npm run cluster` runs.

const shownFaults = 20
const read = readOptions(process.argv.slice(2))
process.exitCode = 'exitCode' in read ? read.exitCode : await main(read.options)

async function main(options: Options): Promise<number> {
  const steps = openSteps()
  const facts = await steps.step('Looking for what is missing', () => lookAround(options))
  const missing = missingOf(facts, options)
  if (missing.length > 0) {
    steps.say(`\nMissing, and nothing was changed:\n${missing.map(text => `  - ${text}`).join('\n')}`)
    return 2
  }
  const stop = new AbortController()
  // Not `once`: a terminal and whoever hands over may both send it, and the taking down must outlast that.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort(new RunError(`Stopped by ${signal}.`)))
  const commands = openCommands(toolsOf(facts), options.context, options.namespace, stop.signal)
  await commands.kubectl(['create', '--filename', '-'], JSON.stringify(namespaceObject(options.namespace)))
  const forwards: Forward[] = []
  const logs = await followLogs(commands.stoppedBy())
  const held = await judge({ commands, options, steps, signal: stop.signal, forwards }, logs)
  for (const forward of forwards) forward.close()
  await logs.close()
  const gone = await takeDown(commands.stoppedBy(), options, steps)
  return held && gone ? 0 : 1
}

/** Plays and says what came of it; where something did not hold, collects evidence. */
async function judge(stage: Stage, logs: LogFollower): Promise<boolean> {
  const { steps, signal } = stage
  try {
    const { faults, ledger, report } = await play(stage)
    process.stdout.write(`${report}\n`)
    if (faults.length === 0) {
      process.stdout.write('Nothing was lost, nothing was told twice.\n')
      return true
    }
    process.stdout.write(
      `${faults.length} faults:\n${faults
        .slice(0, shownFaults)
        .map(fault => `  - ${fault}`)
        .join('\n')}\n`,
    )
    await tellWhere(stage, logs, { 'faults.txt': faults.join('\n'), 'ledger.json': JSON.stringify(ledger) })
    return false
  } catch (error) {
    steps.say(`\n${signal.aborted ? 'Stopped.' : describe(error)}`)
    if (!signal.aborted) await tellWhere(stage, logs, { 'error.txt': describe(error) })
    return false
  }
}

async function tellWhere({ commands, options, steps }: Stage, logs: LogFollower, notes: Record<string, string>): Promise<void> {
  const folder = evidenceFolder(options)
  await steps.step('Logs, events and objects are collected', async () => {
    await collectEvidence(commands.stoppedBy(), folder, notes)
    await logs.save(join(folder, 'logs'))
  })
  steps.say(`Evidence: ${folder}`)
}

async function takeDown(commands: Commands, { keep, namespace, context }: Options, steps: Steps): Promise<boolean> {
  if (keep) {
    steps.say(`Left as it is. To delete it: kubectl --context ${context} delete namespace ${namespace}`)
    return true
  }
  try {
    await steps.step('helm uninstall', () => commands.helm(['uninstall', release, '--ignore-not-found', '--wait']))
    await steps.step(`The namespace ${namespace} is deleted`, () =>
      commands.kubectl(['delete', 'namespace', namespace, '--ignore-not-found']),
    )
    return true
  } catch (error) {
    steps.say(`Not everything was taken down: ${describe(error)}\nTo delete it: kubectl --context ${context} delete namespace ${namespace}`)
    return false
  }
}

function describe(error: unknown): string {
  if (error instanceof RunError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

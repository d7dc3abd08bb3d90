import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Commands } from './commands.ts'
import { release } from './installation.ts'
import type { Options } from './options.ts'
import { selectPods } from './pods.ts'

/** Where evidence goes. */
export function evidenceFolder({ evidence, namespace }: Options): string {
  return evidence ?? join(fileURLToPath(new URL('failures', import.meta.url)), namespace)
}

/**
 * Writes down what an investigation would ask for: objects, events, descriptions, helm's view, and the logs of every container, also of the one
 * before a restart. Secrets are not read. What cannot be had says so in its file.
 */
export async function collectEvidence(commands: Commands, folder: string, notes: Record<string, string>): Promise<void> {
  await mkdir(folder, { recursive: true })
  const save = (name: string, text: string) => writeFile(join(folder, name), text)
  const told = async (name: string, args: readonly string[]) => {
    const { stdout, stderr } = await commands.tryKubectl(args)
    await save(name, stdout + stderr)
  }
  await Promise.all(Object.entries(notes).map(([name, text]) => save(name, text)))
  await told('objects.txt', ['get', 'all,configmaps,networkpolicies,poddisruptionbudgets,jobs', '--output', 'wide'])
  await told('objects.yaml', ['get', 'deployments,pods,services,jobs,networkpolicies', '--output', 'yaml'])
  await told('events.txt', ['get', 'events', '--sort-by', '.lastTimestamp'])
  await told('describe.txt', ['describe', 'deployments,pods,jobs'])
  const helm = (name: string, args: string[]) =>
    commands
      .helm(args)
      .catch(String)
      .then(text => save(name, text))
  await helm('helm-history.txt', ['history', release])
  await helm('helm-status.txt', ['status', release])
  const pods = await selectPods(commands).catch(() => [])
  for (const { name, restarts } of pods) {
    await told(`log-${name}.txt`, ['logs', name, '--all-containers', '--timestamps'])
    if (restarts > 0) await told(`log-${name}-before.txt`, ['logs', name, '--all-containers', '--timestamps', '--previous'])
  }
}

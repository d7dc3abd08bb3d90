import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { findHelm } from '@worksights/dev-stack/helm'
import { z } from 'zod'
import { run, type Tools } from './commands.ts'
import type { Options } from './options.ts'

/** What was found out before anything is changed. */
export type Facts = {
  helm: string | null
  kubectl: string | null
  /** Names of the kubeconfig's contexts. */
  contexts: string[]
  /** The cluster's version (`1.34`), or why it did not tell. */
  server: { version: string } | { error: string } | null
  /** What may not be done, each as `verb resource`. */
  forbidden: string[]
  namespaceExists: boolean
  pullConfigReadable: boolean
}

const oldest = 30

/** What is done in the cluster: `verb resource`; namespaces are the only thing outside the namespace. */
const rights = [
  ...['namespaces', 'secrets', 'configmaps', 'services', 'serviceaccounts', 'pods', 'pods/portforward'].map(kind => `create ${kind}`),
  ...['deployments.apps', 'jobs.batch', 'networkpolicies.networking.k8s.io', 'poddisruptionbudgets.policy'].map(kind => `create ${kind}`),
  ...['namespaces', 'pods', 'deployments.apps', 'secrets'].map(kind => `delete ${kind}`),
  ...['list pods', 'get pods/log', 'list events'],
]

const contextsOutput = (text: string) => text.split('\n').filter(Boolean)
const versionOutput = z.object({ serverVersion: z.object({ major: z.string(), minor: z.string() }) })

/** Looks for tools, cluster and rights; changes nothing. */
export async function lookAround(options: Options): Promise<Facts> {
  const [helm, kubectl] = await Promise.all([findHelm(), findOnPath('kubectl')])
  const facts: Facts = {
    ...{ helm, kubectl, contexts: [], server: null, forbidden: [], namespaceExists: false },
    pullConfigReadable: options.pullConfig === undefined || (await isReadable(options.pullConfig)),
  }
  if (kubectl === null) return facts
  facts.contexts = contextsOutput((await run(kubectl, ['config', 'get-contexts', '--output', 'name'])).stdout)
  if (!facts.contexts.includes(options.context)) return facts
  const ask = (...args: string[]) => run(kubectl, ['--context', options.context, '--request-timeout', '15s', ...args])
  facts.server = await versionOf(ask)
  if ('error' in facts.server) return facts
  const { namespace } = options
  const answers = await Promise.all(
    rights.map(async right => {
      const [verb = '', resource = ''] = right.split(' ')
      return { right, ok: (await ask('auth', 'can-i', verb, resource, '--namespace', namespace)).stdout.trim() === 'yes' }
    }),
  )
  facts.forbidden = answers.filter(({ ok }) => !ok).map(({ right }) => right)
  facts.namespaceExists = (await ask('get', 'namespace', namespace, '--ignore-not-found', '--output', 'name')).stdout.trim() !== ''
  return facts
}

/** What is missing, each with what to do about it; empty when the run can begin. */
export function missingOf(facts: Facts, options: Options): string[] {
  const missing: string[] = []
  if (facts.helm === null)
    missing.push('helm 3.16 or later: install it (https://helm.sh/docs/intro/install), or Go, and run npm test once.')
  if (facts.kubectl === null) missing.push('kubectl: install it (https://kubernetes.io/docs/tasks/tools).')
  if (!facts.pullConfigReadable) missing.push(`--pull-config: ${options.pullConfig} cannot be read.`)
  if (facts.kubectl === null) return missing
  if (!facts.contexts.includes(options.context)) {
    const others = facts.contexts.length > 0 ? `there are ${facts.contexts.join(', ')}` : 'there is none: set KUBECONFIG'
    return [...missing, `--context ${options.context}: the kubeconfig has no such context; ${others}.`]
  }
  if (facts.server !== null && 'error' in facts.server) {
    return [...missing, `the cluster of ${options.context}: it does not answer. ${facts.server.error}`]
  }
  if (facts.server !== null && minorOf(facts.server.version) < oldest) {
    missing.push(`Kubernetes 1.${oldest} or later: the cluster of ${options.context} is ${facts.server.version}.`)
  }
  if (facts.forbidden.length > 0) {
    missing.push(`rights to ${facts.forbidden.join(', to ')}: ask whoever runs the cluster, or take another context.`)
  }
  if (facts.namespaceExists) {
    missing.push(`a namespace of its own: ${options.namespace} is there already. Name another by --namespace, or delete it.`)
  }
  return missing
}

/** The tools, once nothing is missing. */
export function toolsOf({ helm, kubectl }: Facts): Tools {
  if (helm === null || kubectl === null) throw new Error('Asked for tools that are missing.')
  return { helm, kubectl }
}

async function versionOf(ask: (...args: string[]) => ReturnType<typeof run>): Promise<{ version: string } | { error: string }> {
  const { ok, stdout, stderr } = await ask('version', '--output', 'json')
  const parsed = ok ? versionOutput.safeParse(JSON.parse(stdout)) : null
  if (parsed?.success) return { version: `${parsed.data.serverVersion.major}.${parsed.data.serverVersion.minor}` }
  return { error: stderr.trim().split('\n').at(-1) ?? '' }
}

function minorOf(version: string): number {
  return Number(/^\d+\.(\d+)/.exec(version)?.[1] ?? 0)
}

async function findOnPath(name: string): Promise<string | null> {
  const paths = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  for (const path of paths.map(folder => join(folder, name))) if (await isReadable(path, constants.X_OK)) return path
  return null
}

async function isReadable(path: string, mode = constants.R_OK): Promise<boolean> {
  return await access(path, mode).then(
    () => true,
    () => false,
  )
}

import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { requiredScopes } from '@worksights/attio'
import { people } from '@worksights/identity-provider'
import pg from 'pg'
import { readTimeline } from '../demo/activity.ts'
import { connectWorkspace } from '../demo/connect.ts'
import { apiOf, registerTeam } from '../demo/people-here.ts'
import { playScenario } from '../demo/scenario.ts'
import { startEmbeddedPostgres } from '../postgres/embedded.ts'
import { createLogins } from '../postgres/logins.ts'
import { startGuardian } from '../processes/guardian.ts'
import { choosePorts } from '../stack/addresses.ts'
import { services, urlsOf } from '../stack/services.ts'
import { StartError } from '../stack/start-error.ts'
import { openTeardown, type Teardown } from '../stack/teardown.ts'
import type { BuildOptions } from './build.ts'
import type { Docker } from './docker.ts'
import { searchImages, strictly } from './hardened.ts'
import { referenceOf, type Target } from './targets.ts'
import { startTraceSink } from './trace-sink.ts'

type Check = { docker: Docker; options: BuildOptions; say: (line: string) => void }

/**
 * Uses the images as an operator does: migrates an empty Postgres, starts everything on a read-only root without rights, connects a workspace, sees
 * deliveries become lines, reads the web app, and stops each by SIGTERM. On Linux, since the containers share this machine's network.
 */
export async function checkImages(check: Check): Promise<void> {
  const teardown = openTeardown()
  try {
    const wrong = await searchImages(check.docker, check.options)
    if (wrong.length > 0) throw new StartError(`The images hold what they should not:\n${wrong.join('\n')}`)
    check.say('✓ no image has a shell or a package manager, or files that its user could write')
    await useImages(check, teardown)
  } finally {
    await teardown.run()
  }
}

async function useImages({ docker, options, say }: Check, teardown: Teardown): Promise<void> {
  const ports = await choosePorts(() => {})
  const settings = { redisUrl: null, logLevel: 'info', webTokenSeconds: null, realAttio: null }
  const urls = urlsOf(ports, settings)
  const running = new Map<string, string>()
  const start = async (target: Target, env: Record<string, string>, args: readonly string[] = []) => {
    const name = `worksights-check-${process.pid}-${target}`
    const variables = Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`])
    teardown.add(async () => void (await docker.attempt(['rm', '--force', name])))
    await docker.run([
      'run',
      '--detach',
      '--name',
      name,
      '--network',
      'host',
      ...strictly,
      ...variables,
      referenceOf(target, options),
      ...args,
    ])
    running.set(target, name)
  }

  const { url, logins } = await migrated({ docker, options, say }, ports.postgres, teardown)
  await start('identity-provider', { HOST: '127.0.0.1', PORT: String(ports.identity), PUBLIC_FRONTEND_URL: urls.frontend })
  const scopes = requiredScopes.map(({ scope }) => scope).join(' ')
  await start('attio-simulator', {}, ['--host', '127.0.0.1', '--port', String(ports.simulator), '--scopes', scopes])
  const ours = services({ ports, settings, logins, encryptionKeys: `check:${randomBytes(32).toString('base64')}` })
  const sink = await startTraceSink()
  teardown.add(async () => sink.close())
  const telemetry = { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url, OTEL_METRICS_EXPORTER: 'none' }
  for (const { folder, env } of ours)
    await start(folder.replace('services/', '') as Target, { ...env, ...telemetry, NODE_ENV: 'production' })
  const asked = [
    `${urls.identity}/.well-known/openid-configuration`,
    `${urls.attio}/_simulator/`,
    ...ours.map(one => `${one.adminUrl}/readyz`),
  ]
  await Promise.all(asked.map(address => answers(address))).catch(async error => {
    const logs = await Promise.all(
      [...running].map(async ([target, name]) => `${target}: ${(await docker.attempt(['logs', '--tail', '5', name])).output}`),
    )
    throw new StartError(`${error instanceof Error ? error.message : error}\n${logs.join('\n')}`)
  })
  say('✓ every image starts with a read-only root, as 1000:1000, without capabilities, and is ready')

  const admin = apiOf(people.find(({ org, role }) => org === 'northwind' && role === 'admin')?.email ?? '', urls)
  await registerTeam(admin, 'northwind')
  await connectWorkspace(admin, 'northwind')
  await playScenario(urls.attio, 'working-day', { workspace: 'northwind', paceMs: 1 }, AbortSignal.timeout(60_000))
  const lines = await until(
    async () => (await readTimeline(admin, new Date(Date.now() - 3_600_000))).lines.length,
    'No delivery became a line',
  )
  say(`✓ a workspace was connected, and its signed deliveries became ${lines} lines and more`)
  const page = await (await fetch(urls.frontend)).text()
  if (!page.includes('<div id="root">')) throw new StartError(`The web app's page is not what it should be:\n${page.slice(0, 500)}`)
  say('✓ the web app is served')
  const traced = ours.map(({ folder }) => folder.replace('services/', ''))
  await until(async () => (sink.heardOf(traced).length === traced.length ? 1 : 0), 'Not every service sent traces')
  say('✓ every service sends traces')

  for (const [target, name] of running) {
    await docker.run(['stop', '--time', '30', name])
    const code = await docker.run(['inspect', '--format', '{{.State.ExitCode}}', name])
    if (code !== '0')
      throw new StartError(`${target} ended with ${code} after SIGTERM:\n${(await docker.attempt(['logs', '--tail', '20', name])).output}`)
  }
  say('✓ SIGTERM ends each with exit code 0')
  say(`All images are as they should be (database: ${new URL(url).port}).`)
}

/** A database that the image of the operator's commands brought up to date. */
async function migrated({ docker, options, say }: Check, port: number, teardown: Teardown) {
  const guardian = startGuardian()
  teardown.add(() => guardian.dismiss())
  const folder = await mkdtemp(join(tmpdir(), 'worksights-images-'))
  teardown.add(() => rm(folder, { recursive: true, force: true }))
  const postgres = await startEmbeddedPostgres({ dataDir: folder, port, durable: false, guardian, log: () => {} })
  teardown.add(() => postgres.stop())
  const url = Object.assign(new URL(postgres.url), { pathname: '/worksights' }).href
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  try {
    await client.query('create database worksights')
    const variables = ['--env', `DATABASE_URL=${url}`, '--env', `QUEUE_URL=${url}`]
    const output = await docker.run([
      'run',
      '--rm',
      '--network',
      'host',
      ...strictly,
      ...variables,
      referenceOf('operations', options),
      'migrate',
    ])
    say(`✓ operations migrate: ${output.split('\n').at(-1)}`)
    return { url, logins: await createLogins(client, url) }
  } finally {
    await client.end()
  }
}

async function answers(address: string): Promise<void> {
  await until(async () => ((await fetch(address)).ok ? 1 : 0), `${address} did not answer with success`)
}

/** Asks again, for a minute, until there is something. */
async function until(count: () => Promise<number>, complaint: string): Promise<number> {
  const end = Date.now() + 60_000
  for (;;) {
    const found = await count().catch(() => 0)
    if (found > 0) return found
    if (Date.now() > end) throw new StartError(`${complaint} within a minute.`)
    await pause(200)
  }
}

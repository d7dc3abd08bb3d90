import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { connectWorkspace, mintToken, openApi } from '@worksights/dev-stack'
import { type MortalProcess, type MortalStack, startMortalStack } from '@worksights/dev-stack/mortal-stack'
import { findInstalledPostgres, type InstalledPostgres, type OwnServer, startInstalledPostgres } from '@worksights/dev-stack/testing'
import { z } from 'zod'
import { adminOf, eventually } from '../harness/admin.ts'
import { type Line, type TimelineApi, timelineApi } from '../harness/api.ts'
import { idOf, openSimulator, type Simulator } from '../harness/simulator.ts'
import { commandsOf, openShell, type Shell } from './commands.ts'
import { type Contents, contentsOf, one } from './contents.ts'

/*
 * The whole product on a Postgres of this machine: worked with, backed up, lost, and restored on a server that knows nothing of the old one, by the very
 * commands of docs/backup-and-restore.md.
 *
 *   Worked Ltd    on the timeline before the backup
 *   Pending Ltd   stored before the backup, and worked by nobody
 *   Lost Ltd      stored after the backup
 *   Unheard Ltd   delivered to nobody, since the gateway was gone
 */

const ada = 'ada.lovelace@northwind.example'
const hedy = 'hedy.lamarr@globex.example'
const oneHundredSeconds = Array.from({ length: 50 }, () => 2_000)

type Service = 'api' | 'gateway' | 'resolver' | 'coalescer'
type Connected = { connectionId: string; organizationId: string; token: string }

/** What an operator knows, by the names the page has for it. */
export type Variables = Record<'OWNER_URL' | 'WORKERS_URL' | 'TIMELINE_API_URL' | 'ADMIN_URL' | 'BACKUP' | 'LOST_AT', string> &
  Record<string, string>

export type Disaster = {
  installed: InstalledPostgres
  stack: MortalStack
  shell: Shell
  attio: Simulator
  timeline: TimelineApi
  northwind: Connected
  globex: Connected
  variables: Variables
  /** What the lost database held at the backup, and the restored one before it was told that it is one. */
  before: Contents
  after: Contents
  /** Jobs in the restored queue. */
  hintsAfter: number
  /** Starts more processes of services; those of the restored database are all there but the gateway, which hints each connection it hears of. */
  start(...names: Service[]): Promise<void>
  /** The lines about a company, by its name. */
  about(name: string): Promise<Line[]>
  /** Waits for them. */
  told(name: string): Promise<Line[]>
  close(): Promise<void>
}

/** Lives through it up to the moment when the services run on the restored database. */
export async function liveThrough(): Promise<Disaster> {
  const installed = await findInstalledPostgres()
  if (!installed) throw new Error('There is no Postgres 15 or newer with its client. `npm test -- e2e/backup` installs one where it may.')
  const [stack, shell, server] = await Promise.all([
    startMortalStack({ binaries: installed }),
    openShell(installed.folder),
    startInstalledPostgres(installed),
  ])
  const close = async () => {
    await stack.stop()
    await server.close()
    await shell.close()
  }
  try {
    return { ...(await live({ installed, stack, shell, server })), close }
  } catch (error) {
    await close()
    throw error
  }
}

type Parts = { installed: InstalledPostgres; stack: MortalStack; shell: Shell; server: OwnServer }

async function live({ installed, stack, shell, server }: Parts): Promise<Omit<Disaster, 'close'>> {
  const services: Partial<Record<Service, MortalProcess>> = {}
  const start: Disaster['start'] = async (...names) => {
    const started = await Promise.all(names.map(async name => [name, await stack.start(name)] as const))
    Object.assign(services, Object.fromEntries(started))
  }
  await start('api', 'gateway', 'resolver', 'coalescer')
  const [northwind, globex] = [await connect(stack, ada, 'northwind'), await connect(stack, hedy, 'globex')]
  const timeline = timelineApi(stack.urls.api, northwind.token)
  const attio = await openSimulator(stack.urls.attio)
  const records: Record<string, string> = {}
  const about = (name: string) => timeline.about(records[name] ?? '')
  const write = async (name: string) => {
    records[name] = idOf(await attio.write('POST', '/v2/objects/companies/records', ada, { values: { name } }), 'record_id')
  }
  const isStored = (name: string) =>
    eventually(
      () => one(stack.databaseUrl, `select from delivery where position($1 in encode(body, 'escape')) > 0`, records[name]),
      found => found !== undefined,
    )

  await write('Worked Ltd')
  const note = { parent_object: 'companies', parent_record_id: records['Worked Ltd'], format: 'plaintext', content: 'x' }
  await attio.write('POST', '/v2/notes', ada, { ...note, title: 'Zoë’s note 東京' })
  await timeline.until(records['Worked Ltd'] ?? '', lines => lines.length === 2)
  await services.resolver?.kill()
  await write('Pending Ltd')
  await isStored('Pending Ltd')

  const known = { BACKUP: join(shell.folder, 'worksights.dump'), ENCRYPTION_KEYS: stack.encryptionKeys }
  const before = await contentsOf(stack.databaseUrl)
  for (const text of await commandsOf('Back up')) await shell.run(text, { ...known, OWNER_URL: stack.databaseUrl })
  const moved = JSON.stringify(before) !== JSON.stringify(await contentsOf(stack.databaseUrl))
  if (moved) throw new Error('Something was written beside the backup, so what follows would prove nothing.')

  await write('Lost Ltd')
  await isStored('Lost Ltd')
  const LOST_AT = new Date().toISOString()
  await attio.control('PUT', '/faults', z.unknown(), { retry_schedule_ms: oneHundredSeconds })
  await services.gateway?.kill()
  await write('Unheard Ltd')
  await Promise.all([services.api?.kill(), services.coalescer?.kill()])
  await stack.losePostgres()

  const variables: Variables = { ...known, ...logins(server.url), LOST_AT }
  const commands = await commandsOf('Restore')
  const telling = commands.findIndex(text => text.includes('worksights restored'))
  if (telling < 1) throw new Error('The page does not say when to tell the timelines.')
  for (const text of commands.slice(0, telling)) await shell.run(text, variables)
  const after = await contentsOf(variables.OWNER_URL)
  const queue = await one<{ count: number }>(variables.OWNER_URL, 'select count(*)::int as count from bullmq.job')
  for (const text of commands.slice(telling)) await shell.run(text, variables)
  stack.moveTo({ api: variables.TIMELINE_API_URL, worker: variables.WORKERS_URL })
  await start('api', 'resolver', 'coalescer')

  const told = (name: string) =>
    eventually(
      () => about(name),
      lines => lines.length > 0,
    )
  const story = { before, after, hintsAfter: queue?.count ?? -1, variables, northwind, globex }
  return { installed, stack, shell, attio, timeline, start, about, told, ...story }
}

async function connect(stack: MortalStack, email: string, slug: string): Promise<Connected> {
  const token = await mintToken(stack.urls.identity, email)
  await adminOf(stack.urls.api, token).read(z.unknown(), 'POST', '/v1/users', { users: [{ email, name: email }] })
  const connectionId = await connectWorkspace(
    openApi(stack.urls.api, async () => token),
    slug,
  )
  const of = await one<{ id: string }>(stack.databaseUrl, 'select organization_id as id from connection where id = $1', connectionId)
  return { connectionId, organizationId: of?.id ?? '', token }
}

/** New passwords, and the addresses they make. */
function logins(serverUrl: string) {
  // What SQL and shells would trip over.
  const password = () => `it's "${randomBytes(12).toString('base64')}" $1`
  const [owner, workers, api] = [password(), password(), password()]
  const at = (username: string, password: string) => Object.assign(new URL(serverUrl), { username, password, pathname: '/worksights' }).href
  return {
    ADMIN_URL: serverUrl,
    ...{ OWNER_PASSWORD: owner, WORKERS_PASSWORD: workers, TIMELINE_API_PASSWORD: api },
    ...{ OWNER_URL: at('worksights_owner', owner), WORKERS_URL: at('workers', workers), TIMELINE_API_URL: at('timeline_api', api) },
    QUEUE_URL: at('worksights_owner', owner),
  }
}

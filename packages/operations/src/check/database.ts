import {
  type Database,
  type Executor,
  findKeyFaults,
  type HistoryInspection,
  inspectHistory,
  inspectLogin,
  inspectServer,
  KeyRingFaultError,
  type LoginInspection,
  oldestPostgres,
  openDatabase,
} from '@worksights/database'
import { type KeyRing, verifiedUrl } from '@worksights/runtime'
import type { DatabaseAt } from '../database.ts'
import { counted } from '../outcome.ts'
import type { Finding } from './finding.ts'
import { type Deadline, deadlineIn, patiently } from './patience.ts'
import { mayPass, unreachable } from './unreachable.ts'

/** Whose login the one at hand should be. */
export type WantedLogin = 'workers' | 'api'

const patienceMs = 10_000

/**
 * Works in one transaction that cannot write, with bounded patience: 10 s for a connection and for each statement, and all anew until the deadline while nobody
 * answers.
 */
export async function lookAtDatabase<T>(config: DatabaseAt, deadline: Deadline, look: (executor: Executor) => Promise<T>): Promise<T> {
  const database: Database = openDatabase({
    url: verifiedUrl(config.DATABASE_URL, config.DATABASE_CA_FILE),
    ...{ applicationName: 'worksights-check', max: 1, connectionTimeoutMs: patienceMs, statementTimeoutMs: patienceMs },
    // Told by the statement that needs the connection.
    onError: () => {},
  })
  const once = () =>
    database.transaction(async client => {
      await client.query('set transaction read only')
      return await look(client)
    })
  try {
    return await patiently(once, { deadline, mayPass })
  } finally {
    await database.close()
  }
}

/** Server, migrations, login and keys, as a service meets them when it starts. */
export async function checkDatabase(
  config: DatabaseAt & { ENCRYPTION_KEYS: KeyRing },
  { login = null, wait }: { login?: WantedLogin | null; wait: number },
): Promise<Finding> {
  try {
    return await lookAtDatabase(config, deadlineIn(wait), executor => look(executor, config.ENCRYPTION_KEYS, login))
  } catch (error) {
    return { found: '', faults: [unreachable(error, { url: 'DATABASE_URL', caFile: 'DATABASE_CA_FILE' })], warnings: [] }
  }
}

async function look(executor: Executor, keyRing: KeyRing, wanted: WantedLogin | null): Promise<Finding> {
  const { version, majorVersion, isStandby, tls } = await inspectServer(executor)
  const faults: string[] = []
  if (majorVersion < oldestPostgres) faults.push(`PostgreSQL ${version} is too old: ${oldestPostgres} is the oldest that is supported`)
  if (isStandby) faults.push('the server is a standby, which takes no writes: let DATABASE_URL name the primary')
  const history = await inspectHistory(executor)
  faults.push(...faultsOfHistory(history))
  // Tables and roles that are not there cannot be asked about.
  if (history.outcome !== 'read' || history.pending.length > 0) return { found: '', faults, warnings: [] }
  const login = await inspectLogin(executor)
  faults.push(...faultsOfLogin(login, wanted))
  const keyFaults = login.sees === 'nobody' ? [] : await findKeyFaults(executor, keyRing)
  if (keyFaults.length > 0) faults.push(new KeyRingFaultError(keyFaults).message)
  const encrypted = tls === null ? 'without TLS' : `over ${tls}`
  const found = `PostgreSQL ${version} ${encrypted}, all ${counted(history.applied, 'migration')} applied, ${login.name} sees ${sights[login.sees]}, the keys fit`
  return {
    found,
    faults,
    warnings: history.newer.length > 0 ? [`the database is of a newer release than this command: ${history.newer.join(', ')}`] : [],
  }
}

const sights: Record<LoginInspection['sees'], string> = {
  workers: 'every organisation as the workers do',
  api: 'one organisation at a time as the API does',
  unguarded: 'everything, as no service should',
  nobody: 'nothing',
}

function faultsOfHistory(history: HistoryInspection): string[] {
  if (history.outcome === 'empty') return ['the database has no tables yet: run `worksights migrate`']
  if (history.outcome === 'unreadable') {
    return [
      'this login may not read which migrations were applied: run `worksights migrate`, and let the login be in role worksights_worker or worksights_api',
    ]
  }
  const { pending, unfinished, edited } = history
  return [
    ...(pending.length > 0
      ? [`${counted(pending.length, 'migration')} not applied (${pending.join(', ')}): run \`worksights migrate\``]
      : []),
    ...unfinished.map(name => `migration ${name} was begun and not finished: \`worksights migrate\` says what to do`),
    ...edited.map(
      name => `migration ${name} was applied with another text than this release has: run the release that belongs to the database`,
    ),
  ]
}

const roles: Record<WantedLogin, string> = { workers: 'worksights_worker', api: 'worksights_api' }

function faultsOfLogin({ name, sees }: LoginInspection, wanted: WantedLogin | null): string[] {
  const role = roles[wanted ?? 'workers']
  if (sees === 'unguarded') {
    return [
      `row-level security does not hold back the login ${name}: it owns the tables, is a superuser or bypasses it. Give services one of their own: create role … login password '…' in role ${role}`,
    ]
  }
  if (sees === 'nobody') return [`the login ${name} sees nothing: grant ${role} to it`]
  if (wanted === null || sees === wanted) return []
  return [`the login ${name} sees ${sights[sees]}, and this one should see ${sights[wanted]}: are the URLs swapped?`]
}

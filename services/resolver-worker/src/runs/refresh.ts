import { requiredScopes } from '@worksights/attio'
import { type CheckReport, checkConnection, openUpkeep, type WebhookReport } from '@worksights/connections'
import { SealedSecretError } from '@worksights/runtime'
import { syncMembers } from '../members.ts'
import { renewNames } from './names.ts'
import type { Ending, Kind, Work } from './options.ts'

/*
 * Refresh: token, permissions, webhooks, members, names. What a person has to mend (a dead token, a permission that is missing) ends its step as failed and
 * says how; the run itself ends well, and goes as far as it can.
 */

const steps = ['token', 'permissions', 'webhooks', 'members', 'names'] as const
const reauthorize = 'Connect this workspace again to authorise it anew.'

export const refreshKind: Kind = {
  steps,
  async work(work) {
    const { progress } = work
    await progress.begin('token')
    const upkeep = await openUpkeep(work.options, work.run.connectionId).catch(error => {
      if (error instanceof SealedSecretError) return error
      throw error
    })
    if (upkeep instanceof SealedSecretError) {
      return await giveUp(
        work,
        `The stored token cannot be opened: whoever runs this service is to look at ENCRYPTION_KEYS. ${reauthorize}`,
      )
    }
    if (!upkeep) return { outcome: 'failed', reason: 'the connection is not there any more' }
    const report = await checkConnection(upkeep, { adminWaits: true, ifBusy: 'wait' })
    const ending = await tell(work, report)
    if (ending || !upkeep.attio) return ending ?? (await giveUp(work, 'there is no token'))
    const source = { connectionId: work.run.connectionId, organizationId: work.run.organizationId, client: upkeep.attio }

    await progress.begin('members')
    const isSynced = await syncMembers(work.options.database, source)
    if (isSynced) await progress.end('members', 'done', 'read anew')
    else await progress.end('members', 'failed', unread(report, 'user_management:read'))

    await progress.begin('names')
    const { before, after } = await renewNames(work, source)
    if (after === 0) await progress.end('names', 'done', before === 0 ? 'none was missing' : `${before} were missing and are there now`)
    else await progress.end('names', 'failed', `${before - after} of ${before} missing names were found; the others are asked for again`)
    return { outcome: 'done' }
  },
}

/** Tells what the check found in the first three steps; an ending where nothing more can be done. */
async function tell(work: Work, report: CheckReport): Promise<Ending | null> {
  const { progress } = work
  switch (report.outcome) {
    case 'checked':
      await progress.end('token', 'done', 'Attio takes it')
      await tellPermissions(work, report.missingScopes)
      await tellWebhooks(work, report.webhooks)
      return null
    case 'missing_permission':
      await progress.end('token', 'done', 'Attio takes it')
      await tellPermissions(work, report.missingScopes)
      await progress.end('webhooks', 'failed', `They cannot be seen without webhook:read-write. ${reauthorize}`)
      return null
    case 'token_dead':
      return await giveUp(work, `Attio takes the token no more. ${reauthorize}`)
    case 'token_doubtful':
      return await giveUp(work, 'Attio called the token invalid; it is asked again in a minute. Refresh once more after that.')
    case 'not_connected':
      return await giveUp(work, `The workspace is not connected. ${reauthorize}`)
    case 'unreachable':
      return { outcome: 'again', reason: 'Attio does not answer' }
    case 'busy':
      return { outcome: 'again', reason: 'the connection is being checked or connected at this moment' }
  }
}

/** The token's step fails for `detail`, and everything that needs a token is left out. */
async function giveUp({ progress }: Work, detail: string): Promise<Ending> {
  await progress.end('token', 'failed', detail)
  for (const step of progress.steps) if (step.state === 'waiting' || step.state === 'running') await progress.end(step.name, 'skipped')
  return { outcome: 'done' }
}

async function tellPermissions({ progress }: Work, missing: readonly string[]): Promise<void> {
  if (missing.length === 0) return await progress.end('permissions', 'done', `all ${requiredScopes.length} are granted`)
  const told = requiredScopes.filter(({ scope }) => missing.includes(scope)).map(({ scope, breaks }) => `${scope}: ${breaks}`)
  await progress.end('permissions', 'failed', `Missing: ${told.join(' ')} ${reauthorize}`)
}

const named = { records: 'the webhook for records and list entries', other: 'the webhook for notes, tasks, comments and calls' }

async function tellWebhooks({ progress }: Work, webhooks: readonly WebhookReport[]): Promise<void> {
  const stuck = webhooks.filter(({ done }) => done === 'refused' || done === 'put_off')
  if (stuck.length > 0) {
    const told = stuck.map(({ purpose, found, done }) => {
      return `${named[purpose]} is ${found.replace('_', ' ')} and could not be repaired: Attio ${done === 'refused' ? 'refuses it' : 'does not answer; it is tried again'}`
    })
    return await progress.end('webhooks', 'failed', told.join('; '))
  }
  const told = webhooks.flatMap(({ purpose, found, done }) => {
    if (done === 'replaced') return `${named[purpose]} was ${found.replace('_', ' ')} and has been replaced`
    if (done === 'amended') return `${named[purpose]} was set up differently and has been put right`
    return found === 'degraded' ? `${named[purpose]} is degraded: Attio had trouble delivering; it still delivers and is watched` : []
  })
  await progress.end('webhooks', 'done', told.join('; ') || 'both are active')
}

function unread(report: CheckReport, scope: string): string {
  const isMissing = 'missingScopes' in report && report.missingScopes.includes(scope)
  return isMissing
    ? `They cannot be read without ${scope}. ${reauthorize}`
    : 'Attio did not answer. They are read again daily, and at the next refresh.'
}

import { buildSubscriptions } from '@worksights/attio'
import {
  type ConnectionUnderCare,
  closeGaps,
  listWebhooksOfConnection,
  noteChecked,
  noteWebhookStatus,
  retireWebhooks,
  type Standing,
  secretSealContext,
  selectSealedSecrets,
  setConnectionState,
  type Transaction,
} from '@worksights/database'
import { SealedSecretError } from '@worksights/runtime'
import type { Looking, WebhookReport } from './check.ts'
import { ConnectFailure, need } from './failure.ts'
import { noteLoss } from './gaps.ts'
import { findNamingAttributes } from './naming-attributes.ts'
import { patiently } from './patience.ts'
import { logStateChange } from './state-log.ts'
import { tidyWebhooks } from './webhook-cleanup.ts'
import { type Finding, gapReasonOf, planWebhooks } from './webhook-plan.ts'
import { amendWebhook, makeWebhook, type WebhookSetup } from './webhook-setup.ts'

/** Compares Attio's webhooks with ours, repairs what differs, puts the retired ones in order, and writes what the connection's state is now. */
export async function checkWebhooks(
  upkeep: Looking,
  connection: ConnectionUnderCare,
): Promise<{ webhooks: WebhookReport[]; standing: Standing }> {
  const { store, attio, keyRing, gatewayUrl, clock, log } = upkeep
  const remote = need(await patiently(() => attio.listWebhooks()))
  const namingAttributeIds = await findNamingAttributes(attio)
  const { rows, sealed } = await store.transaction(async client => ({
    rows: await listWebhooksOfConnection(client, connection.id),
    sealed: await selectSealedSecrets(client, connection.id),
  }))
  const unreadable = new Set(sealed.filter(secret => isLost(upkeep, secret)).map(({ id }) => id))
  const plan = planWebhooks({ rows, remote, unreadable, now: clock.now() })
  const setup: WebhookSetup = { store, keyRing, attio, gatewayUrl, clock, connection, made: [] }
  const inUse: string[] = []
  const webhooks: WebhookReport[] = []
  for (const finding of plan) {
    const { done, rowId } = await repair(setup, finding, namingAttributeIds, log)
    webhooks.push({ purpose: finding.purpose, found: finding.found, done })
    if (rowId !== null) inUse.push(rowId)
  }
  const standing = standingOf(webhooks)
  const change = await store.transaction(async client => {
    const at = new Date(clock.now())
    await noteChecked(client, connection.id, at)
    return await setConnectionState(client, connection, standing, at)
  })
  logStateChange(log, change)
  // What was made since Attio was asked is not in its list, and not for that reason gone.
  const spared = [...inUse, ...setup.made.map(({ rowId }) => rowId)]
  const tidied = await tidyWebhooks({ store, attio, gatewayUrl, connection, now: clock.now() }, remote, spared)
  if (!tidied) log.info({ connection_id: connection.id }, 'webhooks on their way out could not be put in order; the next check tries again')
  return { webhooks, standing }
}

/** `rowId` is what is to be kept at Attio afterwards. */
async function repair(
  setup: WebhookSetup,
  finding: Finding,
  namingAttributeIds: readonly string[],
  log: Looking['log'],
): Promise<{ done: WebhookReport['done']; rowId: string | null }> {
  const { store, connection, clock } = setup
  const { purpose, found, row, webhook } = finding
  const subscriptions = buildSubscriptions(purpose, namingAttributeIds)
  try {
    if (finding.action === 'keep' && row && webhook) {
      await store.transaction(client => noteFound(client, setup, finding))
      const amended = await amendWebhook(setup, webhook, row.endpointId, subscriptions)
      return { done: amended ? 'amended' : 'kept', rowId: row.id }
    }
    const rowId = await makeWebhook(setup, purpose, subscriptions, async client => {
      const at = new Date(clock.now())
      await noteLoss(client, connection, finding)
      await closeGaps(client, connection, [purpose], at)
      if (row) await retireWebhooks(client, [row.id], at)
    })
    log.warn({ connection_id: connection.id, purpose, found }, 'a webhook was replaced')
    return { done: 'replaced', rowId }
  } catch (error) {
    if (!(error instanceof ConnectFailure)) throw error
    const { kind, endpoint, status, executionId } = error.attioError ?? {}
    log.warn(
      { connection_id: connection.id, purpose, found, kind, endpoint, status, attio_execution_id: executionId },
      'a webhook could not be repaired',
    )
    await store.transaction(client => noteFound(client, setup, finding))
    const refused = kind === 'forbidden' || kind === 'invalid_request'
    return { done: refused ? 'refused' : 'put_off', rowId: row?.id ?? null }
  }
}

/** Writes what a webhook was found to be: a gap is open exactly while it does not deliver. */
async function noteFound(client: Transaction, { connection, clock }: WebhookSetup, finding: Finding): Promise<void> {
  const { purpose, found, row, webhook, degradedSince } = finding
  if (!row) return
  const delivers = gapReasonOf(found) === null
  const at = new Date(clock.now())
  if (delivers) await closeGaps(client, connection, [purpose], at)
  else await noteLoss(client, connection, finding)
  await noteWebhookStatus(client, row.id, { status: webhook?.status ?? 'missing', deliveringAt: delivers ? at : null, degradedSince })
}

/** A refusal needs somebody to look; then comes what does not deliver, then what delivers and limps. */
function standingOf(webhooks: readonly WebhookReport[]): Standing {
  if (webhooks.some(({ done }) => done === 'refused')) return { state: 'needs_attention', reason: 'webhook_refused' }
  const broken = webhooks.find(({ done, found }) => done === 'put_off' && (gapReasonOf(found) !== null || found === 'never_made'))
  if (broken) return { state: 'degraded', reason: gapReasonOf(broken.found) ?? 'webhook_missing' }
  const limps = webhooks.some(({ found, done }) => found === 'degraded' && done !== 'replaced')
  return limps ? { state: 'degraded', reason: 'webhook_degraded' } : { state: 'connected', reason: null }
}

/** Whether a secret is lost for good. One whose key only this process lacks is not: another one opens it. */
function isLost({ keyRing }: Looking, secret: { id: string; secretSealed: Buffer; secretKeyId: string }): boolean {
  try {
    keyRing.open(secret.secretSealed, secret.secretKeyId, secretSealContext(secret.id))
    return false
  } catch (error) {
    return error instanceof SealedSecretError && error.fault !== 'unknown_key'
  }
}

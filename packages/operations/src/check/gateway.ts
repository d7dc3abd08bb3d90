import { createHmac, randomBytes } from 'node:crypto'
import { findAnyEndpoint, secretSealContext } from '@worksights/database'
import { type KeyRing, SealedSecretError } from '@worksights/runtime'
import type { DatabaseAt } from '../database.ts'
import { type Answer, askPatiently, described } from './ask.ts'
import { lookAtDatabase } from './database.ts'
import type { Finding } from './finding.ts'
import { type Deadline, deadlineIn } from './patience.ts'
import { unreachable } from './unreachable.ts'

/*
 * Proves, without a row being written, that posts reach the gateway whole and that it stands on the same database and keys as this command:
 *
 *   an endpoint nobody issued          404 unknown_endpoint   the route, and the look-up in the database
 *   a real one, wrongly signed         401 bad_signature      that database is ours, its secret opens, signatures are checked
 *   a real one, signed, and not JSON   400 unreadable         body and headers came as they were sent
 *
 * Only the commit is left out: what is signed and readable would be a delivery of a customer's.
 */

export type GatewayAt = DatabaseAt & { ENCRYPTION_KEYS: KeyRing; GATEWAY_URL: string }

/** Signed it verifies, and parsed it never does. */
const body = 'A check of this installation: signed, and not JSON.'

export async function checkGateway(config: GatewayAt, waitSeconds: number): Promise<Finding> {
  const deadline = deadlineIn(waitSeconds)
  const failed = (...faults: string[]): Finding => ({ found: '', faults, warnings: [] })
  let endpoint: { id: string; secret: string } | null
  try {
    const nobodys = await post(config.GATEWAY_URL, { id: newId(), secret: newId() }, deadline)
    if (nobodys.status !== 404 || nobodys.code !== 'unknown_endpoint') return failed(faultOfRoute(nobodys))
    endpoint = await findEndpoint(config, deadline)
    if (endpoint) {
      const unsigned = await post(config.GATEWAY_URL, { ...endpoint, secret: newId() }, deadline)
      if (unsigned.status !== 401 || unsigned.code !== 'bad_signature') return failed(faultOfSecret(unsigned))
      const signed = await post(config.GATEWAY_URL, endpoint, deadline)
      if (signed.status !== 400 || signed.code !== 'unreadable') return failed(faultOfBody(signed))
    }
  } catch (error) {
    if (error instanceof DatabaseFault || error instanceof SealedSecretError) return failed(error.message)
    return failed(unreachable(error, { url: 'GATEWAY_URL' }))
  }
  const found = endpoint
    ? 'it knows the endpoints of this database, opens their secrets, and takes only what is signed with them'
    : 'it answers and asks its database; no workspace is connected yet, so no signature was tried'
  return { found, faults: [], warnings: [] }
}

const newId = () => randomBytes(32).toString('base64url')

async function post(gatewayUrl: string, { id, secret }: { id: string; secret: string }, deadline: Deadline): Promise<Answer> {
  const signature = createHmac('sha256', secret).update(body).digest('hex')
  const headers = { 'content-type': 'application/json', 'attio-signature': signature }
  return await askPatiently(`${gatewayUrl}/webhooks/attio/${id}`, { method: 'POST', body, headers }, deadline)
}

class DatabaseFault extends Error {}

/** An endpoint that is in use, with its secret; null before the first workspace is connected. */
async function findEndpoint(config: GatewayAt, deadline: Deadline): Promise<{ id: string; secret: string } | null> {
  const endpoint = await lookAtDatabase(config, deadline, findAnyEndpoint).catch((error: unknown) => {
    throw new DatabaseFault(unreachable(error, { url: 'DATABASE_URL', caFile: 'DATABASE_CA_FILE' }))
  })
  if (!endpoint || endpoint.secretSealed === null || endpoint.secretKeyId === null) return null
  const secret = config.ENCRYPTION_KEYS.open(endpoint.secretSealed, endpoint.secretKeyId, secretSealContext(endpoint.webhookId))
  return { id: endpoint.endpointId, secret }
}

function faultOfRoute(answer: Answer): string {
  if (answer.code === 'unavailable')
    return 'the gateway answers and cannot ask its database: its log and `worksights check database` say why'
  return `a post to an endpoint nobody issued was answered ${described(answer)} in place of 404 unknown_endpoint: something else answers at GATEWAY_URL, or a proxy before the gateway does not hand /webhooks on`
}

function faultOfSecret(answer: Answer): string {
  if (answer.code === 'unknown_endpoint')
    return 'the gateway does not know an endpoint of this database: its DATABASE_URL names another one'
  if (answer.code === 'unavailable')
    return 'the gateway cannot open the secret of an endpoint: give it the ENCRYPTION_KEYS that this command has'
  return `a post that was wrongly signed was answered ${described(answer)} in place of 401 bad_signature: stop what answers at GATEWAY_URL`
}

function faultOfBody(answer: Answer): string {
  if (answer.code === 'bad_signature')
    return 'a signed post came with another body or without its signature: a proxy before the gateway must hand body and Attio-Signature on as they are'
  return `a signed post that is not JSON was answered ${described(answer)} in place of 400 unreadable: the gateway is of another release, or a proxy answers`
}

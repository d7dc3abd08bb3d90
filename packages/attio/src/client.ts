import { commentCalls } from './resources/comments.ts'
import { listCalls } from './resources/lists.ts'
import { meetingCalls } from './resources/meetings.ts'
import { memberCalls } from './resources/members.ts'
import { noteCalls } from './resources/notes.ts'
import { objectCalls } from './resources/objects.ts'
import { recordCalls } from './resources/records.ts'
import { selfCalls } from './resources/self.ts'
import { taskCalls } from './resources/tasks.ts'
import { webhookCalls } from './resources/webhooks.ts'
import { createTransport, type TransportOptions } from './transport.ts'

export type AttioClientOptions = {
  /** Default `https://api.attio.com`. */
  apiUrl?: string | undefined
  token: string
  /** Limit of each call unless the call says otherwise; default 10 s. */
  timeoutMs?: number | undefined
  /** Default `worksights-attio`. */
  userAgent?: string | undefined
} & Pick<TransportOptions, 'log' | 'httpAgent' | 'beforeRequest' | 'onResponse'>

/**
 * Attio's REST API as far as the product needs it. Each call resolves to an `AttioResult`; it rejects only on a caller's bug or when
 * `beforeRequest` does. Nothing is retried here: attempts and the read budget are the caller's.
 */
export function createAttioClient(options: AttioClientOptions) {
  const { apiUrl = 'https://api.attio.com', token, timeoutMs = 10_000, userAgent, ...hooks } = options
  const send = createTransport({
    baseUrl: apiUrl,
    headers: { authorization: `Bearer ${token}`, ...(userAgent ? { 'user-agent': userAgent } : {}) },
    secrets: [token],
    timeoutMs,
    ...hooks,
  })
  return {
    ...selfCalls(send),
    ...objectCalls(send),
    ...recordCalls(send),
    ...listCalls(send),
    ...noteCalls(send),
    ...taskCalls(send),
    ...commentCalls(send),
    ...meetingCalls(send),
    ...memberCalls(send),
    ...webhookCalls(send),
  }
}

export type AttioClient = ReturnType<typeof createAttioClient>

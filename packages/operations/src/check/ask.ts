import { type Deadline, patiently } from './patience.ts'

export type Answer = {
  status: number
  headers: Headers
  body: string
  /** `code` of a JSON body, by which our services name a refusal; null where there is none. */
  code: string | null
}

const answerMs = 5_000

/**
 * Asks, and asks again until the deadline while nobody answers or the answer is one of a server that is not ready (429, 5xx). Gives the last answer; throws
 * the last fault of the network. Each attempt may take 5 s; no redirect is followed.
 */
export async function askPatiently(url: string, init: RequestInit, deadline: Deadline): Promise<Answer> {
  const isReady = ({ status }: Answer) => status < 500 && status !== 429
  return await patiently(() => ask(url, init), { deadline, mayPass: came => !('answer' in came && isReady(came.answer)) })
}

async function ask(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(answerMs) })
  const body = await response.text()
  return { status: response.status, headers: response.headers, body, code: codeOf(body) }
}

function codeOf(body: string): string | null {
  const parsed = parseJson(body)
  return typeof parsed === 'object' && parsed !== null && 'code' in parsed && typeof parsed.code === 'string' ? parsed.code : null
}

/** The value of a JSON text; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `404 not_found`, `502 without a code`. */
export function described({ status, code }: Answer): string {
  return `${status} ${code ?? 'without a code'}`
}

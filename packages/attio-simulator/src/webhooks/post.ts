import http from 'node:http'
import https from 'node:https'

export type PostOutcome =
  | { answered: true; status: number; body: string; ms: number }
  | { answered: false; problem: 'timeout' | 'network'; detail: string; ms: number }

export interface Poster {
  /** POSTs bytes as they are. Follows no redirect and never throws: what went wrong is the outcome. */
  post(url: string, body: Uint8Array, headers: Record<string, string>, timeoutMs: number): Promise<PostOutcome>
  close(): void
}

/** More of an answer than this is not kept. */
const answerLimit = 4_096

/** A plain HTTP client on node:http, which sends exactly the headers it is given and hears answers that come before the body is out. */
export function createPoster(): Poster {
  const agents = {
    'http:': new http.Agent({ keepAlive: true, maxSockets: 512 }),
    'https:': new https.Agent({ keepAlive: true, maxSockets: 512 }),
  }

  const once = (url: URL, body: Uint8Array, headers: Record<string, string>, timeoutMs: number) =>
    new Promise<PostOutcome & { stale?: boolean }>(resolve => {
      const started = performance.now()
      const ms = () => Math.round((performance.now() - started) * 10) / 10
      const secure = url.protocol === 'https:'
      const request = (secure ? https : http).request(url, {
        method: 'POST',
        agent: secure ? agents['https:'] : agents['http:'],
        headers: { 'content-length': body.byteLength, ...headers },
      })
      /** Set once an answer has begun: from then on a broken connection only cuts it short. */
      let finish: (() => void) | undefined
      const timer = setTimeout(() => {
        resolve({ answered: false, problem: 'timeout', detail: `no answer within ${timeoutMs} ms`, ms: ms() })
        request.destroy()
      }, timeoutMs)
      request.on('response', response => {
        const kept: Buffer[] = []
        let size = 0
        response.on('data', (chunk: Buffer) => {
          if (size < answerLimit) kept.push(chunk)
          size += chunk.byteLength
        })
        const finish = () => {
          clearTimeout(timer)
          resolve({
            answered: true,
            status: response.statusCode ?? 0,
            body: Buffer.concat(kept).toString('utf8', 0, answerLimit),
            ms: ms(),
          })
        }
        response.on('end', finish)
        response.on('error', finish)
      })
      request.on('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer)
        if (finish !== undefined) return finish()
        const stale = request.reusedSocket && error.code === 'ECONNRESET'
        resolve({ answered: false, problem: 'network', detail: error.code ?? error.message, ms: ms(), stale })
      })
      request.end(body)
    })

  return {
    async post(url, body, headers, timeoutMs) {
      const target = new URL(url)
      const { stale, ...first } = await once(target, body, headers, timeoutMs)
      // A kept connection the other side closed meanwhile says nothing about this message: send it on a new one.
      if (stale !== true) return first
      const { stale: _, ...second } = await once(target, body, headers, timeoutMs)
      return second
    },
    close() {
      agents['http:'].destroy()
      agents['https:'].destroy()
    },
  }
}

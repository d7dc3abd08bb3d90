import type { IncomingMessage } from 'node:http'

/** Far above what Attio sends: an event is well below a kilobyte. */
export const bodyLimit = 256 * 1024

/**
 * Reads a body as raw bytes, counting while it streams: a length that is announced too large is refused at once, one that is not announced (or is a
 * lie) as soon as it is. `aborted` when the sender goes away before the end.
 */
export async function readBody(request: IncomingMessage): Promise<Buffer | 'too_large' | 'aborted'> {
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) return 'too_large'
  const chunks: Buffer[] = []
  let length = 0
  try {
    // Left early, the request must stay open: destroying it would take the answer with it.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      length += chunk.length
      if (length > bodyLimit) return 'too_large'
      chunks.push(chunk)
    }
  } catch {
    return 'aborted'
  }
  return request.complete ? Buffer.concat(chunks, length) : 'aborted'
}

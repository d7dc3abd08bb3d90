import type { IncomingMessage } from 'node:http'

const lingerBytes = 1024 * 1024
const lingerMs = 1_000

/**
 * Ends a connection whose request was answered before its body was read. Closing at once, with bytes unread, resets the connection and may take the answer
 * with it; so what still comes is thrown away for a moment: up to a megabyte and a second. A body that ends within leaves the connection usable.
 */
export function linger(request: IncomingMessage): void {
  if (request.complete) return
  const { socket } = request
  const timer = setTimeout(() => socket.destroy(), lingerMs)
  let left = lingerBytes
  request
    .on('data', (chunk: Buffer) => {
      left -= chunk.length
      if (left < 0) socket.destroy()
    })
    .on('error', () => {}) // the sender is gone, which is as well
    .on('close', () => clearTimeout(timer))
}

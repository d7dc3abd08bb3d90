import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { pipeline } from 'node:stream'

export type CuttableNetwork = {
  /** For `visit`'s options: the way all requests of its pages go. */
  proxy: { server: string; bypass: string }
  /** Ends what is open to an origin, streams too, and refuses what is new, until `restore`. */
  cut(origin: string): void
  restore(): void
  close(): Promise<void>
}

/**
 * A way to the servers that can be cut while pages are open. Playwright's `setOffline` is no such thing: it refuses new requests, but what is being
 * streamed goes on.
 */
export async function openNetwork(): Promise<CuttableNetwork> {
  const open = new Map<Socket, Set<string>>()
  let gone: string | null = null
  const server = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? '')
    open.get(incoming.socket)?.add(url.origin)
    if (url.origin === gone) incoming.socket.resetAndDestroy()
    else passOn(url, incoming, outgoing)
  })
  server.on('connection', socket => {
    open.set(socket, new Set())
    socket.once('close', () => open.delete(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The network has no address.')
  return {
    // Without "<-loopback>" Chromium goes straight to servers of its own machine.
    proxy: { server: `http://127.0.0.1:${address.port}`, bypass: '<-loopback>' },
    cut(origin) {
      gone = new URL(origin).origin
      for (const [socket, origins] of open) if (origins.has(gone)) socket.resetAndDestroy()
    },
    restore() {
      gone = null
    },
    async close() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

function passOn(url: URL, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { 'proxy-connection': _, ...headers } = incoming.headers
  const onward = request(url, { method: incoming.method ?? 'GET', headers }, answer => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
    pipeline(answer, outgoing, () => onward.destroy())
  })
  onward.once('error', () => incoming.socket.destroy())
  outgoing.once('close', () => onward.destroy())
  pipeline(incoming, onward, () => {})
}

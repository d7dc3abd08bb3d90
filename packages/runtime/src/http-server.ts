import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'

export type Listener = {
  server: Server
  /** The port in use, also where 0 was asked for. */
  port: number
  /** Stops accepting, lets requests in hand finish, then closes their connections. */
  close(): Promise<void>
}

/** Serves `app` (an express application is one) with time-outs that a slow or idle peer cannot outsit. Rejects when the port is taken. */
export async function listen(app: RequestListener, options: { port: number; host: string }): Promise<Listener> {
  const server = createServer(
    {
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      // Longer than the 60 s usual at load balancers: the side that opened the connection should close it.
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 5_000,
    },
    app,
  )
  // Load balancers and browsers connect in advance; to Node such a connection is not idle, as its first request is still awaited.
  const silent = new Set<Socket>()
  server.on('connection', socket => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
  })
  server.on('request', request => silent.delete(request.socket))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  return { server, port: (server.address() as AddressInfo).port, close: () => close(server, silent) }
}

async function close(server: Server, silent: Set<Socket>): Promise<void> {
  if (!server.listening) return
  for (const socket of silent) socket.destroy()
  // A connection kept alive becomes idle when its last answer is out, which close() alone does not wait for.
  const sweep = setInterval(() => server.closeIdleConnections(), 50)
  try {
    await new Promise<void>((resolve, reject) => server.close(error => (error ? reject(error) : resolve())))
  } finally {
    clearInterval(sweep)
  }
}

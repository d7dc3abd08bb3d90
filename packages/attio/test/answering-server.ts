import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** `cutShort` breaks the connection after the body. */
export type Answer = { status?: number; headers?: Record<string, string>; body?: string | object; cutShort?: boolean }

export type Asked = { method: string; url: string; headers: IncomingMessage['headers']; body: string }

/** A real HTTP server that gives recorded answers. `answer` returning null never answers; `asked` is what came, in order. */
export async function answeringServer(answer: (request: Asked) => Answer | null) {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const received = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    }
    asked.push(received)
    const given = answer(received)
    if (given === null) return
    const body = typeof given.body === 'object' ? JSON.stringify(given.body) : (given.body ?? '')
    response.writeHead(given.status ?? 200, { 'content-type': 'application/json; charset=utf-8', ...given.headers })
    if (given.cutShort) response.write(body, () => response.destroy())
    else response.end(body)
  })
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise<void>(closed => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

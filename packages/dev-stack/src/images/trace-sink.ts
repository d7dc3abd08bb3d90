import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

export type TraceSink = {
  url: string
  /** Of `services`, those that have sent traces so far. */
  heardOf(services: readonly string[]): string[]
  close(): void
}

/** Takes what OpenTelemetry sends, and looks for names of services in it: for seeing that anything is sent at all. */
export async function startTraceSink(): Promise<TraceSink> {
  const bodies: Buffer[] = []
  const server = createServer(async (request, response) => {
    const body = await buffer(request)
    if (request.url === '/v1/traces') bodies.push(body)
    response.end()
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heardOf: services => services.filter(service => bodies.some(body => body.includes(service))),
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

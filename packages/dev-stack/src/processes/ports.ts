import { createServer } from 'node:net'

/** A free TCP port of 127.0.0.1: the wanted one if nobody holds it, else any. */
export async function freePort(wanted = 0): Promise<number> {
  const server = createServer()
  try {
    return await new Promise<number>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ port: wanted, host: '127.0.0.1', exclusive: true }, () => {
        const address = server.address()
        resolve(typeof address === 'object' && address ? address.port : wanted)
      })
    })
  } catch (error) {
    if (wanted === 0) throw error
    return await freePort()
  } finally {
    await new Promise(resolve => server.close(resolve))
  }
}

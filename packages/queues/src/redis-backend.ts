import { Queue, Worker } from 'bullmq'
import { Redis, type RedisOptions } from 'ioredis'
import { type Backend, type BackendOptions, hintTimeoutMs, streams, workerTimes } from './backend.ts'

const prefix = 'worksights'

type Settings = Omit<RedisOptions, 'replyMapping'>

const common: Settings = {
  connectTimeout: 2_000,
  keepAlive: 10_000,
  retryStrategy: attempt => Math.min(100 * attempt, 2_000),
}

/** Producers fail at once while Redis is away: nothing waits in memory. The connection comes back by itself. */
const producing: Settings = { ...common, maxRetriesPerRequest: 1, enableOfflineQueue: false, commandTimeout: hintTimeoutMs }

/** Workers wait for Redis as long as it takes. */
const consuming: Settings = { ...common, maxRetriesPerRequest: null }

export function createRedisBackend({ url, onError }: BackendOptions): Backend {
  const clients: Redis[] = []
  const open = (options: Settings): Redis => {
    const client = new Redis(url, options)
    client.on('error', onError)
    clients.push(client)
    return client
  }
  let producers: { client: Redis; settled: Promise<void> } | undefined
  let consumers: Redis | undefined

  function producerClient() {
    if (producers) return producers
    const client = open(producing)
    const settled = new Promise<void>(resolve => {
      client.once('ready', () => resolve())
      client.once('close', () => resolve())
    })
    producers = { client, settled }
    return producers
  }

  return {
    async reachable() {
      const { client, settled } = producerClient()
      await settled
      return client.status === 'ready'
    },
    openProducer(name) {
      const queue = new Queue(name, { connection: producerClient().client, prefix, streams })
      queue.on('error', onError)
      return queue
    },
    openConsumer(name, processor, concurrency) {
      consumers ??= open(consuming)
      const worker = new Worker(name, processor, { connection: consumers, prefix, concurrency, autorun: false, ...workerTimes })
      worker.on('error', onError)
      return worker
    },
    async close() {
      await Promise.all(clients.map(disconnect))
    },
  }
}

/** Ends a connection whatever its state, and waits until it has ended. */
async function disconnect(client: Redis): Promise<void> {
  if (client.status === 'end') return
  // Between two attempts there is no connection that could end: the next attempt is only called off.
  if (client.status === 'reconnecting') return client.disconnect()
  const ended = new Promise<void>(resolve => client.once('end', () => resolve()))
  client.disconnect()
  await ended
}

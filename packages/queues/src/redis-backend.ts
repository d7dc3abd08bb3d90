import { readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { Queue, Worker } from 'bullmq'
import { Cluster, Redis, type RedisOptions } from 'ioredis'
import { type Backend, type BackendOptions, hintTimeoutMs, streams, tracing, workerTimes } from './backend.ts'
import type { QueueName } from './contract.ts'

/** Keys of one queue lie in one slot of a Redis Cluster, as scripts that touch several of them demand; those of other queues may lie elsewhere. */
const prefixOf = (name: QueueName) => `{worksights:${name}}`

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

type Client = Redis | Cluster

export function createRedisBackend({ url, caFile, redisCluster, onError }: BackendOptions): Backend {
  const ca = caFile === undefined ? undefined : readFileSync(caFile)
  const clients: Client[] = []
  const open = (options: Settings): Client => {
    const client = redisCluster ? openCluster(url, ca, options) : new Redis(url, { ...options, ...(ca ? { tls: { ca } } : {}) })
    client.on('error', onError)
    clients.push(client)
    return client
  }
  let producers: { client: Client; settled: Promise<void> } | undefined
  let consumers: Client | undefined

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
      const queue = new Queue(name, { connection: producerClient().client, prefix: prefixOf(name), streams, ...tracing() })
      queue.on('error', onError)
      return queue
    },
    openConsumer(name, processor, concurrency) {
      consumers ??= open(consuming)
      const worker = new Worker(name, processor, {
        connection: consumers,
        prefix: prefixOf(name),
        concurrency,
        autorun: false,
        ...workerTimes,
        ...tracing(),
      })
      worker.on('error', onError)
      return worker
    },
    async close() {
      await Promise.all(clients.map(disconnect))
    },
  }
}

/** A client of the cluster that the node at `url` belongs to. Name and password hold for every node. */
function openCluster(url: string, ca: Buffer | undefined, options: Settings): Cluster {
  const { protocol, hostname, port, username, password } = new URL(url)
  // Nodes tell each other's addresses, and certificates name hosts: every node is to show one for the host of the URL.
  const servername = isIP(hostname) ? {} : { servername: hostname }
  return new Cluster([{ host: hostname, port: Number(port || 6379) }], {
    enableOfflineQueue: options.enableOfflineQueue ?? true,
    clusterRetryStrategy: attempt => Math.min(100 * attempt, 2_000),
    slotsRefreshTimeout: 2_000,
    redisOptions: {
      ...options,
      ...(ca || protocol === 'rediss:' ? { tls: { ...servername, ...(ca ? { ca } : {}) } } : {}),
      ...(username ? { username: decodeURIComponent(username) } : {}),
      ...(password ? { password: decodeURIComponent(password) } : {}),
    },
  })
}

/** Ends a connection whatever its state, and waits until it has ended. */
async function disconnect(client: Client): Promise<void> {
  if (client.status === 'end') return
  // Between two attempts there is no connection that could end: the next attempt is only called off.
  if (client.status === 'reconnecting') return client.disconnect()
  const ended = new Promise<void>(resolve => client.once('end', () => resolve()))
  client.disconnect()
  await ended
}

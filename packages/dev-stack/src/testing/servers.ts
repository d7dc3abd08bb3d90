import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { removeCluster } from '../postgres/cluster.ts'
import { startEmbeddedPostgres } from '../postgres/embedded.ts'
import type { InstalledPostgres } from '../postgres/installed.ts'
import { startGuardian } from '../processes/guardian.ts'
import { freePort } from '../processes/ports.ts'
import type { ServerCertificate } from './certificates.ts'
import { startTestRedis } from './redis.ts'

/* Servers of a test's own, for what the ones all tests share do not do. */

export type OwnServer = { url: string; close(): Promise<void> }

/** A Postgres that also speaks TLS. `url` names 127.0.0.1 and the superuser. */
export const startTlsPostgres = (tls: ServerCertificate): Promise<OwnServer> => startOwnPostgres({ tls })

/** A Postgres of this machine, with nothing in it. `url` names the superuser. */
export const startInstalledPostgres = (binaries: InstalledPostgres): Promise<OwnServer> => startOwnPostgres({ binaries })

async function startOwnPostgres(options: { tls: ServerCertificate } | { binaries: InstalledPostgres }): Promise<OwnServer> {
  const guardian = startGuardian()
  const folder = await mkdtemp(join(tmpdir(), 'worksights-postgres-'))
  const postgres = await startEmbeddedPostgres({ dataDir: folder, durable: false, guardian, log: () => {}, ...options })
  return {
    url: postgres.url,
    async close() {
      await postgres.stop()
      await removeCluster(folder)
      await rm(folder, { recursive: true, force: true })
      guardian.dismiss()
    },
  }
}

/** A Redis with settings of its own. */
export async function startOwnRedis(executable: string, settings: Readonly<Record<string, string | number>>): Promise<OwnServer> {
  const guardian = startGuardian()
  const redis = await startTestRedis(executable, guardian, settings)
  return {
    url: redis.url,
    async close() {
      await redis.close()
      guardian.dismiss()
    },
  }
}

/** A Redis with two ports, of which `url` is the one that speaks TLS and `plainUrl` the other. Key and certificate are files. */
export async function startTlsRedis(
  executable: string,
  tls: { keyFile: string; certificateFile: string },
): Promise<OwnServer & { plainUrl: string }> {
  const guardian = startGuardian()
  const tlsPort = await freePort()
  const redis = await startTestRedis(executable, guardian, {
    'tls-port': tlsPort,
    'tls-key-file': tls.keyFile,
    'tls-cert-file': tls.certificateFile,
    'tls-auth-clients': 'no',
  })
  return {
    url: `redis://127.0.0.1:${tlsPort}`,
    plainUrl: redis.url,
    async close() {
      await redis.close()
      guardian.dismiss()
    },
  }
}

const slots = 16_384

/** A Redis Cluster of three nodes without replicas; `url` names one of them. */
export async function startRedisCluster(executable: string): Promise<OwnServer & { nodeUrls: string[] }> {
  const guardian = startGuardian()
  const settings = { 'cluster-enabled': 'yes', databases: 1, 'cluster-node-timeout': 2_000 }
  const nodes = await Promise.all([0, 1, 2].map(() => startTestRedis(executable, guardian, settings)))
  const clients = nodes.map(node => new Redis(node.url))
  const [first] = nodes
  if (!first) throw new Error('There is no first node.')
  const seed = new URL(first.url)
  const share = Math.ceil(slots / nodes.length)
  for (const [index, client] of clients.entries()) {
    await client.call('cluster', 'addslotsrange', index * share, Math.min(slots, (index + 1) * share) - 1)
    await client.call('cluster', 'meet', seed.hostname, seed.port)
  }
  for (const client of clients) {
    while (!String(await client.call('cluster', 'info')).includes('cluster_state:ok')) await pause(20)
    client.disconnect()
  }
  return {
    url: first.url,
    nodeUrls: nodes.map(node => node.url),
    async close() {
      await Promise.all(nodes.map(node => node.close()))
      guardian.dismiss()
    },
  }
}

import { findInstalledPostgres } from '../postgres/installed.ts'
import { findChromium } from './chromium.ts'
import { buildHelm, findGo, findHelm } from './helm.ts'
import { findRedisServer } from './redis.ts'

/** A part of the tests that needs something npm cannot bring. */
export type Part = {
  name: string
  /** Said to whoever lacks it. */
  install: string
  isAvailable(): Promise<boolean>
  /** Debian packages that bring it, for the automatic attempt. */
  debian: string[]
  /**
   * Where it can be built on this machine: how long that takes, and the building, which resolves to what went wrong, or null. It goes on beside the
   * other tests; those of the part come last.
   */
  build?(): Promise<{ about: string; done: Promise<string | null> } | null>
  /** Test files that cannot do without it, as a pattern for their paths; the others see for themselves. */
  tests?: string
}

export const parts: Part[] = [
  {
    name: 'queues on Redis',
    install: 'redis-server 7 or newer, or valkey-server 8 (apt-get install redis-server; brew install redis)',
    isAvailable: async () => (await findRedisServer()) !== null,
    debian: ['redis-server'],
  },
  {
    name: 'pages in a browser',
    install: 'Chromium or Chrome (apt-get install chromium; brew install --cask google-chrome), or set CHROMIUM_PATH',
    isAvailable: async () => (await findChromium()) !== null,
    debian: ['chromium'],
    tests: 'e2e/web/',
  },
  {
    name: 'the Helm chart',
    install: 'Helm 3.16 or newer (https://helm.sh/docs/intro/install), or a current Go, which builds it',
    isAvailable: async () => (await findHelm()) !== null,
    debian: [],
    build: async () => {
      const go = await findGo()
      return go ? { about: 'helm from source, about 3 min on two cores, once', done: buildHelm(go) } : null
    },
    tests: 'e2e/chart/',
  },
  {
    name: 'backup and restore',
    install: 'PostgreSQL 15 or newer, server and client (apt-get install postgresql; brew install postgresql@15)',
    isAvailable: async () => (await findInstalledPostgres()) !== null,
    debian: ['postgresql'],
    tests: 'e2e/backup/',
  },
]

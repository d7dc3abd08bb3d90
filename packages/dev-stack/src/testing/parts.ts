import { findChromium } from './chromium.ts'
import { findRedisServer } from './redis.ts'

/** A part of the tests that needs something npm cannot bring. */
export type Part = {
  name: string
  /** Said to whoever lacks it. */
  install: string
  isAvailable(): Promise<boolean>
  /** Debian packages that bring it, for the automatic attempt. */
  debian: string[]
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
]

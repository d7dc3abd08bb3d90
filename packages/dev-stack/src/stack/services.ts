import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AUDIENCE, WEB_CLIENT } from '@worksights/identity-provider'
import { z } from 'zod'
import type { Logins } from '../postgres/logins.ts'
import type { Ports } from './addresses.ts'
import type { Settings } from './settings.ts'

export type Service = { name: string; folder: string; env: Record<string, string>; adminUrl: string }

export type Surroundings = {
  ports: Ports
  settings: Settings
  logins: Logins
  encryptionKeys: string
  /** The built web app, where it is not in its usual place. */
  webFolder?: string | undefined
}

/** The simulator's own client: what it takes unless told otherwise. */
const SIMULATOR_CLIENT = { clientId: 'simulator-client', clientSecret: 'simulator-secret' }

export type Urls = { api: string; gateway: string; attio: string; attioApp: string; identity: string; frontend: string }

/** Where everything is reached. With the real Attio, its own hosts and the public address of the gateway. */
export function urlsOf(ports: Ports, settings: Settings): Urls {
  const local = (name: keyof Ports) => `http://127.0.0.1:${ports[name]}`
  return {
    api: local('api'),
    gateway: settings.realAttio?.gatewayUrl ?? local('gateway'),
    attio: settings.realAttio ? 'https://api.attio.com' : local('simulator'),
    attioApp: settings.realAttio ? 'https://app.attio.com' : local('simulator'),
    identity: local('identity'),
    frontend: local('frontend'),
  }
}

/** The services of ours, in the order they start, each with the environment it needs and no more. */
export function services({ ports, settings, logins, encryptionKeys, webFolder }: Surroundings): Service[] {
  const urls = urlsOf(ports, settings)
  const client = settings.realAttio ?? SIMULATOR_CLIENT
  const every = (admin: keyof Ports) => ({
    NODE_ENV: 'development',
    LOG_LEVEL: settings.logLevel,
    ADMIN_HOST: '127.0.0.1',
    ADMIN_PORT: String(ports[admin]),
  })
  const base = (admin: keyof Ports, login: keyof Logins = 'worker') => ({
    ...every(admin),
    DATABASE_URL: logins[login],
    QUEUE_URL: settings.redisUrl ?? logins[login],
  })
  const attio = { ATTIO_API_URL: urls.attio, ATTIO_APP_URL: urls.attioApp }
  const adminUrl = (admin: keyof Ports) => `http://127.0.0.1:${ports[admin]}`
  return [
    { name: 'coalescer', folder: 'services/coalescer-worker', env: base('coalescer admin'), adminUrl: adminUrl('coalescer admin') },
    {
      name: 'resolver',
      folder: 'services/resolver-worker',
      env: { ...base('resolver admin'), ...attio, ENCRYPTION_KEYS: encryptionKeys, PUBLIC_GATEWAY_URL: urls.gateway },
      adminUrl: adminUrl('resolver admin'),
    },
    {
      name: 'gateway',
      folder: 'services/ingest-gateway',
      env: {
        ...base('gateway admin'),
        HOST: '127.0.0.1',
        PORT: String(ports.gateway),
        ENCRYPTION_KEYS: encryptionKeys,
      },
      adminUrl: adminUrl('gateway admin'),
    },
    {
      name: 'api',
      folder: 'services/timeline-api',
      env: {
        ...base('api admin', 'api'),
        ...attio,
        HOST: '127.0.0.1',
        PORT: String(ports.api),
        ENCRYPTION_KEYS: encryptionKeys,
        PUBLIC_API_URL: urls.api,
        PUBLIC_GATEWAY_URL: urls.gateway,
        PUBLIC_FRONTEND_URL: urls.frontend,
        SUPPORT_CONTACT: 'crm-support@northwind.example',
        OIDC_ISSUER: urls.identity,
        OIDC_AUDIENCE: AUDIENCE,
        OIDC_ORGANIZATION_CLAIM: 'org',
        OIDC_ROLE_CLAIM: 'role',
        OIDC_ADMIN_VALUES: 'admin',
        ATTIO_CLIENT_ID: client.clientId,
        ATTIO_CLIENT_SECRET: client.clientSecret,
        // Benchmarks and demonstrations ask more often than people do.
        RATE_LIMIT_USER_PER_MINUTE: '1000000',
        RATE_LIMIT_ORGANIZATION_PER_MINUTE: '1000000',
        RATE_LIMIT_ADDRESS_PER_MINUTE: '1000000',
      },
      adminUrl: adminUrl('api admin'),
    },
    {
      name: 'frontend',
      folder: 'services/frontend',
      env: {
        ...every('frontend admin'),
        HOST: '127.0.0.1',
        PORT: String(ports.frontend),
        PUBLIC_FRONTEND_URL: urls.frontend,
        PUBLIC_API_URL: urls.api,
        OIDC_ISSUER: urls.identity,
        OIDC_CLIENT_ID: WEB_CLIENT,
        OIDC_RESOURCE: AUDIENCE,
        ...(webFolder !== undefined && { WEB_FOLDER: webFolder }),
      },
      adminUrl: adminUrl('frontend admin'),
    },
  ]
}

const manifest = z.object({ scripts: z.object({ start: z.string().regex(/^node /, 'must start with "node "') }) })

/** Node's arguments from the package's own `start` script, so that it starts here as it starts anywhere. */
export function startArguments(folder: string): string[] {
  const { scripts } = manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
  return scripts.start.split(' ').slice(1)
}

import type { z } from 'zod'
import type { checkConfigs } from '../config.ts'
import type { Outcome } from '../outcome.ts'
import { checkApi } from './api.ts'
import { checkDatabase, type WantedLogin } from './database.ts'
import { outcomeOf } from './finding.ts'
import { checkGateway } from './gateway.ts'
import { checkQueue } from './queue.ts'

type Config<Name extends keyof typeof checkConfigs> = z.output<(typeof checkConfigs)[Name]>

/* `worksights check …`: what each makes of its configuration and options. None of them changes anything. */

export async function database(config: Config<'database'>, options: { login?: WantedLogin; wait: number }): Promise<Outcome> {
  return outcomeOf('database', await checkDatabase(config, options))
}

export async function queue(config: Config<'queue'>, { wait }: { wait: number }): Promise<Outcome> {
  return outcomeOf('queue', await checkQueue(config, wait))
}

export async function gateway(config: Config<'gateway'>, { wait }: { wait: number }): Promise<Outcome> {
  return outcomeOf('gateway', await checkGateway(config, wait))
}

export async function api(config: Config<'api'>, { wait }: { wait: number }): Promise<Outcome> {
  return outcomeOf('api', await checkApi(config, wait))
}

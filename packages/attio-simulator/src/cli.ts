import { Command, InvalidArgumentError } from 'commander'
import { z } from 'zod'
import { startSimulator } from './simulator.ts'

const whole = (text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('expected a whole number, 0 or more')
  return value
}
const pauses = (text: string): number[] => (text === '' ? [] : text.split(',').map(whole))
const collect = (text: string, earlier: string[] | undefined) => [...(earlier ?? []), text]

const program = new Command('attio-simulator')
  .description('Attio as it really behaves, as a server on this machine, with fault switches under /_simulator/.')
  .option('--port <port>', 'port to listen on; 0 takes a free one', whole, 0)
  .option('--host <address>', 'address to listen on', '127.0.0.1')
  .option('--seed <text>', 'same seed, same world', 'northwind')
  .option('--client-id <id>', 'the OAuth app', 'simulator-client')
  .option('--client-secret <secret>', 'its secret', 'simulator-secret')
  .option('--scopes <scopes>', 'what the OAuth app asks for, separated by spaces; without it everything', text => text.split(' '))
  .option('--redirect-uri <url>', 'allowed redirect, repeatable; without it any on localhost', collect)
  .option(
    '--retry-schedule <ms,ms,…>',
    'pause before each retry of a delivery; without it what Attio is assumed to do (10 retries over 3 days)',
    pauses,
  )
  .option('--https-only', 'refuse plain http webhook targets, as Attio does')
  .option('--quiet', 'log nothing')
  .parse()

const options = program.opts<{
  port: number
  host: string
  seed: string
  clientId: string
  clientSecret: string
  scopes?: string[]
  redirectUri?: string[]
  retrySchedule?: number[]
  httpsOnly?: boolean
  quiet?: boolean
}>()

/** What went wrong and what to do about it, in a line or two. */
function reason(error: unknown): string {
  if (error instanceof z.ZodError) return `these options do not fit:\n${z.prettifyError(error)}`
  if (!(error instanceof Error)) return String(error)
  const busy = 'code' in error && error.code === 'EADDRINUSE'
  return busy ? `port ${options.port} is taken; choose another with --port, or 0 for a free one.` : error.message
}

try {
  const simulator = await startSimulator({
    port: options.port,
    host: options.host,
    seed: options.seed,
    clientId: options.clientId,
    clientSecret: options.clientSecret,
    webhookTargets: options.httpsOnly === true ? 'https' : 'any',
    ...(options.scopes === undefined ? {} : { scopes: options.scopes }),
    ...(options.redirectUri === undefined ? {} : { redirectUris: options.redirectUri }),
    ...(options.retrySchedule === undefined ? {} : { retrySchedule: options.retrySchedule }),
    ...(options.quiet === true ? {} : { log: (message: string) => void process.stderr.write(`${message}\n`) }),
  })
  process.stdout.write(`Attio simulator listening on ${simulator.url}\n`)
  const stop = () => void simulator.close().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
} catch (error) {
  process.stderr.write(`The simulator could not start: ${reason(error)}\n`)
  process.exit(1)
}

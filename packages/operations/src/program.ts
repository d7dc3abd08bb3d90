import { ConfigError, createLogger, loadConfig } from '@worksights/runtime'
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { z } from 'zod'
import * as checks from './check/commands.ts'
import * as commands from './commands.ts'
import { checkConfigs, keysConfig, migrateConfig, restoredConfig, retargetConfig, runConfig } from './config.ts'
import { NotConfirmedError } from './confirm.ts'
import type { Outcome } from './outcome.ts'
import { plain, type Surroundings, type Terminal } from './terminal.ts'

/*
 * The command line. Exit codes: 0 done, 1 not done or not wholly, 2 wrongly called or configured. Progress goes to stderr, what came of it to stdout.
 */

const uuid = (text: string): string => read(z.uuid(), text, 'expected an id, a UUID')
const moment = (text: string): string =>
  read(z.iso.datetime({ offset: true }), text, 'expected a date with time and zone, such as 2026-01-31T10:00:00Z')

const seconds = (text: string): number => Number(read(z.string().regex(/^(\d{1,2}|[1-5]\d\d|600)$/), text, 'expected seconds, 0 to 600'))

function read(schema: z.ZodType<string>, text: string, problem: string): string {
  const parsed = schema.safeParse(text)
  if (parsed.success) return parsed.data
  throw new InvalidArgumentError(problem)
}

/** Runs one command; gives the exit code. */
export async function runCommand(argv: readonly string[], terminal: Terminal): Promise<number> {
  const say = (line: string) => terminal.err(`${plain(line)}\n`)
  // Warnings of what the command uses; never payloads or secrets.
  const log = createLogger({ service: 'operations', level: 'warn', destination: { write: terminal.err } })
  const { ask } = terminal
  const surroundings: Surroundings = { say, log, ask: ask && (question => ask(plain(question))) }
  let exitCode = 0

  const program = new Command('worksights')
    .description("The operator's commands. Each reads the variables it needs from the environment, by the names the services know.")
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .showHelpAfterError('Add --help for what it takes.')

  function add<Schema extends z.ZodObject, Options extends object>(
    name: string,
    description: string,
    schema: Schema,
    work: (config: z.output<Schema>, options: Options, surroundings: Surroundings) => Promise<Outcome>,
    parent: Command = program,
  ): Command {
    return parent
      .command(name)
      .description(description)
      .option('--json', 'the result as JSON on stdout')
      .addHelpText('after', `\nEnvironment: ${Object.keys(schema.shape).join(', ')}`)
      .action(async (options: Options & { json?: true }) => {
        const { ok, lines, json } = await work(loadConfig(schema, terminal.env), options, surroundings)
        terminal.out(options.json ? `${JSON.stringify(json)}\n` : lines.map(line => `${plain(line)}\n`).join(''))
        exitCode = ok ? 0 : 1
      })
  }

  add('migrate', 'brings database and queues to this release; safe to run twice or at once', migrateConfig, commands.migrateAll)
  add('keys', 'shows which encryption keys are in use, how often, and what does not open', keysConfig, commands.showKeys)
  add('reseal', 'seals every token and webhook secret anew with the first of ENCRYPTION_KEYS', keysConfig, commands.resealAll).option(
    '--dry-run',
    'only say what would be done',
  )
  add(
    'forget',
    'gives up what was sealed with a key that is lost for good, so that the services start again',
    keysConfig,
    commands.forgetKey,
  )
    .requiredOption('--key <id>', 'the id of the lost key')
    .option('--dry-run', 'only say what would be given up')
    .option('--yes', 'do not ask')
  add('retarget', 'moves the webhooks of every connection to PUBLIC_GATEWAY_URL', retargetConfig, commands.retargetAll)
    .option('--connection <id>', 'only this one', uuid)
    .option('--dry-run', 'only ask Attio what would be moved')
  add('replay', 'works deliveries of a connection again and waits for the end', runConfig, commands.replay)
    .requiredOption('--connection <id>', 'whose deliveries', uuid)
    .option('--dead', 'only those that were given up')
    .option('--from <date>', 'received at this time or later', moment)
    .option('--to <date>', 'received before this time', moment)
  add('erase', 'disconnects a connection, deletes all its data, and waits for the end', runConfig, commands.erase)
    .requiredOption('--connection <id>', 'which one', uuid)
    .option('--yes', 'do not ask')

  add(
    'restored',
    'after a restore: tells every timeline what is lost, and looks at every connection anew',
    restoredConfig,
    commands.tellRestored,
  )
    .requiredOption('--from <date>', 'when the backup was taken', moment)
    .requiredOption('--to <date>', 'until when the lost database may have taken deliveries', moment)

  const check = program
    .command('check')
    .description('looks whether an installation is as it should be, and changes nothing; each says in a line what it found, or what to do')
  const wait = (byDefault: number) =>
    new Option('--wait <seconds>', 'how long to ask again while nobody answers; at most 600').default(byDefault).argParser(seconds)
  add('database', 'version, migrations, login, encryption keys', checkConfigs.database, checks.database, check)
    .addOption(new Option('--login <whose>', 'whose login DATABASE_URL should have').choices(['workers', 'api']))
    .addOption(wait(10))
  add('queue', 'the queues answer and take hints; none is put in or taken out', checkConfigs.queue, checks.queue, check).addOption(wait(10))
  const posts = 'posts arrive, and only what is signed is taken; stores nothing'
  add('gateway', posts, checkConfigs.gateway, checks.gateway, check).addOption(wait(60))
  const requests = 'answers, refuses whoever is not signed in, reaches database and identity provider'
  add('api', requests, checkConfigs.api, checks.api, check).addOption(wait(60))

  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    say(messageOf(error))
    return error instanceof ConfigError || error instanceof commands.UsageError || error instanceof NotConfirmedError ? 2 : 1
  }
}

/** The message alone: what libraries hang on their errors may quote rows. */
function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return messageOf(error.errors[0])
  return error instanceof Error ? error.message : 'What was thrown is not an Error.'
}

import { resolve } from 'node:path'
import { Command, CommanderError } from 'commander'

export type Options = { once?: boolean; json?: boolean; scenario: boolean; data?: string; fresh?: boolean; infoFile?: string }

/** Reads the command line; prints help or what is wrong with it and gives null with the exit code instead. */
export function readOptions(argv: string[]): { options: Options } | { exitCode: number } {
  const command = new Command('npm start --')
    .description(
      'Starts everything on this machine: Postgres, a simulated Attio, sign-in, and every service; connects the demo workspace, plays a working day of its team, goes on quietly, and shows the timeline as it grows: in a browser and here.',
    )
    .option('--once', 'play the day, print the timeline by day and stop; exit 0 only if every expected activity is there and no other')
    .option('--json', 'print one activity a line as JSON on stdout, everything else on stderr')
    .option('--no-scenario', 'play nothing: only connect and follow')
    .option('--data <dir>', 'where everything is kept between runs (default: .data in the project)')
    .option('--fresh', 'begin with empty data: deletes the data folder, if npm start made it')
    .option('--info-file <file>', 'write a JSON file with every address and tokens of all four people once all is ready')
    .helpOption('--help', 'show this')
    .addHelpText(
      'after',
      `
Environment:
  REDIS_URL            queues on this Redis instead of Postgres
  LOG_LEVEL            of the services: trace, debug, info, warn (default), error
  WEB_TOKEN_SECONDS    how long a token of the web app lives (default: an hour)
  ATTIO_CLIENT_ID, ATTIO_CLIENT_SECRET, PUBLIC_GATEWAY_URL
                       all three: the real Attio instead of the simulator; PUBLIC_GATEWAY_URL
                       is the https address that leads to the gateway's port`,
    )
    .allowExcessArguments(false)
    .exitOverride()
  try {
    command.parse(argv, { from: 'user' })
  } catch (error) {
    if (error instanceof CommanderError) return { exitCode: error.exitCode }
    throw error
  }
  const parsed = command.opts<Options>()
  if (parsed.once && !parsed.scenario) {
    process.stderr.write('error: --once plays the day and checks it, so it cannot go with --no-scenario\n')
    return { exitCode: 1 }
  }
  return {
    options: {
      ...parsed,
      ...(parsed.data ? { data: resolve(parsed.data) } : {}),
      ...(parsed.infoFile ? { infoFile: resolve(parsed.infoFile) } : {}),
    },
  }
}

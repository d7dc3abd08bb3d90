import { join } from 'node:path'
import { removeInfoFile } from './demo/info-file.ts'
import { type Options, readOptions } from './options.ts'
import { runSession } from './session.ts'
import { type Console, openConsole } from './stack/console.ts'
import { openDataFolder } from './stack/data-folder.ts'
import { interruption } from './stack/interruption.ts'
import { readSettings } from './stack/settings.ts'
import { root, startStack } from './stack/stack.ts'
import { StartError } from './stack/start-error.ts'
import { openTeardown, type Teardown } from './stack/teardown.ts'

// What `npm start` runs: start, session, stop. However it ends, everything that was started is stopped in the opposite order.

const read = readOptions(process.argv.slice(2))
const exitCode = 'options' in read ? await main(read.options) : read.exitCode
process.stdout.write('', () => process.exit(exitCode))

async function main(options: Options): Promise<number> {
  const console = openConsole()
  const teardown = openTeardown()
  const stop = new AbortController()
  const interrupted = interruption(console)
  const running = run(options, console, teardown, stop.signal)
  try {
    const outcome = await Promise.race([running, interrupted])
    if (outcome !== 'interrupted') return outcome
    console.say('\nStopping …')
    return options.once ? 130 : 0
  } catch (error) {
    console.say(`\n${error instanceof StartError ? error.message : error instanceof Error ? error.stack : String(error)}`)
    return 1
  } finally {
    stop.abort()
    await teardown.run()
    // Interrupted while starting, it may have started one thing more.
    await running.catch(() => {})
    await teardown.run()
  }
}

async function run(options: Options, console: Console, teardown: Teardown, signal: AbortSignal): Promise<number> {
  const settings = readSettings(process.env)
  if (options.once && settings.realAttio) {
    throw new StartError('--once plays a day of the simulator. Unset ATTIO_CLIENT_ID, ATTIO_CLIENT_SECRET and PUBLIC_GATEWAY_URL for it.')
  }
  const data = await openDataFolder(options.data ?? join(root, settings.realAttio ? '.data-attio' : '.data'), {
    fresh: options.fresh === true,
    log: console.say,
  })
  teardown.add(data.release)
  const { infoFile } = options
  if (infoFile) {
    await removeInfoFile(infoFile)
    teardown.add(() => removeInfoFile(infoFile))
  }
  const stack = await startStack({ data, settings, console, teardown })
  const died = stack.failure.then((how): never => {
    throw new StartError(`${how} ended by itself, so everything else is stopped. Its last lines above say why.`)
  })
  return await Promise.race([runSession({ stack, options, console, simulated: settings.realAttio === null, signal }), died])
}

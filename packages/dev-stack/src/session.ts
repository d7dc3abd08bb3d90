import { people } from '@worksights/identity-provider'
import { readTimeline } from './demo/activity.ts'
import type { Api } from './demo/api.ts'
import { connectWorkspace } from './demo/connect.ts'
import { connectRealWorkspace } from './demo/connect-real.ts'
import { type Feed, follow } from './demo/follow.ts'
import { describeStack, writeInfoFile } from './demo/info-file.ts'
import { complaints } from './demo/judge.ts'
import { nothingDue, waitForPlay } from './demo/once.ts'
import { apiOf, registerTeam } from './demo/people-here.ts'
import { byDay, lineOf } from './demo/printer.ts'
import { allDelivered, playScenario } from './demo/scenario.ts'
import type { Options } from './options.ts'
import type { Console } from './stack/console.ts'
import type { Stack } from './stack/stack.ts'
import { workingDay } from './working-day.ts'

const WORKSPACE = 'northwind'
/** Between two steps of the day: long enough to watch, and for the name of a thing to be read before its deletion follows. */
const PACE_MS = 400
/** Once the day is over: what comes can be read as it comes. */
const QUIET_PACE_MS = 6_000
/** Of what a timeline holds at the start: a night of quiet hours leaves thousands. */
const MOST_PRINTED = 100

export type Session = { stack: Stack; options: Options; console: Console; simulated: boolean; signal: AbortSignal }

/** What happens once everything runs: people, connection, the day, the timeline. Gives the exit code, or waits until `signal` aborts. */
export async function runSession(session: Session): Promise<number> {
  const { stack, options, simulated } = session
  const apis = new Map(people.map(({ email }) => [email, apiOf(email, stack.urls)]))
  const admins = people.filter(({ role }) => role === 'admin')
  for (const { email, org } of admins) await registerTeam(apiFor(apis, email), org)
  const admin = apiFor(apis, admins.find(({ org }) => org === WORKSPACE)?.email ?? '')
  const connectionId = simulated
    ? await connectWorkspace(admin, WORKSPACE)
    : await connectRealWorkspace(stack, admin, session.console, session.signal)
  if (options.infoFile) {
    const tokens = new Map(await Promise.all([...apis].map(async ([email, api]) => [email, await api.token()] as const)))
    await writeInfoFile(options.infoFile, await describeStack(stack, tokens, connectionId))
  }
  announce(session)
  if (options.once) return await once(session, admin, connectionId)
  await watch(session, admin)
  return 0
}

function apiFor(apis: ReadonlyMap<string, Api>, email: string): Api {
  const api = apis.get(email)
  if (!api) throw new Error(`Nobody is called ${email}.`)
  return api
}

async function once({ stack, options, console, signal }: Session, api: Api, connectionId: string): Promise<number> {
  const since = new Date(Date.now() - 60_000)
  console.say('Playing the working day …')
  const play = await playScenario(stack.urls.attio, 'working-day', { workspace: WORKSPACE, paceMs: PACE_MS }, signal)
  const settled = async () => (await allDelivered(stack.urls.attio, WORKSPACE)) && (await nothingDue(stack.databaseUrl, connectionId))
  const { lines, verdict } = await waitForPlay({ api, since, play, expected: workingDay, settled })
  signal.throwIfAborted()
  if (options.json) for (const line of lines) console.print(JSON.stringify(line))
  else console.print(byDay(lines, console.paint))
  const wrong = complaints(verdict)
  for (const complaint of wrong) console.say(complaint)
  console.say(
    wrong.length === 0
      ? `All ${workingDay.length} expected activities are there, and no other.`
      : `${wrong.length} lines are not as expected.`,
  )
  return wrong.length === 0 ? 0 : 1
}

async function watch({ stack, options, console, simulated, signal }: Session, api: Api): Promise<void> {
  const titles = new Map<string, string>()
  const readAll = async () => {
    const { lines, streamCursor } = await readTimeline(api, new Date(Date.now() - 24 * 3_600_000))
    if (lines.length > MOST_PRINTED) console.say(`The latest ${MOST_PRINTED} of the ${lines.length} lines of the last 24 hours:`)
    if (lines.length > 0 && !options.json) console.print(byDay(lines.slice(-MOST_PRINTED), console.paint))
    for (const { id, title } of lines) titles.set(id, title)
    return streamCursor
  }
  const streamCursor = await readAll()
  const feed: Feed = {
    activity(line) {
      console.print(options.json ? JSON.stringify(line) : lineOf(line, console.paint, titles.has(line.id)))
      titles.set(line.id, line.title)
    },
    removed(id) {
      const title = titles.get(id)
      if (titles.delete(id)) console.say(`No longer shown: ${title}`)
    },
    async reset() {
      console.say('Lines were shown or hidden at large. The timeline as it is now:')
      titles.clear()
      await readAll()
    },
    trouble: console.say,
  }
  const following = follow(api, streamCursor, feed, signal)
  if (simulated && options.scenario) {
    await playScenario(stack.urls.attio, 'working-day', { workspace: WORKSPACE, paceMs: PACE_MS }, signal)
    console.say('The working day is over. The team goes on quietly, with something every few seconds; Ctrl-C stops everything.')
    await goOn(stack, signal)
  }
  await following
}

/** One quiet hour after the other, each of some minutes: its request waits for its end, and clients give up on an answer in time. */
async function goOn({ urls }: Stack, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const quiet = { workspace: WORKSPACE, paceMs: QUIET_PACE_MS, seed: String(Date.now()) }
    await playScenario(urls.attio, 'quiet-hour', quiet, signal)
  }
}

function announce({ stack, console, simulated }: Session): void {
  const { api, gateway, identity, attio, attioApp, frontend } = stack.urls
  console.say(
    [
      '',
      'Ready:',
      `  web app           ${frontend}`,
      `  timeline API      ${api}/docs`,
      `  ingest gateway    ${gateway}`,
      simulated ? `  Attio simulator   ${attio}/_simulator/` : `  Attio             ${attioApp}`,
      `  sign-in           ${identity} (development only)`,
      '',
      `Open ${frontend} and sign in as ${people.find(({ org, role }) => org === WORKSPACE && role === 'admin')?.email} (admin).`,
      '',
    ].join('\n'),
  )
}

import { availableParallelism } from 'node:os'
import { Command } from 'commander'
import type { CDPSession, Page } from 'playwright-core'
import { z } from 'zod'
import { playDay } from '../harness/day.ts'
import { makeManyLines } from '../harness/history.ts'
import { startWholeStack } from '../harness/stack.ts'
import { openBrowser } from '../web/harness/browser.ts'
import { signIn } from '../web/harness/sign-in.ts'
import { type Frames, framesOf, recordFrames, takeSpans } from './frames.ts'

/*
 * How smoothly a long timeline scrolls, and what it costs: the wheel is turned at a steady pace from the newest line to the oldest, all of them loaded on the
 * way. Frames are those of the page's own thread (requestAnimationFrame), which draws at most 60 a second; heap is what is left after a collection.
 * Everything runs on this machine: the browser, without a graphics card, beside the database and every service.
 */

const options = new Command('npm run bench -- scroll')
  .description('Frames a second, heap and elements while the whole timeline is scrolled through in a browser.')
  .option('--lines <n>', 'lines on the timeline', '10000')
  .option('--speed <n>', 'pixels a second', '6000')
  .option('--json', 'print one JSON object')
  .parse()
  .opts<{ lines: string; speed: string; json?: boolean }>()
const lines = z.coerce.number().int().min(100).max(100_000).parse(options.lines)
const speed = z.coerce.number().int().min(100).max(100_000).parse(options.speed)

type Cost = { lines: number; heap_mb: number; elements: number }
const kinds = ['all', 'script', 'style', 'layout'] as const
/** Processor time of the page's own thread, in ms for each second of scrolling. Unlike frames it says the same on a busy machine. */
type Work = Record<(typeof kinds)[number], number>

const say = (text: string) => void process.stderr.write(`${text}\n`)
/** How far one turn of the wheel goes, and how many in a row may lead nowhere before the list is held to have ended or to be stuck. */
const turnPx = 12_000
const patience = 20

say('Starting everything and playing the day …')
const stack = await startWholeStack({ LOG_LEVEL: 'warn' })
try {
  await playDay(stack.info)
  say(`${await makeManyLines(stack.info.database_url, lines)} lines are on the timeline.`)
  const browser = await openBrowser({ trace: false })
  await browser.visit(({ page }) => benchmark(page, browser.about), { baseURL: stack.info.urls.frontend }).finally(browser.close)
} finally {
  await stack.stop()
}

async function benchmark(page: Page, about: string): Promise<void> {
  await signIn(page, stack.info.organizations.northwind.admin.email, '/timeline')
  await page.getByRole('feed').getByRole('article').first().waitFor()
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  await recordFrames(page)
  await page.evaluate(() => new Promise(resolve => setTimeout(resolve, 3_000)))
  const idle = framesOf(await takeSpans(page))
  const { spans, costs, work } = await scrollToTheEnd(page, devtools)
  const result = {
    lines,
    pixels_per_second: speed,
    browser: `${about}, software rendering, ${availableParallelism()} cores shared with every service`,
    idle_frames_per_second: idle.per_second,
    frames: framesOf(spans),
    work_ms_per_second: work,
    costs,
  }
  process.stdout.write(options.json ? `${JSON.stringify(result)}\n` : `${tableOf(result)}\n`)
}

/** Turns the wheel until the oldest line has been seen; stops at the marks to weigh the page. */
async function scrollToTheEnd(page: Page, devtools: CDPSession): Promise<{ spans: number[]; costs: Cost[]; work: Work }> {
  const marks = [...new Set([...[2_000, 5_000].filter(mark => mark < lines), lines])]
  const costs = [await costOf(page, devtools, await lastLine(page))]
  const spans: number[] = []
  const total: Work = { all: 0, script: 0, style: 0, layout: 0 }
  let reached = 0
  for (let stuck = 0; marks.length > 0; ) {
    await takeSpans(page)
    const from = await placeOf(page)
    const before = await workSoFar(devtools)
    await devtools.send('Input.synthesizeScrollGesture', { x: 640, y: 500, yDistance: -turnPx, speed, gestureSourceType: 'mouse' })
    const after = await workSoFar(devtools)
    spans.push(...(await takeSpans(page)))
    for (const kind of kinds) total[kind] += after[kind] - before[kind]
    const moved = (await placeOf(page)) - from
    // What jumps over lines draws fewer frames of them, and nobody could read it.
    if (moved > turnPx + 800) throw new Error(`The page went ${moved} px on while the wheel was turned by ${turnPx}: lines were skipped.`)
    const last = await lastLine(page)
    stuck = last > reached ? 0 : stuck + 1
    if (stuck > patience) throw new Error(`The list goes no further than line ${last} of ${lines}.`)
    reached = last
    for (const mark of marks.filter(mark => last >= mark)) {
      costs.push(await costOf(page, devtools, last))
      marks.splice(marks.indexOf(mark), 1)
      say(`${last} lines …`)
    }
  }
  const seconds = spans.reduce((sum, span) => sum + span, 0) / 1_000
  const work = { ...total }
  for (const kind of kinds) work[kind] = Math.round(total[kind] / seconds)
  return { spans, costs, work }
}

async function workSoFar(devtools: CDPSession): Promise<Work> {
  const { metrics } = await devtools.send('Performance.getMetrics')
  const ms = (metric: string) => 1_000 * (metrics.find(({ name }) => name === metric)?.value ?? Number.NaN)
  return { all: ms('TaskDuration'), script: ms('ScriptDuration'), style: ms('RecalcStyleDuration'), layout: ms('LayoutDuration') }
}

async function placeOf(page: Page): Promise<number> {
  return await page.evaluate(() => Math.round(window.scrollY))
}

/** The place of the last line drawn, among all lines. */
async function lastLine(page: Page): Promise<number> {
  return await page.evaluate(() => {
    const places = [...document.querySelectorAll('[role=feed] [aria-posinset]')].map(line => Number(line.getAttribute('aria-posinset')))
    return Math.max(0, ...places)
  })
}

async function costOf(page: Page, devtools: CDPSession, last: number): Promise<Cost> {
  // Twice: what finalisers let go of in the first collection is gone after the second.
  for (let time = 0; time < 2; time += 1) await devtools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devtools.send('Performance.getMetrics')
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN
  const elements = await page.evaluate(() => document.querySelectorAll('*').length)
  return { lines: last, heap_mb: Math.round(heap / 104_857.6) / 10, elements }
}

type Result = { browser: string; idle_frames_per_second: number; frames: Frames; work_ms_per_second: Work; costs: Cost[] }

function tableOf(result: Result): string {
  const { frames, costs, work_ms_per_second: work, idle_frames_per_second: idle } = result
  return [
    result.browser,
    `${frames.per_second} frames a second over ${frames.seconds} s (${frames.worst_second} in the worst second; ${idle} at rest)`,
    `p95 ${frames.p95_ms} ms   p99 ${frames.p99_ms} ms   longest ${frames.longest_ms} ms   ${frames.over_50_ms} frames over 50 ms`,
    `work of the page a second: ${work.all} ms, of it script ${work.script} ms, style ${work.style} ms, layout ${work.layout} ms`,
    '',
    ' lines seen   heap in MB   elements',
    ...costs.map(cost => `${String(cost.lines).padStart(11)}${cost.heap_mb.toFixed(1).padStart(13)}${String(cost.elements).padStart(11)}`),
  ].join('\n')
}

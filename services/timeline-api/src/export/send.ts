import type { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Scope, selectLines, type Tenant, type TimelineFilters } from '@worksights/database'
import { Problem } from '@worksights/runtime'
import type { Request, Response } from 'express'
import type { Slots } from '../http/slots.ts'
import { type ExportFormat, exportContentTypes, toText } from './formats.ts'

/*
 * An export is read page by page, each in a short transaction of its own, and the next one only when the reader has taken the last: it holds no snapshot
 * and no more than a page, whatever its size. Like the list it goes from the newest line down: what comes on top meanwhile is not in it, and what an admin
 * hides meanwhile is not in what is still to come. Begun, it goes on to its end, also when the token ends on the way.
 */

const pageLines = 500
/** A reader that takes nothing for so long is gone, whatever its connection says. */
const stalledMs = 60_000

/** Of one person, in this process. */
export const exportsAtOnce = 2

export type ExportQuery = { format: ExportFormat; filters: TimelineFilters }

/** The text of an export, page by page; `begun` is committed before the first one is read. */
export async function* exportTexts(
  tenant: Tenant,
  query: ExportQuery,
  begun: (scope: Scope) => Promise<void>,
): AsyncGenerator<string, void> {
  await tenant.transaction(begun)
  let before: { occurredAt: Date; id: string } | undefined
  for (let isFirst = true; isFirst || before; isFirst = false) {
    const rows = await tenant.read(scope => selectLines(scope, { filters: query.filters, ...(before && { before }), limit: pageLines }))
    const last = rows.at(-1)
    before = rows.length === pageLines ? last : undefined
    yield toText(query.format, rows, isFirst)
  }
}

/**
 * Sends texts as fast as the reader takes them, and ends. A fault on the way cuts the connection, so that half a file is not taken for a whole one, and is
 * thrown; a reader who leaves ends it quietly.
 */
export async function sendTexts(texts: AsyncIterable<string>, to: Writable): Promise<void> {
  let fault: { error: unknown } | undefined
  async function* watched() {
    try {
      yield* texts
    } catch (error) {
      fault = { error }
      throw error
    }
  }
  try {
    await pipeline(watched, to)
  } catch {
    if (fault) throw fault.error
  }
}

/** Answers a request with an export; `holder` is who asks, for the limit of exports at once. */
export async function sendExport(options: {
  tenant: Tenant
  query: ExportQuery
  holder: string
  slots: Slots
  begun: (scope: Scope) => Promise<void>
  now: Date
  response: Response
  stalledMs?: number
}): Promise<void> {
  const { tenant, query, response } = options
  const giveBack = options.slots.take(`${tenant.organizationId}/${options.holder}`)
  if (!giveBack) throw tooManyExports()
  try {
    const texts = exportTexts(tenant, query, options.begun)
    // Before the answer begins: what fails here can still be answered as what it is.
    const first = await texts.next()
    response.status(200).set({
      'content-type': exportContentTypes[query.format],
      'content-disposition': `attachment; filename="worksights-timeline-${options.now.toISOString().slice(0, 10)}.${query.format}"`,
      'cache-control': 'no-store',
      // Nginx would collect the file before passing it on, and let us read far ahead of the reader.
      'x-accel-buffering': 'no',
    })
    response.setTimeout(options.stalledMs ?? stalledMs, () => response.destroy())
    await sendTexts(startingWith(first, texts), response)
  } finally {
    giveBack()
  }
}

async function* startingWith(first: IteratorResult<string, void>, rest: AsyncGenerator<string, void>): AsyncGenerator<string, void> {
  if (!first.done) yield first.value
  yield* rest
}

/** An export is read once; express would run it for a HEAD too. */
export function requireGet(request: Request): void {
  if (request.method === 'GET') return
  throw new Problem({
    status: 405,
    code: 'method_not_allowed',
    title: 'Only GET',
    detail: 'An export can only be asked for by GET.',
    headers: { allow: 'GET' },
  })
}

function tooManyExports(): Problem {
  return new Problem({
    status: 429,
    code: 'too_many_exports',
    title: 'Too many exports at once',
    detail: `You have ${exportsAtOnce} exports under way. Wait for one of them to end, or end it.`,
    headers: { 'retry-after': '30' },
  })
}

import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'
import { draining } from '../http/problems.ts'
import { plainText } from '../http/query-fields.ts'
import { openStream, takeStreamSlot } from '../stream/client.ts'
import { activityExample } from '../timeline/activity-form.ts'
import { decodeFeedPosition } from '../timeline/cursor.ts'
import { filterParameters, toFilters } from '../timeline/filters.ts'

/** Timers hold 31 bits of milliseconds. */
const longestTimerMs = 2 ** 31 - 1

export const streamTimeline = defineRoute({
  method: 'get',
  path: '/v1/timeline/stream',
  tag: 'Timeline',
  role: 'member',
  summary: 'The timeline as it changes',
  description: [
    'Server-sent events, read with `fetch` and the bearer token. Start with `stream_cursor` of a page; after a break send the last `id` as',
    '`Last-Event-ID` (it goes before `cursor`), and nothing is missed. Without either the stream starts now.',
    '',
    '- `activity`: a line, as in the list; new, or grown. Put it in the place of the one with its id.',
    '- `removed`: `{ "id": … }`; the line is gone or no longer passes the filters. May name a line you never had.',
    '- `reset`: read the list again, and put what comes meanwhile on top of it; what is shown has changed at large, or the cursor is unknown or older than 24 hours.',
    '',
    'A comment every 15 seconds keeps the connection alive. The stream ends when the token does, and when this server is replaced: resume.',
  ].join('\n'),
  query: z.strictObject({
    ...filterParameters,
    cursor: plainText(100).optional().meta({ description: '`stream_cursor` of a page, or the last `id` of a stream.' }),
  }),
  reply: {
    status: 200,
    description: 'The stream.',
    contentType: 'text/event-stream',
    example: [
      ['activity', '74213.117.1795511680000', JSON.stringify(activityExample)],
      ['removed', '74213.118.1795511681000', '{"id":"0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10"}'],
      ['reset', '74213.121.1795511684000', '{}'],
    ]
      .map(([event, id, data]) => `event: ${event}\nid: ${id}\ndata: ${data}\n\n`)
      .join(''),
  },
  problems: [
    { status: 429, code: 'too_many_streams', description: 'You have 50 streams open.' },
    { status: 503, code: 'draining', description: 'This server is being replaced; try again.' },
  ],
  async handler({ query, principal, tenant, request, response }, { hub, streamSlots, clock, log }) {
    const view = { tenant, filters: toFilters(query) }
    if (hub.closed) throw draining()
    takeStreamSlot(streamSlots, principal, response)
    const given = request.get('last-event-id') || query.cursor
    const client = openStream(response)
    const ending = setTimeout(() => client.end(), Math.min(Math.max(principal.expiresAt - clock.now(), 0), longestTimerMs))
    response.on('close', () => {
      clearTimeout(ending)
      hub.left(client)
    })
    client.send('retry: 1000\n\n')
    try {
      await hub.open(view, client, given === undefined ? null : (decodeFeedPosition(given) ?? 'unknown'))
    } catch (error) {
      log.warn({ err: error }, 'a stream could not be started')
      client.end()
    }
    return null
  },
})

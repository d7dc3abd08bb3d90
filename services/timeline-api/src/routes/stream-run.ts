import { readRun } from '@worksights/database'
import { z } from 'zod'
import { exampleRun } from '../connections/run-form.ts'
import { followRun } from '../connections/run-stream.ts'
import { defineRoute } from '../http/define-route.ts'
import { draining, notFound } from '../http/problems.ts'
import { openStream, takeStreamSlot } from '../stream/client.ts'

export const streamRun = defineRoute({
  method: 'get',
  path: '/v1/runs/{id}/stream',
  tag: 'Attio',
  role: 'admin',
  summary: 'A long action as it goes on',
  description:
    'Server-sent events, read with `fetch` and the bearer token: `run` with the run as it is, at first and whenever it has changed, until it is `done` or `failed`; then the stream ends. It also ends with the token, and when this server is replaced: read it again. A comment every 15 seconds keeps the connection alive.',
  params: z.strictObject({ id: z.uuid('is not an id (UUID)').meta({ description: 'The run.' }) }),
  reply: {
    status: 200,
    description: 'The stream.',
    contentType: 'text/event-stream',
    example: `event: run\ndata: ${JSON.stringify(exampleRun)}\n\n`,
  },
  problems: [
    { status: 429, code: 'too_many_streams', description: 'You have 50 streams open.' },
    { status: 503, code: 'draining', description: 'This server is being replaced; try again.' },
  ],
  async handler({ params, principal, tenant, response }, { hub, streamSlots, clock, log }) {
    const run = await tenant.transaction(scope => readRun(scope, params.id))
    if (!run) throw notFound('run')
    if (hub.closed) throw draining()
    takeStreamSlot(streamSlots, principal, response)
    const client = openStream(response)
    const isOver = () => hub.closed || clock.now() >= principal.expiresAt
    void followRun({ tenant, clock, isOver }, client, run).catch(error => {
      log.warn({ run_id: run.id, err: error }, 'the stream of a run broke')
      client.end()
    })
    return null
  },
})

import { eventStates, followAliases, selectEventsOfLine, selectLines } from '@worksights/database'
import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'
import { notFound } from '../http/problems.ts'
import { activityExample, activityForm, toActivityForm } from '../timeline/activity-form.ts'

const eventForm = z
  .object({
    id: z.uuid(),
    delivery_id: z.uuid().meta({ description: 'The delivery that brought it: an admin finds it in the activity log.' }),
    type: z.string().meta({ description: "Attio's event type." }),
    state: z.enum(eventStates).meta({
      description:
        '`projected`: part of the line. `duplicate`: of another event of it, and not counted. Another one for moments, while the event is worked again.',
    }),
    reason: z.string().nullable().meta({ description: 'What it is a duplicate of, for people.' }),
    happened_at: z.iso.datetime(),
    received_at: z.iso.datetime(),
    attribute: z.object({ id: z.string(), title: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'TimelineEvent', description: 'One Attio event a line is made of.' })

const lineWithEvents = activityForm
  .extend({
    events: z.array(eventForm).meta({ description: 'In the order they happened.' }),
    redirected_from: z.uuid().nullable().meta({ description: 'The id you asked for, where that line became part of this one.' }),
  })
  .meta({ id: 'ActivityWithEvents' })

export const getActivity = defineRoute({
  method: 'get',
  path: '/v1/timeline/{id}',
  tag: 'Timeline',
  role: 'member',
  summary: 'One line with its events',
  description:
    'Ids never die: when a late event makes two lines one, the id of the absorbed line answers with the line it became part of, and `redirected_from` says so. (Not a 308, which `fetch` would follow unseen.)',
  params: z.strictObject({ id: z.uuid().meta({ description: 'The line; also one that became part of another.' }) }),
  reply: {
    status: 200,
    description: 'The line as it is now.',
    schema: lineWithEvents,
    example: {
      ...activityExample,
      events: [
        {
          id: '5a2f2f0e-64ce-5b0c-8a52-0f5a1f5ef4aa',
          delivery_id: '0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10',
          type: 'record.updated',
          state: 'projected',
          reason: null,
          happened_at: '2026-11-24T09:12:04.120Z',
          received_at: '2026-11-24T09:12:04.391Z',
          attribute: { id: '41252299-f8c7-4b5e-99c9-4ff8321d2f96', title: 'Stage' },
        },
      ],
      redirected_from: null,
    },
  },
  async handler({ params, tenant }) {
    const { row, events } = await tenant.transaction(async scope => {
      const id = await followAliases(scope, params.id)
      const [row] = await selectLines(scope, { ids: [id], limit: 1 })
      if (!row) throw notFound('line')
      return { row, events: await selectEventsOfLine(scope, row.id) }
    })
    return {
      body: {
        ...toActivityForm(row),
        events: events.map(event => ({
          id: event.id,
          delivery_id: event.deliveryId,
          type: event.type,
          state: event.state,
          reason: event.reason,
          happened_at: event.happenedAt.toISOString(),
          received_at: event.receivedAt.toISOString(),
          attribute: event.attributeId === null ? null : { id: event.attributeId, title: event.attributeTitle },
        })),
        redirected_from: row.id === params.id ? null : params.id,
      },
    }
  },
})

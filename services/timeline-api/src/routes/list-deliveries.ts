import { deliveryStates, isConnection, selectDeliveries, selectEventsOf } from '@worksights/database'
import { z } from 'zod'
import { deliveryForm, exampleDelivery, toDeliveryForm } from '../connections/delivery-form.ts'
import { defineRoute } from '../http/define-route.ts'
import { decodeKeyset, encodeKeyset } from '../http/keyset-cursor.ts'
import { invalidFields, notFound } from '../http/problems.ts'
import { count, enumList, idList, moment, plainText } from '../http/query-fields.ts'

export const listDeliveries = defineRoute({
  method: 'get',
  path: '/v1/integrations/attio/connections/{id}/deliveries',
  tag: 'Attio',
  role: 'admin',
  summary: 'The activity log of a connection',
  description:
    'Each delivery Attio made and what became of its events, newest first. Automated changes of fields that Attio was asked not to send cannot be here. Narrowed by event type, a page may be short and go on all the same: follow `next_cursor` until it is null.',
  params: z.strictObject({ id: z.uuid('is not an id (UUID)').meta({ description: 'The connection.' }) }),
  query: z.strictObject({
    state: enumList(deliveryStates, 'Only deliveries in these states.'),
    event_type: idList('Only deliveries with an event of these types (`record.updated`).'),
    from: moment('Only what was received at or after this time.'),
    to: moment('Only what was received before this time.'),
    cursor: plainText(200).optional().meta({ description: '`next_cursor` of the page before.' }),
    limit: count(1, 200, 50, 'Deliveries a page.'),
  }),
  reply: {
    status: 200,
    description: 'A page.',
    schema: z.object({ data: z.array(deliveryForm), next_cursor: z.string().nullable() }).meta({ id: 'DeliveryPage' }),
    example: { data: [exampleDelivery], next_cursor: null },
  },
  async handler({ params, query, tenant }) {
    const before = query.cursor === undefined ? undefined : decodeKeyset(query.cursor)
    if (before === null) throw invalidFields([{ path: 'query.cursor', message: 'is not a cursor of this list: start without one' }])
    return await tenant.transaction(async scope => {
      if (!(await isConnection(scope, params.id))) throw notFound('connection')
      const { deliveries, next } = await selectDeliveries(scope, {
        ...{ connectionId: params.id, states: query.state, eventTypes: query.event_type, from: query.from, to: query.to },
        ...{ before, limit: query.limit },
      })
      const events = await selectEventsOf(
        scope,
        deliveries.map(({ id }) => id),
      )
      return {
        body: { data: deliveries.map(delivery => toDeliveryForm(delivery, events)), next_cursor: next && encodeKeyset(next) },
      }
    })
  },
})

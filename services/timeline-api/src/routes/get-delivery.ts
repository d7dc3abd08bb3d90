import { selectDelivery, selectEventsOf } from '@worksights/database'
import { z } from 'zod'
import { deliveryDetailForm, exampleDelivery, toDeliveryDetail } from '../connections/delivery-form.ts'
import { defineRoute } from '../http/define-route.ts'
import { notFound } from '../http/problems.ts'

export const getDelivery = defineRoute({
  method: 'get',
  path: '/v1/integrations/attio/connections/{id}/deliveries/{deliveryId}',
  tag: 'Attio',
  role: 'admin',
  summary: 'One delivery in full',
  params: z.strictObject({
    id: z.uuid('is not an id (UUID)').meta({ description: 'The connection.' }),
    deliveryId: z.uuid('is not an id (UUID)').meta({ description: 'The delivery.' }),
  }),
  reply: {
    status: 200,
    description: 'What Attio sent, and what became of it.',
    schema: deliveryDetailForm,
    example: {
      ...exampleDelivery,
      idempotency_key: '8f7c2d1e-5a4b-4c3d-9e8f-7a6b5c4d3e2f',
      body: {
        webhook_id: '23e42eaf-323a-41da-b5bb-fd67eebda553',
        events: [
          {
            event_type: 'record.updated',
            id: {
              workspace_id: '14beef7a-99f7-4534-a87e-70b564330a4c',
              object_id: '97052eb9-e65e-443f-a297-f2d9a4a7f795',
              record_id: 'bf071e1f-6035-429d-b874-d83ea64ea13b',
              attribute_id: '41252299-f8c7-4b5e-99c9-4ff8321d2f96',
            },
            actor: { type: 'workspace-member', id: '50cf242c-7fa3-4cad-87d0-75b1af71c57b' },
          },
        ],
      },
    },
  },
  async handler({ params, tenant }) {
    return await tenant.transaction(async scope => {
      const delivery = await selectDelivery(scope, params.id, params.deliveryId)
      if (!delivery) throw notFound('delivery')
      return { body: toDeliveryDetail(delivery, await selectEventsOf(scope, [delivery.id])) }
    })
  },
})

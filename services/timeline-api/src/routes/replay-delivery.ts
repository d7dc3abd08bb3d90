import { replayDelivery, selectDelivery, selectEventsOf } from '@worksights/database'
import { z } from 'zod'
import { deliveryForm, exampleDelivery, toDeliveryForm } from '../connections/delivery-form.ts'
import { endedProblems, livingConnection } from '../connections/ending.ts'
import { defineRoute } from '../http/define-route.ts'
import { notFound } from '../http/problems.ts'

export const replayDeliveryRoute = defineRoute({
  method: 'post',
  path: '/v1/integrations/attio/connections/{id}/deliveries/{deliveryId}/replay',
  tag: 'Attio',
  role: 'admin',
  summary: 'Replay one delivery',
  description:
    'Works it again, at once. Events of it that are part of a line stay as they are; what was filtered, ignored or given up is decided anew. One that waits for its next attempt has it now; one that is being worked is left to that.',
  params: z.strictObject({
    id: z.uuid('is not an id (UUID)').meta({ description: 'The connection.' }),
    deliveryId: z.uuid('is not an id (UUID)').meta({ description: 'The delivery.' }),
  }),
  reply: {
    status: 202,
    description: 'The delivery, due again. Read it again to see what became of it.',
    schema: deliveryForm,
    example: { ...exampleDelivery, state: 'received', attempts: 0, next_attempt_at: '2026-11-24T10:02:11.000Z', finished_at: null },
  },
  problems: endedProblems,
  async handler({ params, tenant, audit }, { hint }) {
    const delivery = await tenant.transaction(async scope => {
      const { id: connectionId } = await livingConnection(scope, params.id)
      const { organizationId } = scope
      const before = await selectDelivery(scope, connectionId, params.deliveryId)
      if (!before || !(await replayDelivery(scope, { organizationId, connectionId, id: before.id }))) throw notFound('delivery')
      const details = { delivery_id: before.id, was: { state: before.state, reason: before.reason } }
      await audit(scope, { action: 'delivery.replayed', connectionId, details })
      const now = (await selectDelivery(scope, connectionId, before.id)) ?? before
      return toDeliveryForm(now, await selectEventsOf(scope, [now.id]))
    })
    void hint('resolve', params.id)
    return { body: delivery }
  },
})

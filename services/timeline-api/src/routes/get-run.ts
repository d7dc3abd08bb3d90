import { readRun } from '@worksights/database'
import { z } from 'zod'
import { exampleRun, runForm, toRunForm } from '../connections/run-form.ts'
import { defineRoute } from '../http/define-route.ts'
import { notFound } from '../http/problems.ts'

export const getRun = defineRoute({
  method: 'get',
  path: '/v1/runs/{id}',
  tag: 'Attio',
  role: 'admin',
  summary: 'How far a long action is',
  description:
    'Refreshing, replaying, disconnecting and erasing are runs. A run is kept after its end, and after the connection it was about.',
  params: z.strictObject({ id: z.uuid('is not an id (UUID)').meta({ description: 'The run.' }) }),
  reply: { status: 200, description: 'The run as it is now.', schema: runForm, example: exampleRun },
  async handler({ params, tenant }) {
    const run = await tenant.transaction(scope => readRun(scope, params.id))
    if (!run) throw notFound('run')
    return { body: toRunForm(run) }
  },
})

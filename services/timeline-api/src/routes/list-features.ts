import { readAreas } from '@worksights/database'
import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'
import { exampleFeature, featureForm, recordingGoesOn, toFeatureForms } from './feature-form.ts'

export const listFeaturesRoute = defineRoute({
  method: 'get',
  path: '/v1/integrations/attio/features',
  tag: 'Attio',
  role: 'member',
  summary: 'The feature areas, and whether they are on',
  reply: {
    status: 200,
    description: 'All five areas.',
    schema: z
      .object({
        data: z.array(featureForm),
        note: z.string().meta({ description: 'What a switch does not do, to be shown beside the switches.' }),
      })
      .meta({ id: 'Features' }),
    example: { data: [exampleFeature], note: recordingGoesOn },
  },
  async handler({ tenant }) {
    return { body: { data: toFeatureForms(await tenant.transaction(readAreas)), note: recordingGoesOn } }
  },
})

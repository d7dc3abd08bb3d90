import { featureAreas } from '@worksights/activity'
import { readAreas, switchArea } from '@worksights/database'
import { z } from 'zod'
import { defineRoute } from '../http/define-route.ts'
import { notFound } from '../http/problems.ts'
import { exampleFeature, featureForm, toFeatureForms } from './feature-form.ts'

export const switchFeatureRoute = defineRoute({
  method: 'patch',
  path: '/v1/integrations/attio/features/{area}',
  tag: 'Attio',
  role: 'admin',
  summary: 'Switch a feature area on or off',
  description:
    'Hides or shows all its lines at once, in all workspaces of the organisation; open streams get a `reset`. Recording goes on whatever the switch says, so that nothing is missing when it is on again.',
  params: z.strictObject({ area: z.enum(featureAreas).meta({ description: 'The feature area.' }) }),
  body: z.strictObject({ enabled: z.boolean() }).meta({ id: 'SwitchFeature', examples: [{ enabled: false }] }),
  reply: { status: 200, description: 'The area as it is now.', schema: featureForm, example: { ...exampleFeature, enabled: false } },
  async handler({ params, body, tenant, audit }) {
    return await tenant.transaction(async scope => {
      if (await switchArea(scope, params.area, body.enabled)) {
        await audit(scope, { action: 'feature.switched', details: { area: params.area, enabled: body.enabled } })
      }
      const feature = toFeatureForms(await readAreas(scope)).find(({ area }) => area === params.area)
      if (!feature) throw notFound('feature area')
      return { body: feature }
    })
  },
})

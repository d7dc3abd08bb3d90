import { type FeatureArea, featureAreas } from '@worksights/activity'
import type { AreaState } from '@worksights/database'
import { z } from 'zod'

/** What people read of each area, with a line as it looks in the timeline. */
const areas: Record<FeatureArea, { title: string; description: string; example: { title: string; detail: string | null } }> = {
  crm: {
    title: 'CRM',
    description: 'People, companies and custom objects: created, updated, deleted and merged, and their entries in lists.',
    example: { title: 'Acme Corp > List entry added', detail: 'Added to Hot Leads' },
  },
  deals: {
    title: 'Deals',
    description: 'Deals: created, updated, deleted and merged.',
    example: { title: 'Acme Corp renewal > Updated', detail: 'Updated Stage and Deal Value' },
  },
  tasks: {
    title: 'Tasks',
    description: 'Tasks: created, completed, reopened, updated and deleted.',
    example: { title: 'Send the renewal quote > Task completed', detail: null },
  },
  notes: {
    title: 'Notes & Comments',
    description: 'Notes: created, renamed, edited and deleted; comments: added, resolved, reopened and deleted. Their text is never read.',
    example: { title: 'Acme Corp > Q2 Business Review > Note created', detail: null },
  },
  calls: {
    title: 'Calls',
    description: 'Calls that were recorded, with the members who took part. Recordings and transcripts are never read.',
    example: { title: 'Acme Corp > Q2 sync > Call recorded', detail: null },
  },
}

export const recordingGoesOn =
  'Recording goes on while an area is off: switch it on again, and nothing is missing from the time in between.'

export const featureForm = z
  .object({
    area: z.enum(featureAreas),
    title: z.string(),
    description: z.string(),
    example: z
      .object({ title: z.string(), detail: z.string().nullable() })
      .meta({ description: 'A line of this area, as the timeline shows it.' }),
    enabled: z.boolean().meta({ description: 'Off: hidden from timeline, stream and export, for everybody in the organisation.' }),
    activities_last_7_days: z.int().meta({ description: 'Lines of mapped members, whether the area is on or off.' }),
  })
  .meta({ id: 'Feature' })

export const exampleFeature = { area: 'deals' as const, ...areas.deals, enabled: true, activities_last_7_days: 128 }

/** All areas, in the order people read them. */
export function toFeatureForms(states: readonly AreaState[]): z.output<typeof featureForm>[] {
  return featureAreas.map(area => {
    const state = states.find(each => each.area === area)
    return { area, ...areas[area], enabled: state?.enabled ?? true, activities_last_7_days: state?.recentActivities ?? 0 }
  })
}

import type { Router } from 'express'
import { z } from 'zod'
import { seedWorkspace } from '../seed/seed.ts'
import { seedTeamWorld } from '../seed/team-world.ts'
import { Refusal } from './answer.ts'
import type { ControlDependencies } from './router.ts'

const dayMs = 24 * 3_600_000

const newWorkspace = z.strictObject({
  slug: z.string().regex(/^[a-z0-9][a-z0-9-]{0,60}$/, 'lower-case letters, digits and hyphens'),
  name: z.string().min(1).optional(),
  members: z
    .array(
      z.strictObject({
        first: z.string(),
        last: z.string(),
        email: z.email(),
        access: z.enum(['admin', 'member', 'suspended']).optional(),
      }),
    )
    .min(1)
    .optional(),
})

/** Workspaces: which there are, and making more. */
export function workspaceRoutes(router: Router, { world, settings }: ControlDependencies): void {
  const summary = (slug: string) => {
    const workspace = world.find(slug)
    if (workspace === undefined) throw new Refusal(404, `There is no workspace "${slug}". GET /_simulator/workspaces lists them.`)
    return {
      id: workspace.id,
      slug: workspace.slug,
      name: workspace.name,
      members: workspace.members.all().map(member => ({ id: member.id, email: member.email, access_level: member.accessLevel })),
      objects: Object.fromEntries(workspace.objects.all().map(object => [object.slug, object.id])),
      lists: Object.fromEntries(workspace.lists.all().map(list => [list.slug, list.id])),
      records: workspace.records.size,
    }
  }
  router.get('/workspaces', (_request, response) => void response.json({ workspaces: world.workspaces.map(({ slug }) => summary(slug)) }))
  router.post('/workspaces', (request, response) => {
    const { slug, name, members } = newWorkspace.parse(request.body)
    if (world.find(slug) !== undefined) throw new Refusal(409, `There is a workspace "${slug}" already.`)
    const standard = [{ first: 'Admin', last: 'Admin', email: `admin@${slug}.example`, access: 'admin' as const }]
    const seeds = (members ?? standard).map(({ access, ...member }) => (access === undefined ? member : { ...member, access }))
    const workspace = seedWorkspace(settings.seed, { slug, name: name ?? slug, members: seeds }, world.clock() - 60 * dayMs)
    seedTeamWorld(workspace, settings.seed, world.clock())
    world.add(workspace)
    response.status(201).json(summary(slug))
  })
  router.get('/workspaces/:slug', (request, response) => void response.json(summary(request.params.slug)))
}

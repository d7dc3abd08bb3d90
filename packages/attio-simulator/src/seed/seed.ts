import { namedId } from '../world/ids.ts'
import type { Member } from '../world/types.ts'
import { createEmptyWorkspace, type Workspace } from '../world/workspace.ts'
import { seedObjects } from './schema.ts'
import { objectSeeds } from './standard-objects.ts'

export interface MemberSeed {
  first: string
  last: string
  email: string
  access?: Member['accessLevel']
}

/** The two workspaces every world starts with. */
export const workspaceSeeds: { slug: string; name: string; members: MemberSeed[] }[] = [
  {
    slug: 'northwind',
    name: 'Northwind Traders',
    members: [
      { first: 'Ada', last: 'Lovelace', email: 'ada.lovelace@northwind.example', access: 'admin' },
      { first: 'Grace', last: 'Hopper', email: 'grace.hopper@northwind.example' },
      { first: 'Katherine', last: 'Johnson', email: 'katherine.johnson@northwind.example' },
      { first: 'Edsger', last: 'Dijkstra', email: 'edsger.dijkstra@northwind.example' },
      { first: 'Mary', last: 'Shelley', email: 'mary@freelance.example' },
      { first: 'Alan', last: 'Kay', email: 'alan.kay@northwind.example', access: 'suspended' },
    ],
  },
  {
    slug: 'globex',
    name: 'Globex',
    members: [
      { first: 'Hedy', last: 'Lamarr', email: 'hedy.lamarr@globex.example', access: 'admin' },
      { first: 'Alan', last: 'Turing', email: 'alan.turing@globex.example' },
    ],
  },
]

/** A workspace with members, objects and attributes, whose ids follow from the seed and the slug. `at` is when it was founded. */
export function seedWorkspace(seed: string, fields: { slug: string; name: string; members: MemberSeed[] }, at: number): Workspace {
  const scope = [seed, fields.slug]
  const workspace = createEmptyWorkspace({ id: namedId(...scope, 'workspace'), slug: fields.slug, name: fields.name, createdAt: at })
  for (const { first, last, email, access } of fields.members) {
    const id = namedId(...scope, 'member', email)
    const member: Member = { id, firstName: first, lastName: last, email, avatarUrl: null, accessLevel: access ?? 'member', createdAt: at }
    workspace.members.put(id, member, at)
  }
  seedObjects(workspace, objectSeeds, scope, at)
  return workspace
}

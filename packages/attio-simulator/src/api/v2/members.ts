import { nanoTime } from '../../world/time.ts'
import type { Member } from '../../world/types.ts'
import type { Workspace } from '../../world/workspace.ts'
import { notFound } from '../errors.ts'
import type { RouteTable } from '../route.ts'

export const memberOutput = (workspace: Workspace, member: Member) => ({
  id: { workspace_id: workspace.id, workspace_member_id: member.id },
  first_name: member.firstName,
  last_name: member.lastName,
  avatar_url: member.avatarUrl,
  email_address: member.email,
  access_level: member.accessLevel,
  created_at: nanoTime(member.createdAt),
})

export function memberRoutes(routes: RouteTable): void {
  routes.get('/workspace_members', { scopes: ['user_management:read'] }, ({ workspace, at }) => ({
    data: workspace.members.all(at).map(member => memberOutput(workspace, member)),
  }))
  routes.get('/workspace_members/:member', { scopes: ['user_management:read'] }, ({ workspace, params, at }) => {
    const member = workspace.members.get(params.member ?? '', at)
    if (member === undefined) throw notFound(`Workspace member with ID "${params.member}" not found.`)
    return { data: memberOutput(workspace, member) }
  })
}

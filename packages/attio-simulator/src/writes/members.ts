import { events } from '../world/events.ts'
import { freshId } from '../world/ids.ts'
import type { Member } from '../world/types.ts'
import type { WriteContext } from './context.ts'

export function createMember(context: WriteContext, fields: Pick<Member, 'firstName' | 'lastName' | 'email'> & Partial<Member>): Member {
  const now = context.now()
  const member: Member = { id: freshId(), avatarUrl: null, accessLevel: 'member', createdAt: now, ...fields }
  context.workspace.members.put(member.id, member, now)
  context.emit(events.memberCreated(context, member.id))
  return member
}

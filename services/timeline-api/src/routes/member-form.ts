import { type MappedMember, mappings, memberStates } from '@worksights/database'
import { z } from 'zod'

/** An Attio member, as the API tells of them. */
export const memberForm = z
  .object({
    id: z.string().meta({ description: "Attio's id of the member; the same person has another one in each workspace." }),
    connection: z.object({ id: z.uuid(), workspace_name: z.string() }),
    name: z.string().nullable(),
    email: z.string().nullable(),
    avatar_url: z.string().nullable(),
    access_level: z
      .string()
      .nullable()
      .meta({ description: 'As Attio says: `admin`, `member` or `suspended`. Who is suspended keeps their past.' }),
    state: z
      .enum(memberStates)
      .meta({ description: '`mapped`: shown. `unmapped`: hidden until mapped, and counted. `excluded`: never shown, not counted.' }),
    mapping: z.enum(mappings).meta({
      description:
        'Who decided: `auto` follows e-mails; `manual`, `none` (unmapped by hand) and `excluded` are an admin’s word, which no sync changes.',
    }),
    user: z.object({ id: z.uuid(), name: z.string().nullable(), email: z.string() }).nullable(),
    hidden_activities: z
      .int()
      .meta({ description: 'Lines that would show if the member were mapped. 0 for everybody who is not `unmapped`.' }),
    synced_at: z.iso.datetime().meta({ description: 'When Attio was last asked about the member.' }),
  })
  .meta({ id: 'Member' })

export const exampleMember = {
  id: '50cf242c-7fa3-4cad-87d0-75b1af71c57b',
  connection: { id: '0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e', workspace_name: 'Northwind Traders' },
  name: 'Ada Lovelace',
  email: 'ada.lovelace@northwind.example',
  avatar_url: null,
  access_level: 'admin',
  state: 'mapped' as const,
  mapping: 'auto' as const,
  user: { id: '0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c', name: 'Ada Lovelace', email: 'ada.lovelace@northwind.example' },
  hidden_activities: 0,
  synced_at: '2026-11-24T06:12:00.000Z',
}

export function toMemberForm(member: MappedMember, hiddenActivities: number): z.output<typeof memberForm> {
  const { userId, userName, userEmail } = member
  return {
    id: member.id,
    connection: { id: member.connectionId, workspace_name: member.workspaceName },
    name: member.name,
    email: member.email,
    avatar_url: member.avatarUrl,
    access_level: member.accessLevel,
    state: member.state,
    mapping: member.mapping,
    user: userId === null || userEmail === null ? null : { id: userId, name: userName, email: userEmail },
    hidden_activities: hiddenActivities,
    synced_at: member.syncedAt.toISOString(),
  }
}

/** Member ids are unique only within a connection, so its id is part of a member's address. */
export const connectionOfMember = z.uuid('is not an id (UUID)').meta({ description: 'The connection (workspace) the member is of.' })

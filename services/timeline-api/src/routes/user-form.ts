import type { ListedUser } from '@worksights/database'
import { z } from 'zod'

/** A person, as the API tells of them. */
export const userForm = z
  .object({
    id: z.uuid(),
    email: z.string(),
    name: z.string().nullable(),
    signed_in: z.boolean().meta({ description: 'Whether the person ever signed in, or was only registered.' }),
    member_count: z
      .int()
      .meta({ description: 'Attio members whose activities are shown as this person’s: by e-mail or by hand, in all workspaces.' }),
  })
  .meta({ id: 'User' })

export const exampleUser = {
  id: '0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c',
  email: 'ada.lovelace@northwind.example',
  name: 'Ada Lovelace',
  signed_in: true,
  member_count: 1,
}

export function toUserForm({ id, email, name, signedIn, memberCount }: ListedUser): z.output<typeof userForm> {
  return { id, email, name, signed_in: signedIn, member_count: memberCount }
}

import { Avatar } from '@mantine/core'

/** A picture, or the initials on a colour that is always the same for a name. The name stands beside it, so this says nothing to a screen reader. */
export function PersonAvatar({ name, url, size = 28 }: { name: string | null; url?: string | null; size?: number }) {
  return <Avatar src={url ?? null} name={name || '?'} color="initials" size={size} radius="xl" alt="" aria-hidden="true" />
}

import { Avatar } from '@mantine/core'
import classes from './person-avatar.module.css'

type Props = { name: string | null; url?: string | null; size?: number }

/**
 * A picture, or the initials on a colour that is always the same for a name. The name stands beside it, so this says nothing to a screen reader; the initials
 * are drawn as a picture is, so that they are no part of what a button around them is called.
 */
export function PersonAvatar({ name, url, size = 28 }: Props) {
  const shown = name || '?'
  return (
    <Avatar src={url ?? null} name={shown} color="initials" size={size} radius="xl" alt="" aria-hidden="true">
      <span className={classes.initials} data-initials={initialsOf(shown)} />
    </Avatar>
  )
}

/** The first letters of the first and the last word. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/)
  const letters = [words[0], words.length > 1 && words.at(-1)].flatMap(word => (word ? [...word].slice(0, 1) : []))
  return letters.join('').toUpperCase()
}

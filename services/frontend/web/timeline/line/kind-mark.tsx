import {
  IconAlignLeft,
  IconArrowBackUp,
  IconArrowMerge,
  IconCheck,
  IconMessageCircle,
  IconPencil,
  IconPhone,
  IconPlaylistAdd,
  IconPlaylistX,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react'
import type { Activity } from '@worksights/api-client'
import classes from './kind-mark.module.css'

const icons = {
  'record.created': IconPlus,
  'record.updated': IconPencil,
  'record.deleted': IconTrash,
  'record.merged': IconArrowMerge,
  'list-entry.created': IconPlaylistAdd,
  'list-entry.updated': IconPencil,
  'list-entry.deleted': IconPlaylistX,
  'note.created': IconAlignLeft,
  'note.updated': IconAlignLeft,
  'note.deleted': IconTrash,
  'comment.created': IconMessageCircle,
  'comment.resolved': IconCheck,
  'comment.unresolved': IconArrowBackUp,
  'comment.deleted': IconTrash,
  'task.created': null,
  'task.updated': IconPencil,
  'task.completed': IconCheck,
  'task.reopened': IconArrowBackUp,
  'task.deleted': IconTrash,
  'call-recording.created': IconPhone,
} as const satisfies Record<Activity['kind'], typeof IconPlus | null>

/** What kind of thing was done, in the look of its category: round for CRM, a box to tick for tasks, filled for meetings. The words beside it say the same. */
export function KindMark({ kind, category }: Pick<Activity, 'kind' | 'category'>) {
  // A kind that is newer than this page has no picture.
  const Icon = kind in icons ? icons[kind] : IconPencil
  return (
    <span className={classes.mark} data-category={category} data-done={kind === 'task.completed' || undefined} aria-hidden="true">
      {Icon && <Icon size={12} stroke={2.4} />}
    </span>
  )
}

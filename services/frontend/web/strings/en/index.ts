import { common } from './common.ts'
import { connections } from './connections.ts'
import { exports } from './exports.ts'
import { features } from './features.ts'
import { filters } from './filters.ts'
import { integration } from './integration.ts'
import { notices } from './notices.ts'
import { overview } from './overview.ts'
import { picture } from './picture.ts'
import { runs } from './runs.ts'
import { shell } from './shell.ts'
import { timeline } from './timeline.ts'
import { users } from './users.ts'

export const en = {
  common,
  connections,
  exports,
  features,
  filters,
  integration,
  notices,
  overview,
  picture,
  runs,
  shell,
  timeline,
  users,
} as const

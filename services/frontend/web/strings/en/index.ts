import { exports } from './exports.ts'
import { filters } from './filters.ts'
import { notices } from './notices.ts'
import { picture } from './picture.ts'
import { shared } from './shared.ts'
import { shell } from './shell.ts'
import { timeline } from './timeline.ts'

/** What the first page says; the integration page brings its own. */
export const en = { exports, filters, notices, picture, shared, shell, timeline } as const

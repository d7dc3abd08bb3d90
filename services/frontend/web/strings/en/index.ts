import { common } from './common.ts'
import { exports } from './exports.ts'
import { filters } from './filters.ts'
import { notices } from './notices.ts'
import { picture } from './picture.ts'
import { shell } from './shell.ts'
import { timeline } from './timeline.ts'

/** What the first page says; the integration page brings its own. */
export const en = { common, exports, filters, notices, picture, shell, timeline } as const

import { common } from './common.ts'
import { connections } from './connections.ts'
import { exports } from './exports.ts'
import { filters } from './filters.ts'
import { integration } from './integration.ts'
import { notices } from './notices.ts'
import { picture } from './picture.ts'
import { runs } from './runs.ts'
import { shell } from './shell.ts'

export const en = { common, connections, exports, filters, integration, notices, picture, runs, shell } as const

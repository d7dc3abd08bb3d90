import { common } from './common.ts'
import { connections } from './connections.ts'
import { integration } from './integration.ts'
import { runs } from './runs.ts'
import { shell } from './shell.ts'

export const en = { common, connections, integration, runs, shell } as const

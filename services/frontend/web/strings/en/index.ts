import { common } from './common.ts'
import { integration } from './integration.ts'
import { shell } from './shell.ts'

export const en = { common, integration, shell } as const

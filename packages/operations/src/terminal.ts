import type { Logger } from '@worksights/runtime'
import type { Say } from './outcome.ts'

/** Where a command runs. */
export type Terminal = {
  env: Readonly<Record<string, string | undefined>>
  out(text: string): void
  err(text: string): void
  /** Asks whoever sits there; null where nobody does. */
  ask: ((question: string) => Promise<string>) | null
}

/** What a command has around it beside its configuration. */
export type Surroundings = { say: Say; log: Logger; ask: Terminal['ask'] }

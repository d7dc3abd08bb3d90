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

/** Text as a terminal may be given it: names come from whoever names a workspace, and could move the cursor, hide what stands there or turn it round. */
export function plain(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
}

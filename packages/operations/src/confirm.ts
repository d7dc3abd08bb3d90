import type { Terminal } from './terminal.ts'

/** What cannot be undone was not confirmed; nothing was changed. */
export class NotConfirmedError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'NotConfirmedError'
  }
}

/** Lets somebody type `word` before what cannot be undone; `yes` says that it was meant. Throws a {@link NotConfirmedError}. */
export async function confirm(ask: Terminal['ask'], { what, word, yes }: { what: string; word: string; yes: boolean }): Promise<void> {
  if (yes) return
  if (!ask) throw new NotConfirmedError(`${what} Nothing was changed: nobody is there to confirm it. Add --yes if it is meant.`)
  const typed = await ask(`${what} Type ${word} to go on: `)
  if (typed.trim() !== word) throw new NotConfirmedError('Nothing was changed.')
}

import { v4, v5 } from 'uuid'

const root = 'c2b5b1f4-1e0a-4d7b-9a54-0d4f6f6f2c11'

/** Names an id after what it stands for: the same seed and the same words always give the same UUIDv5. */
export function namedId(...words: string[]): string {
  return v5(words.join('\u0000'), root)
}

/** A fresh id for what is made while the simulator runs; a second play or a second start never meets an old one. */
export function freshId(): string {
  return v4()
}

/** Attio's entry ids are UUIDv5, so a client that insists on version 4 breaks here as it would there. */
export function freshEntryId(): string {
  return v5(v4(), root)
}

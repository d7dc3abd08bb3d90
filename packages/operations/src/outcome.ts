/** What a command came to. `lines` are for people, `json` is the same for programs; neither ever holds a token, a secret or a key. */
export type Outcome = { ok: boolean; lines: string[]; json: object }

/** Tells how far a command is, a line at a time. */
export type Say = (line: string) => void

/** `1 token`, `2 tokens`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

const shown = 20

/** The first lines of many, and how many more there are. */
export function firstOf(lines: string[]): string[] {
  return lines.length <= shown ? lines : [...lines.slice(0, shown), `… and ${lines.length - shown} more; --json names them all`]
}

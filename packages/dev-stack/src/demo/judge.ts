import type { Activity } from './activity.ts'

export type ExpectedLine = { step: string; title: string; detail: string | null; category: Activity['category']; actor: string }
export type Verdict = { missing: ExpectedLine[]; extra: Activity[] }

/** Compares lines with what is expected of them, each expected line standing for exactly one. */
export function judge(lines: Activity[], expected: ExpectedLine[]): Verdict {
  const extra = [...lines]
  const missing = expected.filter(wanted => {
    const index = extra.findIndex(line => sameLine(line, wanted))
    if (index >= 0) extra.splice(index, 1)
    return index < 0
  })
  return { missing, extra }
}

function sameLine(line: Activity, wanted: ExpectedLine): boolean {
  return (
    line.title === wanted.title && line.detail === wanted.detail && line.category === wanted.category && line.actor.name === wanted.actor
  )
}

/** Says what is wrong, nearest first; empty when nothing is. */
export function complaints({ missing, extra }: Verdict): string[] {
  const shown = (title: string, detail: string | null, who: string | null) =>
    `${who ?? 'Somebody'}: ${title}${detail ? ` · ${detail}` : ''}`
  return [
    ...missing.map(({ step, title, detail, actor }) => `missing  ${shown(title, detail, actor)}   (step ${step})`),
    ...extra.map(({ title, detail, actor, id }) => `extra    ${shown(title, detail, actor.name)}   (${id})`),
  ]
}

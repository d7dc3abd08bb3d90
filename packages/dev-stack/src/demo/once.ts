import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { type Activity, readTimeline } from './activity.ts'
import type { Api } from './api.ts'
import { type ExpectedLine, judge, type Verdict } from './judge.ts'
import type { Play } from './scenario.ts'

const PATIENCE = 120_000

/**
 * Waits until every expected line of a play is in the API and nothing of it is still being worked on, which is when a line too many would be
 * there too; gives what then stands. Lines of other plays are not looked at.
 */
export async function waitForPlay(options: {
  api: Api
  since: Date
  play: Play
  expected: ExpectedLine[]
  /** Whether nothing is on its way any more. */
  settled: () => Promise<boolean>
}): Promise<{ lines: Activity[]; verdict: Verdict }> {
  const { api, since, play, expected, settled } = options
  const deadline = performance.now() + PATIENCE
  for (;;) {
    // Asked before the timeline is read: what was settled then is in what is read now.
    const quiet = await settled()
    const lines = (await readTimeline(api, since)).lines.filter(line => play.ids.has(line.subject.id))
    const verdict = judge(lines, expected)
    if ((quiet && verdict.missing.length === 0) || performance.now() > deadline) return { lines, verdict }
    await pause(200)
  }
}

/** Whether no delivery and no event of the connection waits for work, by the database itself. */
export async function nothingDue(databaseUrl: string, connectionId: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ due: boolean }>(
      `SELECT EXISTS (SELECT FROM delivery WHERE connection_id = $1 AND due_at IS NOT NULL)
           OR EXISTS (SELECT FROM event WHERE connection_id = $1 AND due_at IS NOT NULL) AS due`,
      [connectionId],
    )
    return rows[0]?.due === false
  } finally {
    await client.end()
  }
}

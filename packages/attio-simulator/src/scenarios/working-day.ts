import type { Play } from './play.ts'
import { listsAndStages } from './working-day-lists.ts'
import { mergesAndSettings } from './working-day-merges.ts'
import { notesAndTalk } from './working-day-notes.ts'
import { companiesAndDeals } from './working-day-records.ts'
import { tasksAndCalls } from './working-day-tasks.ts'

/**
 * A day of a small sales team about Acme Corp, Initech and Umbrella Health: every event type a member can cause, and what the timeline
 * must not show in between (automation, a contractor nobody mapped, a private list).
 */
export async function workingDay(play: Play): Promise<void> {
  const cast = await companiesAndDeals(play)
  const entries = await listsAndStages(play, cast)
  await notesAndTalk(play, cast, entries)
  await tasksAndCalls(play, cast)
  await mergesAndSettings(play)
}

import { problemOf } from '../api/answers.ts'
import { i18n } from '../strings/i18n.ts'
import { wanted } from './late.tsx'

// Loaded with the first thing to tell: most visits have none.
const load = () => import('./notifications.tsx')

/** For pages on which things are changed: that a change did not arrive must be told also when nothing can be loaded any more. */
export function readyToTell(): void {
  load().catch(() => undefined)
}

/** Says briefly that something was done. */
export async function tellDone(message: string): Promise<void> {
  const notifications = await wanted(load)
  notifications?.show({ color: 'teal', message })
}

/** Says that a change was not taken, why, and the request id for whoever helps. */
export async function tellFailed(error: unknown): Promise<void> {
  const problem = problemOf(error)
  const detail = problem?.detail ?? i18n.t('shared:offline.detail')
  const id = problem?.request_id ? ` (${i18n.t('shared:requestId')}: ${problem.request_id})` : ''
  const notifications = await wanted(load)
  notifications?.show({ color: 'red', title: problem?.title ?? i18n.t('shared:notChanged'), message: detail + id })
}

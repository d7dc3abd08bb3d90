import type { Style } from '../stack/console.ts'
import type { Activity } from './activity.ts'

type Paint = (style: Style, text: string) => string

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
const date = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const badges: Record<Activity['category'], string> = { default: 'CRM', task: 'Task', meeting: 'Meeting' }

/**
 * One line of plain language, in local time: `14:03:22  CRM      Ada Lovelace        Acme Corp > Updated · Updated Stage`. A line seen before
 * has grown and says so.
 */
export function lineOf(activity: Activity, paint: Paint, grown = false): string {
  const { occurred_at, category, actor, title, event_count } = activity
  const detail = detailOf(activity)
  return [
    `${clock.format(new Date(occurred_at))} `,
    paint(category === 'default' ? 'cyan' : category === 'task' ? 'green' : 'magenta', badges[category].padEnd(8)),
    (actor.name ?? 'Somebody').padEnd(18),
    ` ${paint('bold', title)}`,
    ...(detail ? [`· ${detail}`] : []),
    ...(grown ? [paint('dim', `(grew to ${event_count} ${event_count === 1 ? 'event' : 'events'})`)] : []),
  ].join(' ')
}

/** All lines under a heading for each local day, in the order they happened. */
export function byDay(lines: Activity[], paint: Paint): string {
  const days = Map.groupBy(lines, line => dayOf(new Date(line.occurred_at)))
  return [...days].map(([name, ofDay]) => [paint('underline', name), ...ofDay.map(line => lineOf(line, paint))].join('\n')).join('\n\n')
}

/** `Tuesday 24 November 2026`, whatever punctuation this version of Node's dates would put in. */
function dayOf(at: Date): string {
  const parts = date.formatToParts(at).filter(({ type }) => type !== 'literal')
  return parts.map(({ value }) => value).join(' ')
}

/** A task's text is its header too: only what it says beyond that is shown. Line breaks become spaces. */
function detailOf({ title, detail }: Activity): string | null {
  if (detail === null) return null
  const [first = '', ...rest] = detail.split('\n')
  const shown = title.startsWith(first) ? rest : [first, ...rest]
  return shown.join(' ').trim() || null
}

import type { ExpectedLine } from './demo/judge.ts'

type Line = [step: string, title: string, detail?: string]

/** Lines of one member in one category, in the order of the day. */
const by = (actor: string, category: ExpectedLine['category'], lines: Line[]): ExpectedLine[] =>
  lines.map(([step, title, detail]) => ({ step, title, detail: detail ?? null, category, actor }))

const renewal = 'Renewal - Acme Corp\nSend the renewal paperwork before Friday'

/**
 * The lines the simulator's scenario `working-day` must leave on Northwind's timeline, by the step that causes (or first causes) each. Written
 * by hand from the product's rules. What is not here must leave no line: automation, the private list, the contractor nobody is mapped to,
 * settings of lists and attributes, and edits that belong to a line that is here.
 */
export const workingDay: ExpectedLine[] = [
  ...by('Ada Lovelace', 'default', [
    ['create-acme', 'Acme Corp > Created', 'Created company'],
    ['describe-acme', 'Acme Corp > Updated', 'Updated Description, Account owner and 1 more'],
    ['create-acme-deal', 'Acme Corp expansion > Created', 'Created deal'],
    ['value-acme-deal', 'Acme Corp expansion > Updated', 'Updated Deal stage, Deal value and 1 more'],
    ['add-acme-to-hot-leads', 'Acme Corp > List entry added', 'Added to Hot Leads'],
    ['prioritise-acme', 'Acme Corp > List entry updated', 'Updated Stage, Priority and 1 more in Hot Leads'],
    ['write-review', 'Acme Corp > Q2 Business Review > Note created'],
    ['resolve-comment', 'Acme Corp > Comment resolved'],
  ]),
  ...by('Grace Hopper', 'default', [
    ['create-initech', 'Initech > Created', 'Created company'],
    ['create-peter', 'Peter Gibbons > Created', 'Created person'],
    ['create-initech-deal', 'Initech renewal > Created', 'Created deal'],
    ['lose-initech-deal', 'Initech renewal > Updated', 'Updated Deal stage'],
    ['add-initech-to-at-risk', 'Initech > List entry added', 'Added to At Risk'],
    ['remove-initech-from-at-risk', 'Initech > List entry removed', 'Removed from At Risk'],
    ['edit-review-by-grace', 'Acme Corp > Q2 Business Review > Note updated', 'Edited note text'],
    ['comment-on-acme', 'Acme Corp > Comment added'],
    ['reopen-comment', 'Acme Corp > Comment reopened'],
  ]),
  ...by('Katherine Johnson', 'default', [
    ['create-umbrella', 'Umbrella Health > Created', 'Created company'],
    ['create-project', 'Acme onboarding > Created', 'Created project'],
    ['start-project', 'Acme onboarding > Updated', 'Updated Phase'],
    ['add-umbrella-to-hot-leads', 'Umbrella Health > List entry added', 'Added to Hot Leads'],
    ['remove-umbrella-from-hot-leads', 'Umbrella Health > List entry removed', 'Removed from Hot Leads'],
    ['move-umbrella-to-at-risk', 'Umbrella Health > List entry added', 'Added to At Risk'],
    ['comment-on-entry', 'Acme Corp > Comment added', 'On the Hot Leads entry'],
    ['delete-comment-on-entry', 'Acme Corp > Comment deleted', 'On the Hot Leads entry'],
  ]),
  ...by('Edsger Dijkstra', 'default', [
    ['promote-peter', 'Peter Gibbons > Updated', 'Updated Job title'],
    ['write-scratch-note', 'Initech > Scratch > Note created'],
    ['delete-scratch-note', 'Initech > Scratch > Note deleted'],
    ['create-acme-inc', 'Acme Inc > Created', 'Created company'],
    ['create-acme-caps', 'ACME > Created', 'Created company'],
    ['merge-acme', 'Acme Corp > Merged', 'Merged Acme Inc and ACME'],
    ['create-vandelay', 'Vandelay Industries > Created', 'Created company'],
    ['delete-vandelay', 'Vandelay Industries > Deleted', 'Deleted company'],
  ]),
  ...by('Ada Lovelace', 'task', [
    ['create-renewal-task', 'Renewal - Acme Corp > Task created', renewal],
    ['reopen-renewal-task', 'Renewal - Acme Corp > Task reopened', renewal],
  ]),
  ...by('Grace Hopper', 'task', [['complete-renewal-task', 'Renewal - Acme Corp > Task completed', renewal]]),
  ...by('Edsger Dijkstra', 'task', [
    ['create-venue-task', 'Book the venue > Task created', 'Book the venue'],
    ['delete-venue-task', 'Book the venue > Task deleted', 'Book the venue'],
  ]),
  ...by('Ada Lovelace', 'meeting', [['record-acme-call', 'Acme Corp expansion > Q2 sync > Call recorded']]),
  ...by('Katherine Johnson', 'meeting', [['record-internal-call', 'Weekly stand-up > Call recorded']]),
]

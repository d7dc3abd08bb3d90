import { eventually } from '../../harness/admin.ts'
import { idOf } from '../../harness/simulator.ts'
import type { World } from './scene.ts'

const [ada, grace, katherine, edsger] = ['ada.lovelace', 'grace.hopper', 'katherine.johnson', 'edsger.dijkstra'].map(
  name => `${name}@northwind.example`,
) as [string, string, string, string]

/** A little of everything, at the top of the day: what the first picture of the timeline shows. */
export async function someBusyMinutes({ northwind, sql }: World): Promise<void> {
  const recordOf = async (title: string) => {
    const [row] = await sql(`select subject_id as id from activity where kind = 'record.created' and title = $1 limit 1`, [
      `${title} > Created`,
    ])
    return row?.id ?? ''
  }
  const [deal, initech, umbrella] = await Promise.all(['Initech renewal', 'Initech', 'Umbrella Health'].map(recordOf))
  await northwind.write('PUT', `/v2/lists/${northwind.ids.lists['At Risk']}/entries`, katherine, {
    parent_object: 'companies',
    parent_record_id: initech,
    entry_values: {},
  })
  await northwind.write('POST', '/v2/notes', edsger, {
    parent_object: 'companies',
    parent_record_id: umbrella,
    title: 'Security review: open questions',
    format: 'plaintext',
    content: 'x',
  })
  const task = await northwind.write('POST', '/v2/tasks', ada, {
    content: 'Send the revised quote to Initech before Thursday',
    format: 'plaintext',
    deadline_at: null,
    is_completed: false,
    linked_records: [{ target_object: 'deals', target_record_id: deal }],
    assignees: [],
  })
  const changeDeal = (values: object) => northwind.write('PATCH', `/v2/objects/deals/records/${deal}`, katherine, { values })
  await changeDeal({ value: 48_000 })
  await changeDeal({ stage: 'Negotiation' })
  await changeDeal({ close_date: '2027-01-29' })
  const lineOf = (kind: string) =>
    eventually(
      () => sql('select id from activity where kind = $1 and title like $2', [kind, '%revised quote%']),
      ({ length }) => length > 0,
    )
  // Attio tells only that a task changed: as what it was made must have been seen before.
  await lineOf('task.created')
  await northwind.write('PATCH', `/v2/tasks/${idOf(task, 'task_id')}`, grace, { is_completed: true })
  await lineOf('task.completed')
}

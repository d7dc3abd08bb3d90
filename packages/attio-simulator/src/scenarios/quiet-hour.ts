import { requireObject } from '../world/workspace.ts'
import { createTask } from '../writes/tasks.ts'
import { idsOf, type Play, type Role, still } from './play.ts'
import { add, set } from './working-day-lists.ts'
import { comment, resolve, rewrite, write } from './working-day-notes.ts'
import { change, make } from './working-day-records.ts'
import { alter, link, record } from './working-day-tasks.ts'

/** What one member does in a minute or so: two to four actions that belong together. */
type Story = (play: Play, who: Role, colleague: Role) => Promise<unknown>

const team = ['ada', 'grace', 'katherine', 'edsger'] as const
const firstHalves = [
  'Harbour',
  'Larkspur',
  'Copper',
  'Bluebird',
  'Granite',
  'Juniper',
  'Lantern',
  'Meadow',
  'Northfield',
  'Quarry',
] as const
const secondHalves = ['Foods', 'Robotics', 'Logistics', 'Health', 'Books', 'Energy', 'Studios', 'Optics'] as const
const firstNames = ['Nora', 'Ivan', 'Priya', 'Tomas', 'Lucia', 'Kofi', 'Mei', 'Anders'] as const
const lastNames = ['Okafor', 'Lindqvist', 'Moreau', 'Tanaka', 'Costa', 'Novak', 'Iyer', 'Brandt'] as const
const findings = [
  'They compare us with one other.',
  'Budget is there from April.',
  'Security review comes first.',
  'They want a pilot.',
] as const
const questions = ['Who takes this one?', 'Are we still waiting for legal?', 'Did they answer?', 'Shall we offer the yearly plan?'] as const
const errands = ['Send the proposal', 'Book a demo', 'Ask for a reference', 'Prepare the kick-off'] as const
const calls = ['Discovery call', 'Demo', 'Pricing talk', 'Weekly check-in'] as const

/** A record of an object, whichever. */
function some(play: Play, object: string): string {
  const { id } = requireObject(play.workspace, object)
  const records = play.workspace.records.all().filter(({ objectId }) => objectId === id)
  return still(records[play.random.between(0, records.length - 1)], `Every record of ${object}`).id
}

const lead: Story = async (play, who) => {
  const { random } = play
  const name = `${random.pick(firstHalves)} ${random.pick(secondHalves)}`
  const { record_id: company } = await play.step('find-company', who, make('companies', { name }))
  await play.step('describe-company', who, change(company, { fit: random.between(2, 5), account_owner: play.memberId(who) }))
  const { entry_id: entry } = await play.step('add-company-to-hot-leads', who, add('hot_leads', company))
  await play.step('prioritise-company', who, set(entry, { priority: random.pick(['High', 'Medium', 'Low']), stage: 'Contacted' }))
}

const contact: Story = async (play, who) => {
  const { random } = play
  const [first_name, last_name] = [random.pick(firstNames), random.pick(lastNames)]
  const values = { name: { first_name, last_name }, company: some(play, 'companies') }
  const { record_id: person } = await play.step('meet-person', who, make('people', values))
  await play.step('learn-job', who, change(person, { job_title: random.pick(['Head of Sales', 'Buyer', 'Chief of Staff', 'Engineer']) }))
}

const deal: Story = async (play, who) => {
  const { random } = play
  const deal = some(play, 'deals')
  await play.step('move-deal', who, change(deal, { stage: random.pick(['Lead', 'In Progress', 'Negotiation']) }))
  await play.step('price-deal', who, change(deal, { value: random.between(8, 90) * 1_000 }))
  await play.step('close-deal', who, change(deal, { stage: random.pick(['Won 🎉', 'Negotiation', 'In Progress', 'Lost']) }))
}

const note: Story = async (play, who, colleague) => {
  const { random } = play
  const finding = random.pick(findings)
  const title = `${random.pick(calls)}: what we heard`
  const { note_id: note } = await play.step('write-note', who, write(some(play, 'companies'), title, finding))
  await play.step('add-to-note', colleague, rewrite(note, { content: `${finding} ${random.pick(findings)}` }))
}

const talk: Story = async (play, who, colleague) => {
  const about = some(play, play.random.pick(['companies', 'deals']))
  const { comment_id: question } = await play.step('ask', who, comment(about, play.random.pick(questions)))
  await play.step('resolve', colleague, resolve(question, true))
}

const errand: Story = async (play, who, colleague) => {
  const deal = some(play, 'deals')
  const content = play.random.pick(errands)
  const { task_id: task } = await play.step('give-task', who, context =>
    idsOf.task(createTask(context, { content, links: [link(context, deal)], assigneeIds: [play.memberId(colleague)] })),
  )
  await play.step('complete-task', colleague, alter(task, { completed: true }))
}

const call: Story = async (play, who) => {
  const email = play.workspace.members.get(play.memberId(who))?.email ?? null
  const organizer = { status: 'accepted', is_organizer: true, email_address: email } as const
  await play.step('record-call', who, record(play.random.pick(calls), [some(play, 'companies')], [organizer]))
}

const stories = [lead, deal, deal, contact, note, talk, errand, call] as const

/** The team goes on working, one thing after another, on whatever the workspace holds; `count` such things. */
export async function quietHour(play: Play, count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) {
    const who = play.random.pick(team)
    const colleague = team[(team.indexOf(who) + play.random.between(1, team.length - 1)) % team.length] ?? who
    await play.random.pick(stories)(play, who, colleague)
  }
}

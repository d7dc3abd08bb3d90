import { defaultFaults } from '../faults/settings.ts'
import { namedId } from '../world/ids.ts'
import type { Actor, Member } from '../world/types.ts'
import { requireObject, type Workspace } from '../world/workspace.ts'
import { createComment } from '../writes/comments.ts'
import type { WriteContext } from '../writes/context.ts'
import { createEntry } from '../writes/entries.ts'
import { createList } from '../writes/lists.ts'
import { createCallRecording, createMeeting } from '../writes/meetings.ts'
import { createNote } from '../writes/notes.ts'
import { createRecord } from '../writes/records.ts'
import { createTask } from '../writes/tasks.ts'
import { companyNames, peopleNames } from './names.ts'
import type { AttributeSeed } from './standard-objects.ts'

const dayMs = 24 * 3_600_000

/** The attributes sales lists have besides their own. */
const salesAttributes: AttributeSeed[] = [
  { slug: 'priority', title: 'Priority', type: 'select', choices: ['High', 'Medium', 'Low', '-Someday'] },
  { slug: 'stage', title: 'Stage', type: 'status', choices: ['New', 'Contacted', 'Qualified', 'Closed', '-Dormant'] },
  { slug: 'next_step', title: 'Next step', type: 'text' },
  { slug: 'main_contact', title: 'Main contact', type: 'actor-reference' },
]

const listSeeds = [
  { slug: 'hot_leads', name: 'Hot Leads', parent: 'companies', isPrivate: false },
  { slug: 'at_risk', name: 'At Risk', parent: 'companies', isPrivate: false },
  { slug: 'board_candidates', name: 'Board Candidates', parent: 'people', isPrivate: true },
]

/** Fills a workspace with what a small sales team has gathered: records, lists, notes, tasks, comments, meetings. Tells nobody. */
export function seedTeamWorld(workspace: Workspace, seed: string, now: number): void {
  const scope = [seed, workspace.slug]
  const members = workspace.members.all()
  const [admin] = members
  if (admin === undefined) return
  let moment = now - 30 * dayMs
  const by = (member: Member): WriteContext => ({
    workspace,
    actor: { type: 'workspace-member', id: member.id } satisfies Actor,
    now: () => moment,
    emit: () => {},
    faults: defaultFaults,
    later: () => {},
  })
  /** One write after another, an hour apart, the members in turn. */
  const turn = (index: number): WriteContext => {
    moment += 3_600_000
    return by(members[index % members.length] ?? admin)
  }
  const id = (kind: string, name: string) => namedId(...scope, kind, name)
  const object = (slug: string) => requireObject(workspace, slug)
  const choices = (slug: string, attribute: string) =>
    workspace.attributes
      .all()
      .find(row => row.parentId === object(slug).id && row.slug === attribute)
      ?.choices.filter(choice => !choice.archived) ?? []

  const companies = companyNames.map(({ name, domain }, index) =>
    createRecord(
      turn(index),
      object('companies'),
      { name, domains: [domain], description: `${name} is a customer since 2024.`, fit: (index % 5) + 1 },
      id('company', name),
    ),
  )
  const people = peopleNames.map(([first, last], index) => {
    const company = companies[index % companies.length]
    const domain = companyNames[index % companyNames.length]?.domain ?? 'example.com'
    const name = first === '' ? {} : { name: { first_name: first, last_name: last, full_name: `${first} ${last}` } }
    const values = {
      ...name,
      email_addresses: [`${first === '' ? 'office' : first.toLowerCase()}@${domain}`],
      job_title: 'Buyer',
      company: company?.id,
    }
    return createRecord(turn(index), object('people'), values, id('person', `${first} ${last}`))
  })
  const stages = choices('deals', 'stage')
  const deals = companies.slice(0, 8).map((company, index) => {
    const name = `${companyNames[index]?.name ?? 'Company'} renewal`
    const values = {
      name,
      stage: stages[index % stages.length]?.id,
      value: 10_000 + index * 2_500,
      owner: members[index % Math.min(2, members.length)]?.email,
      associated_company: company.id,
    }
    return createRecord(turn(index), object('deals'), values, id('deal', name))
  })
  createRecord(
    turn(0),
    object('projects'),
    { project_title: 'Warehouse move', client: companies[0]?.id, phase: 'Running', billable: true },
    id('project', 'Warehouse move'),
  )
  const tenant = createRecord(turn(1), object('workspaces'), { workspace_id: 'tenant-1', name: 'Tenant One' }, id('tenant', '1'))
  createRecord(
    turn(1),
    object('users'),
    { user_id: 'user-1', primary_email_address: 'user@tenant.example', workspace: [tenant.id] },
    id('user', '1'),
  )

  for (const seedList of listSeeds) {
    const list = createList(
      turn(0),
      {
        id: id('list', seedList.slug),
        slug: seedList.slug,
        name: seedList.name,
        parentObjects: [seedList.parent],
        workspaceAccess: seedList.isPrivate ? null : 'full-access',
        memberAccess: seedList.isPrivate ? [{ workspace_member_id: admin.id, level: 'full-access' }] : [],
      },
      salesAttributes,
    )
    const rows = seedList.parent === 'people' ? people.slice(0, 3) : companies.slice(0, 5)
    rows.forEach((row, index) => {
      createEntry(turn(index), list, row, { priority: 'Medium', stage: 'New' }, id('entry', `${seedList.slug} ${row.id}`))
    })
  }

  const [company] = companies
  const [deal] = deals
  if (company === undefined || deal === undefined) return
  const onCompany = { objectId: company.objectId, recordId: company.id }
  createNote(turn(0), { ...onCompany, id: id('note', 'kick-off'), title: 'Kick-off', content: 'They want to start in spring.' })
  createTask(turn(1), {
    id: id('task', 'contract'),
    content: 'Send the contract',
    links: [{ objectId: deal.objectId, recordId: deal.id }],
    assigneeIds: [admin.id],
  })
  createComment(turn(1), { ...onCompany, id: id('comment', 'first'), content: 'Who knows them best?', entry: null })
  const meeting = createMeeting(turn(0), {
    id: id('meeting', 'introduction'),
    title: 'Introduction',
    start: { datetime: new Date(moment).toISOString(), timezone: 'UTC' },
    end: { datetime: new Date(moment + 1_800_000).toISOString(), timezone: 'UTC' },
    participants: [{ status: 'accepted', is_organizer: true, email_address: admin.email }],
    links: [onCompany],
  })
  createCallRecording(turn(0), { id: id('recording', 'introduction'), meetingId: meeting.id })
}

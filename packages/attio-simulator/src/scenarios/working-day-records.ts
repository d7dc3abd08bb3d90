import type { Actor } from '../world/types.ts'
import { requireObject } from '../world/workspace.ts'
import type { WriteContext } from '../writes/context.ts'
import { createRecord, updateRecord, type ValuesInput } from '../writes/records.ts'
import { idsOf, type Play, type Role, still } from './play.ts'

export interface Cast {
  acme: string
  initech: string
  umbrella: string
  peter: string
  acmeDeal: string
  initechDeal: string
}

export const make = (object: string, input: ValuesInput) => (context: WriteContext) =>
  idsOf.record(createRecord(context, requireObject(context.workspace, object), input))

export const change =
  (recordId: string, input: ValuesInput, readOnlyToo = false) =>
  (context: WriteContext) => {
    const record = still(context.workspace.records.get(recordId), 'A record')
    return idsOf.record(updateRecord(context, record, input, 'overwrite', readOnlyToo))
  }

const system: Actor = { type: 'system', id: null }
const app: Actor = { type: 'app', id: '0c1d7a52-6f0e-4b7f-9d0a-6a5f3d2b1c00' }
const apiToken: Actor = { type: 'api-token', id: '76d0f3c4-2b1a-4c55-8e0f-91a7b6c5d400' }

/** Companies, a person and deals appear; Acme is filled in with several edits close together; the deals move through their stages. */
export async function companiesAndDeals(play: Play): Promise<Cast> {
  const { random } = play
  const create = async (step: string, who: Role, object: string, input: ValuesInput) =>
    (await play.step(step, who, make(object, input))).record_id
  const edit = (step: string, who: Role | Actor, recordId: string, input: ValuesInput) => play.step(step, who, change(recordId, input))
  const value = random.between(40, 60) * 1_000

  const acme = await create('create-acme', 'ada', 'companies', { name: 'Acme Corp' })
  const initech = await create('create-initech', 'grace', 'companies', { name: 'Initech' })
  const umbrella = await create('create-umbrella', 'katherine', 'companies', { name: 'Umbrella Health' })
  await edit('enrich-acme', system, acme, { employee_range: '51-250', categories: ['SaaS'], linkedin: 'https://linkedin.com/company/acme' })
  const peter = await create('create-peter', 'grace', 'people', {
    name: { first_name: 'Peter', last_name: 'Gibbons' },
    company: initech,
    job_title: 'Engineer',
  })
  await edit('describe-acme', 'ada', acme, { description: 'Makes everything, delivers anywhere.' })
  await edit('own-acme', 'ada', acme, { account_owner: play.memberId('ada') })
  await edit('rate-acme', 'ada', acme, { fit: random.between(3, 5) })
  const acmeDeal = await create('create-acme-deal', 'ada', 'deals', {
    name: 'Acme Corp expansion',
    stage: 'Lead',
    value,
    associated_company: acme,
  })
  const initechDeal = await create('create-initech-deal', 'grace', 'deals', {
    name: 'Initech renewal',
    stage: 'In Progress',
    associated_company: initech,
  })
  await edit('value-acme-deal', 'ada', acmeDeal, { value: value + 5_000 })
  await edit('stage-acme-deal', 'ada', acmeDeal, { stage: 'Negotiation' })
  await edit('score-acme-deal-by-api', apiToken, acmeDeal, { seats: random.between(10, 99) })
  await edit('win-acme-deal', 'ada', acmeDeal, { stage: 'Won 🎉', close_date: '2027-03-31' })
  await edit('lose-initech-deal', 'grace', initechDeal, { stage: 'Lost' })
  await edit('revive-initech-deal', 'grace', initechDeal, { stage: 'In Progress' })
  await edit('edit-initech-by-contractor', 'mary', initech, { description: 'Prints TPS reports.' })
  await edit('edit-initech-by-app', app, initech, { estimated_arr_usd: '$1M-$10M' })
  const project = await create('create-project', 'katherine', 'projects', {
    project_title: 'Acme onboarding',
    client: acme,
    phase: 'Planned',
  })
  await edit('start-project', 'katherine', project, { phase: 'Running' })
  await edit('promote-peter', 'edsger', peter, { job_title: 'Head of Engineering' })
  return { acme, initech, umbrella, peter, acmeDeal, initechDeal }
}

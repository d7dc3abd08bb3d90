import { requireObject } from '../world/workspace.ts'
import { createAttribute, updateAttribute } from '../writes/attributes.ts'
import { createList, deleteList, updateList } from '../writes/lists.ts'
import { createMember } from '../writes/members.ts'
import { mergeRecords } from '../writes/merge.ts'
import { deleteRecord } from '../writes/records.ts'
import { idsOf, type Play, still } from './play.ts'
import { make } from './working-day-records.ts'

/** Two records of one company, merged into one that gets the name chosen for it. */
export async function mergeAcmes(play: Play): Promise<void> {
  const { record_id: first } = await play.step('create-acme-inc', 'edsger', make('companies', { name: 'Acme Inc' }))
  const { record_id: second } = await play.step('create-acme-caps', 'edsger', make('companies', { name: 'ACME' }))
  await play.step('merge-acme', 'edsger', context => {
    const originals = [first, second].map(id => still(context.workspace.records.get(id), 'A record'))
    const [primary, secondary] = originals
    const merged = mergeRecords(context, still(primary, 'A record'), still(secondary, 'A record'), { values: { name: 'Acme Corp' } })
    return { ...idsOf.record(merged), primary_record_id: first, secondary_record_id: second }
  })
}

/** A merge, a deletion, and the settings work of the day: lists, attributes, a new colleague. */
export async function mergesAndSettings(play: Play): Promise<void> {
  const { suffix } = play
  await mergeAcmes(play)
  const { record_id: vandelay } = await play.step('create-vandelay', 'edsger', make('companies', { name: 'Vandelay Industries' }))
  await play.step('delete-vandelay', 'edsger', context => {
    const record = still(context.workspace.records.get(vandelay), 'A record')
    deleteRecord(context, record)
    return idsOf.record(record)
  })

  const { list_id } = await play.step('create-list', 'ada', context => ({
    list_id: createList(context, { slug: `renewals_${suffix}`, name: 'Renewals', parentObjects: ['companies'] }).id,
  }))
  const list = () => still(play.workspace.lists.get(list_id), 'A list')
  const attributeOf = (id: string) => still(play.workspace.attributes.get(id), 'An attribute')
  await play.step('rename-list', 'ada', context => ({ list_id: updateList(context, list(), { name: 'Renewals 2027' }).id }))
  const { attribute_id: quarter } = await play.step('create-list-attribute', 'ada', context => ({
    list_id,
    attribute_id: createAttribute(context, { target: 'lists', parentId: list_id, slug: 'quarter', title: 'Quarter', type: 'text' }).id,
  }))
  await play.step('rename-list-attribute', 'ada', context => ({
    list_id,
    attribute_id: updateAttribute(context, attributeOf(quarter), { title: 'Renewal quarter' }).id,
  }))
  await play.step('delete-list', 'ada', context => {
    deleteList(context, list())
    return { list_id }
  })

  const { attribute_id: churn } = await play.step('create-object-attribute', 'ada', context => {
    const object = requireObject(context.workspace, 'companies')
    const fields = { target: 'objects', parentId: object.id, slug: `churn_risk_${suffix}`, title: 'Churn risk', type: 'number' } as const
    return { object_id: object.id, attribute_id: createAttribute(context, fields).id }
  })
  await play.step('rename-object-attribute', 'ada', context => ({
    object_id: attributeOf(churn).parentId,
    attribute_id: updateAttribute(context, attributeOf(churn), { title: 'Churn score' }).id,
  }))
  await play.step('welcome-member', 'ada', context => ({
    workspace_member_id: createMember(context, {
      firstName: 'Joan',
      lastName: 'Clarke',
      email: `joan.clarke.${suffix}@${context.workspace.slug}.example`,
    }).id,
  }))
}

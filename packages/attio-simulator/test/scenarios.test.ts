import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { eventTypes } from '../src/webhooks/event-types.ts'
import { at, list, type OpenReceiver, type OpenSimulator, openReceiver, openSimulator, text, until } from './harness.ts'

let attio: OpenSimulator
let target: OpenReceiver
beforeAll(async () => {
  attio = await openSimulator()
  target = await openReceiver()
  await attio.faults({ deliveries_per_second: 1_000 })
  await attio.subscribe(target.url, [...eventTypes])
})
afterAll(async () => {
  await attio.close()
  await target.close()
})

const play = async (name: string, body: unknown = {}) => (await attio.control('POST', `/scenarios/${name}?wait=true`, body)).body
const steps = (run: unknown) => list(run, 'steps')
const told = (run: unknown) => steps(run).flatMap(step => list(step, 'event_types').map(String))

describe('the working day', () => {
  test('causes every event type a member can, each told to the webhook as its step says', async () => {
    const run = await play('working-day')
    expect(run).toMatchObject({ state: 'finished', problem: null })
    const byMembers = steps(run).filter(step => at(step, 'actor', 'type') === 'workspace-member')
    expect(new Set(byMembers.flatMap(step => list(step, 'event_types')))).toEqual(new Set(eventTypes))
    await until('all deliveries', () => target.received.length >= told(run).length)
    expect(target.types().toSorted()).toEqual(told(run).toSorted())
    expect(new Set(steps(run).map(step => at(step, 'actor', 'type')))).toEqual(new Set(['workspace-member', 'system', 'app', 'api-token']))
  })

  test('can be played again: new records, the same names in the same order', async () => {
    const [first, second] = [await play('working-day', { seed: 'one' }), await play('working-day', { seed: 'one' })]
    const outline = (run: unknown) => steps(run).map(step => [at(step, 'step'), at(step, 'actor_email'), at(step, 'event_types')])
    expect(outline(first)).toEqual(outline(second))
    const deal = async (run: unknown) => {
      const id = text(
        steps(run).find(step => at(step, 'step') === 'create-acme-deal'),
        'ids',
        'record_id',
      )
      const { body } = await attio.api('GET', `/objects/deals/records/${id}`)
      return { id, name: at(body, 'data', 'values', 'name', 0, 'value'), value: at(body, 'data', 'values', 'value', 0, 'currency_value') }
    }
    const [one, two] = [await deal(first), await deal(second)]
    expect(one.id).not.toBe(two.id)
    expect({ ...one, id: '' }).toEqual({ ...two, id: '' })
  })

  test('can be played in any workspace, and answers at once with a run that can be followed', async () => {
    const started = await attio.control('POST', '/scenarios/working-day', { workspace: 'globex', pace_ms: 1, play: 'mine' })
    expect(started).toMatchObject({ status: 202, body: { state: 'running', play: 'mine' } })
    await until(
      'the end',
      async () => at((await attio.control('GET', `/scenarios/${text(started.body, 'run')}`)).body, 'state') === 'finished',
    )
  })
})

test('bursts and the merge tell what they did', async () => {
  expect(told(await play('import-burst', { records: 7 }))).toEqual(Array.from({ length: 7 }, () => 'record.created'))
  const enriched = told(await play('enrichment-burst', { records: 1 }))
  expect(enriched[0]).toBe('record.created')
  expect(enriched.length).toBeGreaterThanOrEqual(5)
  const merged = await play('merge')
  expect(told(merged)).toEqual(['record.created', 'record.created', 'record.merged', 'record.merged'])
  const id = text(steps(merged).at(-1), 'ids', 'record_id')
  const { body } = await attio.api('GET', `/objects/companies/records/${id}`)
  expect(at(body, 'data', 'values', 'name', 0, 'value')).toBe('Acme Corp')
})

test('a quiet hour goes on with whatever the workspace holds, everything in it done by members, each time something else', async () => {
  const [one, two] = [await play('quiet-hour', { seed: 'a', records: 40 }), await play('quiet-hour', { seed: 'b', records: 40 })]
  for (const run of [one, two]) {
    expect(run).toMatchObject({ state: 'finished', problem: null })
    expect(steps(run).length).toBeGreaterThan(60)
    expect(new Set(steps(run).map(step => at(step, 'actor', 'type')))).toEqual(new Set(['workspace-member']))
    const kinds = ['record.created', 'record.updated', 'list-entry.created', 'note.created', 'task.updated', 'comment.resolved']
    expect(told(run)).toEqual(expect.arrayContaining([...kinds, 'call-recording.created']))
  }
  const outline = (run: unknown) => steps(run).map(step => [at(step, 'step'), at(step, 'actor_email')])
  expect(outline(one)).not.toEqual(outline(two))
})

test('an unknown scenario says which there are', async () => {
  expect(text((await attio.control('POST', '/scenarios/nap')).body, 'error')).toContain('working-day')
})

test('the same seed gives the same world, another seed another', async () => {
  const [same, other] = [await openSimulator(), await openSimulator({ seed: 'other' })]
  const worlds = await Promise.all([attio, same, other].map(async simulator => (await simulator.control('GET', '/workspaces/globex')).body))
  await same.close()
  await other.close()
  expect(at(worlds[1], 'lists')).toEqual(at(worlds[0], 'lists'))
  expect(at(worlds[1], 'id')).toBe(at(worlds[0], 'id'))
  expect(at(worlds[2], 'id')).not.toBe(at(worlds[0], 'id'))
})

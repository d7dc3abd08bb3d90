import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import { v7 as uuid } from 'uuid'
import { type Database, openDatabase } from './connect.ts'
import { forgetExportTickets, saveExportTicket, spendExportTicket } from './export-tickets.ts'
import { tenantOf } from './tenant.ts'

const organizationId = uuid()
let testDatabase: TestDatabase
let api: Database
let worker: Database
let owner: Database

beforeAll(async () => {
  testDatabase = await createTestDatabase()
  owner = openDatabase({ url: testDatabase.url, applicationName: 'export-tickets' })
  api = openDatabase({ url: testDatabase.apiUrl, applicationName: 'export-tickets' })
  worker = openDatabase({ url: testDatabase.workerUrl, applicationName: 'export-tickets' })
  await owner.pool.query(`insert into organization (id, external_id, name) values ($1, 'northwind', 'northwind')`, [organizationId])
})
afterAll(async () => {
  await Promise.all([owner.close(), api.close(), worker.close()])
  await testDatabase.drop()
})

const save = (name: string) =>
  tenantOf(api, organizationId).transaction(scope =>
    saveExportTicket(scope, { ticketHash: Buffer.from(name), userId: null, actorName: 'nightly', query: { format: 'csv' } }),
  )

test('a ticket tells whose it is and what for to one of many who bring it', async () => {
  await save('one')
  const spent = await Promise.all(Array.from({ length: 10 }, () => spendExportTicket(api.pool, Buffer.from('one'))))
  expect(spent.filter(({ outcome }) => outcome === 'used')).toHaveLength(9)
  expect(spent.find(({ outcome }) => outcome === 'ok')).toEqual({
    ...{ outcome: 'ok', organizationId, query: { format: 'csv' } },
    owner: { userId: null, actorName: 'nightly' },
  })
  expect(await spendExportTicket(api.pool, Buffer.from('other'))).toEqual({ outcome: 'unknown' })
})

test('a ticket is forgotten an hour after it ended, by the workers; the API can neither read nor take away any', async () => {
  await save('old')
  await save('young')
  await owner.pool.query(`update export_ticket set expires_at = now() - interval '61 minutes' where ticket_hash = $1`, [Buffer.from('old')])
  expect(await spendExportTicket(api.pool, Buffer.from('old'))).toEqual({ outcome: 'expired' })
  await forgetExportTickets(worker.pool)
  expect(await spendExportTicket(api.pool, Buffer.from('old'))).toEqual({ outcome: 'unknown' })
  expect(await spendExportTicket(api.pool, Buffer.from('young'))).toMatchObject({ outcome: 'ok' })
  for (const statement of ['select from export_ticket', 'delete from export_ticket', 'update export_ticket set used_at = null'])
    await expect(tenantOf(api, organizationId).transaction(scope => scope.query(statement))).rejects.toThrow(/permission denied/)
})

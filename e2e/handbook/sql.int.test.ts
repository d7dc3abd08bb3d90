import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '@worksights/dev-stack/testing'
import pg from 'pg'
import { z } from 'zod'
import { handbook, root } from './markdown.ts'

/* Runs the SQL of the handbook on the schema of this release, each piece in a transaction that is undone. */

const organizationId = '0198c9a5-4ac5-7f06-a6a5-7c9a8c0d7b11'
const variables: Record<string, string> = { run_id: organizationId, organization: 'leaving' }

/** psql's `:'name'`, and what stands for a value of the reader's. */
const filled = (sql: string) => sql.replace(/:'(\w+)'/g, (_, name: string) => `'${variables[name]}'`).replace(/= …/g, '= null')

/** On roles made for it: those of a server are shared by all its databases, and other tests sign in by them. */
function onOwnRoles(sql: string): string {
  const logins = ['workers', 'timeline_api', 'worksights_owner']
  const made = logins.map(login => `create role handbook_${login} login;`).join(' ')
  return `${made} ${sql.replace(new RegExp(`\\b(${logins.join('|')})\\b`, 'g'), 'handbook_$1')}`
}

const pieces = handbook().flatMap(page => [
  ...page.blocks
    .filter(({ language }) => language === 'sql')
    .map(({ text }) => text)
    .filter(text => !text.includes('create database')),
  ...page.code.filter(text => /^(select|update|delete|alter (table|role)|drop role) /.test(text)),
])

let database: TestDatabase
let owner: pg.Client
beforeAll(async () => {
  database = await createTestDatabase()
  owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await database.drop()
})

test.each([...new Set(pieces)])('the database of this release takes: %s', async sql => {
  await owner.query('begin')
  try {
    const text = filled(sql).replace(/^(begin|commit);$/gm, '')
    await owner.query(/^\s*(create|alter|drop) role/.test(text) ? onOwnRoles(text) : text)
  } finally {
    await owner.query('rollback')
  }
})

describe('erasing a tenant', () => {
  const erasing = filled(pieces.find(sql => sql.includes('delete from organization')) ?? '')
  const populate = async () => {
    await owner.query(`insert into organization (id, external_id, name) values ($1, 'leaving', 'Leaving')`, [organizationId])
    await owner.query(`insert into app_user (id, organization_id, email, email_folded) values ($1, $1, 'a@x.example', 'a@x.example')`, [
      organizationId,
    ])
    await owner.query(`insert into feature_switch (organization_id, area, enabled) values ($1, 'crm', false)`, [organizationId])
    await owner.query(`insert into run (id, organization_id, connection_id, kind, state) values ($1, $1, $1, 'erase', 'done')`, [
      organizationId,
    ])
    await owner.query(
      `insert into audit_entry (id, organization_id, action, actor_name) values ($1, $1, 'connection.erased', 'operator')`,
      [organizationId],
    )
    await owner.query(`insert into activity_change (organization_id, type) values ($1, 'reset')`, [organizationId])
    await owner.query(
      `insert into oauth_state (state_hash, organization_id, user_id, browser_hash, expires_at) values ('\\x01', $1, $1, '\\x01', now())`,
      [organizationId],
    )
    await owner.query(
      `insert into export_ticket (ticket_hash, organization_id, actor_name, query, expires_at) values ('\\x01', $1, 'a', '{}', now())`,
      [organizationId],
    )
  }
  /** Tables that still hold a row of the organisation. */
  const left = async () => {
    const { rows } = await owner.query(
      `select table_name as name, column_name as key from information_schema.columns
       where table_schema = 'public' and (column_name = 'organization_id' or (table_name = 'organization' and column_name = 'id')) order by 1`,
    )
    const found: string[] = []
    for (const { name, key } of z.array(z.object({ name: z.string(), key: z.string() })).parse(rows)) {
      const { rowCount } = await owner.query(`select from ${name} where ${key} = $1 limit 1`, [organizationId])
      if (rowCount) found.push(name)
    }
    return found
  }

  test('leaves no row of it once its connections are erased, and does nothing to it before', async () => {
    await populate()
    const connect = `insert into connection (id, organization_id, workspace_id, workspace_name, workspace_slug, state, scopes)
      values ($1, $1, 'w', 'W', 'w', 'disconnected', '{}')`
    await owner.query(connect, [organizationId])
    await owner.query(erasing)
    expect(await left()).toEqual(['app_user', 'audit_entry', 'connection', 'feature_switch', 'organization', 'run'])
    await owner.query('delete from connection')
    await owner.query(erasing)
    expect(await left()).toEqual([])
  })
})

test('the statements that make the logins are those the containers of compose.yaml make', () => {
  const told = handbook().flatMap(page => page.blocks.filter(({ text }) => text.includes('create database')).map(({ text }) => text))
  const made = readFileSync(join(root, 'docker/make-secrets.mjs'), 'utf8')
  const statements = (text: string) =>
    [...text.matchAll(/create (?:role|database) \w+ .*?(?=;)/g)].map(([sql]) => sql.replace(/password '[^']*'/, 'password'))
  expect(told).toHaveLength(1)
  expect(statements(told[0] ?? '').length).toBeGreaterThan(5)
  expect(statements(made)).toEqual(statements(told[0] ?? ''))
})

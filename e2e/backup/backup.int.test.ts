import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { openDatabase, tenantOf } from '@worksights/database'
import { z } from 'zod'
import { eventually } from '../harness/admin.ts'
import { commandsOf } from './commands.ts'
import { one } from './contents.ts'
import { type Disaster, liveThrough } from './disaster.ts'

let disaster: Disaster
beforeAll(async () => {
  disaster = await liveThrough()
}, 240_000)
afterAll(() => disaster?.close(), 60_000)

describe('a backup', () => {
  test.each([
    ['the workers', '', 'permission denied'],
    ['a reader of all tables', `create role reader login password 'reader' in role pg_read_all_data`, 'row-level security'],
  ])('is refused to %s, rather than made with rows left out', async (_, sql, told) => {
    const { shell, variables } = disaster
    const dump = (await commandsOf('Back up')).join('\n').split('\n')[1] ?? ''
    expect(dump).toContain('pg_dump')
    if (sql) await one(variables.ADMIN_URL, sql)
    const url = sql ? Object.assign(new URL(variables.WORKERS_URL), { username: 'reader', password: 'reader' }).href : variables.WORKERS_URL
    const other = { ...variables, OWNER_URL: url, BACKUP: join(shell.folder, 'refused.dump') }
    await expect(shell.run(dump, other)).rejects.toThrow(told)
  })

  test('leaves no token, secret or key in the file to be read', async () => {
    const { stack, shell, attio, variables } = disaster
    const file = (await readFile(variables.BACKUP)).toString('latin1')
    const text = await shell.run('pg_restore --file - "$BACKUP"', variables)
    const { webhooks } = await attio.control('GET', '/webhooks', z.object({ webhooks: z.array(z.looseObject({ secret: z.string() })) }))
    const secrets = [...webhooks.map(({ secret }) => secret), stack.encryptionKeys.split(':')[1] ?? '']
    expect(secrets.length).toBeGreaterThan(4)
    for (const secret of secrets)
      expect(file.includes(secret) || text.includes(secret) || text.includes(Buffer.from(secret).toString('hex'))).toBe(false)
    expect(text).toContain('Worked Ltd')
  })
})

describe('a database restored on another server', () => {
  test('has every row of every table, and goes on counting where it was', () => {
    const { before, after } = disaster
    expect(Object.keys(before).length).toBeGreaterThan(20)
    for (const table of ['delivery', 'event', 'activity', 'connection', 'webhook', 'label', 'sealing_key']) {
      expect([table, before[table]?.length ?? 0]).not.toEqual([table, 0])
    }
    expect(after).toEqual(before)
  })

  test('belongs to an ordinary owner, and its queue is empty', async () => {
    const { variables, hintsAfter } = disaster
    const owners = await one(
      variables.ADMIN_URL.replace('/postgres', '/worksights'),
      `select array_agg(distinct tableowner::text) as owners, (select rolsuper from pg_roles where rolname = 'worksights_owner') as super
       from pg_tables where schemaname in ('public', 'bullmq')`,
    )
    expect(owners).toEqual({ owners: ['worksights_owner'], super: false })
    expect(hintsAfter).toBe(0)
  })

  test('shows the API one organisation at a time, and no sealed token', async () => {
    const { northwind, globex, variables } = disaster
    const api = openDatabase({ url: variables.TIMELINE_API_URL, applicationName: 'backup-test', max: 2 })
    try {
      const seen = ({ organizationId }: { organizationId: string }) =>
        tenantOf(api, organizationId).transaction(async scope => {
          const { rows } = await scope.query<{ organizations: string[] | null; lines: number }>(
            `select (select array_agg(distinct organization_id::text) from connection) as organizations, (select count(*)::int from activity) as lines`,
          )
          return rows[0]
        })
      expect(await seen(globex)).toEqual({ organizations: [globex.organizationId], lines: 0 })
      expect(await seen(northwind)).toEqual({ organizations: [northwind.organizationId], lines: expect.any(Number) })
      const { rows } = await api.pool.query('select count(*)::int as count from activity')
      expect(rows).toEqual([{ count: 0 }])
      await expect(api.pool.query('select token_sealed from connection')).rejects.toThrow('permission denied')
    } finally {
      await api.close()
    }
  })

  test('opens its tokens and secrets with the kept keys, and with no others', async () => {
    const { stack, shell, variables } = disaster
    const look = (ENCRYPTION_KEYS: string) => shell.run('worksights keys', { DATABASE_URL: variables.WORKERS_URL, ENCRYPTION_KEYS })
    expect(await look(stack.encryptionKeys)).toMatch(/^test \(seals\): 2 tokens, 4 webhook secrets\n$/)
    await expect(look(`test:${Buffer.alloc(32, 9).toString('base64')}`)).rejects.toThrow('another key stands under this id')
  })

  test('is worked on: what was due at the backup is hinted by the sweeper alone', async () => {
    const { variables, about, told } = disaster
    // The sweeper leaves what is due for less than half a minute to its own hint, and a test does not wait for that.
    await one(variables.OWNER_URL, `update delivery set due_at = now() - interval '1 minute' where due_at is not null`)
    expect(await told('Pending Ltd')).toMatchObject([{ title: 'Pending Ltd > Created' }])
    expect((await about('Worked Ltd')).map(({ title }) => title).sort()).toEqual([
      'Worked Ltd > Created',
      'Worked Ltd > Zoë’s note 東京 > Note created',
    ])
  }, 60_000)

  test('gets what Attio could not deliver meanwhile, and nothing of what the lost one had taken', async () => {
    const { start, about, told } = disaster
    await start('gateway')
    expect(await told('Unheard Ltd')).toMatchObject([{ title: 'Unheard Ltd > Created' }])
    expect(await about('Lost Ltd')).toEqual([])
  }, 60_000)

  test('says from when to when something is lost, and has its connections looked at', async () => {
    const { timeline, northwind, variables } = disaster
    const { body } = await timeline.get('/v1/timeline/gaps')
    const takenAt = (await readFile(`${variables.BACKUP}.taken-at`, 'utf8')).trim()
    const gap = {
      ...{ reason: 'database_restored', from: new Date(takenAt).toISOString(), to: variables.LOST_AT },
      connection: { id: northwind.connectionId, workspace_name: expect.any(String) },
    }
    expect(body).toEqual({
      data: expect.arrayContaining([
        expect.objectContaining({ ...gap, affects: 'records' }),
        expect.objectContaining({ ...gap, affects: 'other' }),
      ]),
    })
    await eventually(
      () =>
        one<{ checked: boolean; state: string }>(
          variables.OWNER_URL,
          'select checked_at > $2 and members_synced_at > $2 as checked, state from connection where id = $1',
          northwind.connectionId,
          variables.LOST_AT,
        ),
      found => found?.checked === true && found.state === 'connected',
    )
  })

  test('is of a version that migrates from nothing too, as an ordinary owner', async () => {
    const { installed, stack, shell, variables } = disaster
    await one(variables.ADMIN_URL, 'create database fresh owner worksights_owner')
    const fresh = (url = '') => Object.assign(new URL(url), { pathname: '/fresh' }).href
    const env = { ENCRYPTION_KEYS: stack.encryptionKeys, QUEUE_URL: fresh(variables.OWNER_URL) }
    await shell.run('worksights migrate', { ...env, DATABASE_URL: fresh(variables.OWNER_URL) })
    const looked = await shell.run('worksights check database --login workers', { ...env, DATABASE_URL: fresh(variables.WORKERS_URL) })
    expect(looked).toContain(`database ok: PostgreSQL ${installed.major}`)
  })

  test('is one nothing died on', () => {
    const { stack } = disaster
    expect(stack.died).toEqual([])
  })
})

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTestAuthority, type OwnServer, startTlsPostgres } from '@worksights/dev-stack/testing'
import { verifiedUrl } from '@worksights/runtime'
import { openDatabase } from './connect.ts'
import { migrate } from './migrate.ts'

let folder: string
let server: OwnServer
let named: string
let caFile: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'worksights-certificates-'))
  const authority = await createTestAuthority()
  caFile = join(folder, 'ca.crt')
  await writeFile(caFile, authority.certificate)
  await writeFile(join(folder, 'stranger.crt'), (await createTestAuthority()).certificate)
  server = await startTlsPostgres(await authority.sign('localhost'))
  named = server.url.replace('127.0.0.1', 'localhost')
})
afterAll(async () => {
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

test('with certificates, migrations, plain SQL and Prisma go over TLS', async () => {
  const url = verifiedUrl(named, caFile)
  await migrate(url)
  const database = openDatabase({ url, applicationName: 'tls-test' })
  const mine = 'select ssl from pg_stat_ssl where pid = pg_backend_pid()'
  expect((await database.pool.query(mine)).rows).toEqual([{ ssl: true }])
  expect(await database.prisma.$queryRawUnsafe(mine)).toEqual([{ ssl: true }])
  await database.close()
})

test.each([
  ['another authority', () => verifiedUrl(named, join(folder, 'stranger.crt')), /certificate/],
  ['another name', () => verifiedUrl(server.url, caFile), /altnames/],
])('a server whose certificate is of %s is refused, and told why', async (_, url, why) => {
  await expect(migrate(url())).rejects.toThrow(why)
  const database = openDatabase({ url: url(), applicationName: 'tls-test' })
  await expect(database.pool.query('select 1')).rejects.toThrow(why)
  await database.close()
})

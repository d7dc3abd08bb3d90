import { expect, test } from '@jest/globals'
import { openDatabase } from '@worksights/database'
import { createTestDatabase } from '@worksights/dev-stack/testing'
import { createLogger, listen, problemHandler } from '@worksights/runtime'
import express from 'express'
import { json } from '../testing/api.ts'
import { databaseDown } from './database-down.ts'

test('what takes the database too long is given up and answered 504, with what to do and without its cause; the connection works on', async () => {
  const testDatabase = await createTestDatabase()
  const database = openDatabase({ url: testDatabase.apiUrl, applicationName: 'database-down', max: 1, statementTimeoutMs: 100 })
  const app = express()
  app.get('/slow', async () => {
    await database.pool.query('select pg_sleep(60)')
  })
  app.use(databaseDown())
  app.use(problemHandler({ log: createLogger({ service: 'test', level: 'silent' }), typeBase: 'https://api.test.example/problems/' }))
  const server = await listen(app, { port: 0, host: '127.0.0.1' })
  try {
    const response = await fetch(`http://127.0.0.1:${server.port}/slow`)
    const problem = await json<{ code: string; detail: string }>(response)
    expect([response.status, problem.code]).toEqual([504, 'took_too_long'])
    expect(problem.detail).not.toMatch(/statement|cancel/)
    await expect(database.pool.query('select 1')).resolves.toMatchObject({ rowCount: 1 })
  } finally {
    await server.close()
    await database.close()
    await testDatabase.drop()
  }
})

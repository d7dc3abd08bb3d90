import { z } from 'zod'

export type TestDatabase = {
  /** Of the owner, who sees and may do everything: for what a test prepares and looks at. */
  url: string
  /** Of a login with the timeline API's rights. */
  apiUrl: string
  /** Of a login with the workers' rights. */
  workerUrl: string
  drop(): Promise<void>
}

const created = z.object({ url: z.string(), apiUrl: z.string(), workerUrl: z.string(), name: z.string() })

/**
 * Makes a fresh, migrated database for a test file (about 100 ms; the first one of a run starts Postgres). `drop` also cuts connections
 * still open.
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = process.env.WORKSIGHTS_TEST_SERVER
  if (!server) throw new Error('Test databases come from jest-global-setup.ts: run this test with jest from the root of the project.')
  const { name, ...urls } = created.parse(await ask(`${server}/databases`, 'POST'))
  return {
    ...urls,
    async drop() {
      await ask(`${server}/databases/${name}`, 'DELETE')
    },
  }
}

async function ask(url: string, method: 'POST' | 'DELETE'): Promise<unknown> {
  const response = await fetch(url, { method })
  if (!response.ok) throw new Error(`The test database server failed: ${await response.text()}`)
  return await response.json()
}

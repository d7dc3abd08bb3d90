import { readFile } from 'node:fs/promises'
import { expect, test } from '@jest/globals'
import { makeSchema, schemaFile } from './schema-file.ts'

test('the types are those of docs/openapi.json as it is now', async () => {
  const kept = await readFile(schemaFile, 'utf8').catch(() => '')
  expect(kept === (await makeSchema()) ? 'as it is now' : 'stale: run `npx pnpm run openapi` and commit what it writes').toBe(
    'as it is now',
  )
})

import { readFile } from 'node:fs/promises'
import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { overview } from '../../strings/en/overview.ts'

const callback = z.object({
  paths: z.object({ '/v1/integrations/attio/callback': z.object({ get: z.object({ description: z.string() }) }) }),
})

test('every code the browser can come back from Attio with is told in a sentence', async () => {
  const file = await readFile(new URL('../../../../../docs/openapi.json', import.meta.url), 'utf8')
  const { description } = callback.parse(JSON.parse(file)).paths['/v1/integrations/attio/callback'].get
  const codes = [...description.matchAll(/^- `(\w+)`:/gm)].map(([, code]) => code)
  expect(codes.length).toBeGreaterThan(5)
  expect(Object.keys(overview.failed.codes).sort()).toEqual(codes.sort())
})

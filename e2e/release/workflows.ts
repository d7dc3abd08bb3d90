import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { root } from '../handbook/markdown.ts'

const permissions = z.record(z.string(), z.enum(['read', 'write', 'none']))
const step = z.looseObject({ uses: z.string().optional(), run: z.string().optional(), with: z.record(z.string(), z.unknown()).default({}) })
const job = z.looseObject({
  permissions: permissions.optional(),
  'timeout-minutes': z.number().optional(),
  uses: z.string().optional(),
  strategy: z.looseObject({ matrix: z.record(z.string(), z.array(z.string())) }).optional(),
  steps: z.array(step).default([]),
})
const workflow = z.looseObject({
  name: z.string(),
  permissions: permissions.optional(),
  concurrency: z.object({ group: z.string() }).loose().optional(),
  jobs: z.record(z.string(), job),
})

export type Job = z.output<typeof job>
export type Workflow = z.output<typeof workflow> & { file: string; text: string }

const folder = join(root, '.github/workflows')

/** Every workflow of the repository, as far as the tests look at it. GitHub's own parser holds the rest. */
export function readWorkflows(): Workflow[] {
  return readdirSync(folder)
    .sort()
    .map(file => {
      const text = readFileSync(join(folder, file), 'utf8')
      return { file, text, ...workflow.parse(parse(text)) }
    })
}

/** Every job, with the name of its workflow before its own. */
export function jobsOf(workflows: readonly Workflow[]): [string, Job][] {
  return workflows.flatMap(({ name, jobs }) => Object.entries(jobs).map(([id, one]): [string, Job] => [`${name}/${id}`, one]))
}

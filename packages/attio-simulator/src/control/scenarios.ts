import type { Router } from 'express'
import { v4 } from 'uuid'
import { z } from 'zod'
import { enrichmentBurst, importBurst } from '../scenarios/bursts.ts'
import { createPlay, type Play, type Step } from '../scenarios/play.ts'
import { quietHour } from '../scenarios/quiet-hour.ts'
import { workingDay } from '../scenarios/working-day.ts'
import { mergeAcmes } from '../scenarios/working-day-merges.ts'
import { Refusal } from './answer.ts'
import type { ControlDependencies } from './router.ts'

const body = z.strictObject({
  workspace: z.string().default('northwind'),
  /** Same seed, same names and amounts in the same order. */
  seed: z.string().optional(),
  pace_ms: z.number().int().min(0).max(600_000).default(0),
  /** A name of the caller's own for this play, given back with it. */
  play: z.string().optional(),
  /** For the bursts: how many. For the quiet hour: how many things the team does, each of one to four actions. */
  records: z.number().int().min(1).max(100_000).optional(),
})
const how = z.strictObject({ wait: z.enum(['true', 'false']).default('false') })

type Request = z.output<typeof body>
const scenarios: Record<string, (play: Play, request: Request) => Promise<void>> = {
  'working-day': workingDay,
  'import-burst': (play, { records }) => importBurst(play, records ?? 400),
  'enrichment-burst': (play, { records }) => enrichmentBurst(play, records ?? 5),
  'quiet-hour': (play, { records }) => quietHour(play, records ?? 8),
  merge: mergeAcmes,
}

interface Run {
  run: string
  scenario: string
  workspace: string
  seed: string
  play: string | null
  state: 'running' | 'finished' | 'failed'
  problem: string | null
  steps: Step[]
}

/** Plays a scenario: the records are new each time, the names and the order follow from the seed. */
export function scenarioRoutes(router: Router, { world, settings, stopped, log }: ControlDependencies): void {
  const runs = new Map<string, Run>()

  router.post('/scenarios/:name', async (request, response) => {
    const scenario = scenarios[request.params.name]
    if (scenario === undefined)
      throw new Refusal(404, `There is no scenario "${request.params.name}": one of ${Object.keys(scenarios).join(', ')}.`)
    const wanted = body.parse(request.body ?? {})
    const { wait } = how.parse(request.query)
    const workspace = world.find(wanted.workspace)
    if (workspace === undefined) throw new Refusal(404, `There is no workspace "${wanted.workspace}".`)
    const id = v4()
    const seed = wanted.seed ?? settings.seed
    const play = createPlay(world, workspace, `${seed} ${request.params.name}`, id.slice(0, 8), wanted.pace_ms, stopped)
    const run: Run = {
      run: id,
      scenario: request.params.name,
      workspace: workspace.slug,
      seed,
      play: wanted.play ?? null,
      state: 'running',
      problem: null,
      steps: play.steps,
    }
    runs.set(id, run)
    const finished = scenario(play, wanted).then(
      () => {
        run.state = 'finished'
      },
      (error: unknown) => {
        run.state = 'failed'
        run.problem = error instanceof Error ? error.message : String(error)
        if (!stopped.aborted) log(`scenario ${run.scenario} failed: ${run.problem}`)
      },
    )
    if (wait === 'true') await finished
    response.status(wait === 'true' ? 200 : 202).json(run)
  })
  router.get('/scenarios/:run', (request, response) => {
    const run = runs.get(request.params.run)
    if (run === undefined) throw new Refusal(404, `There is no run "${request.params.run}".`)
    response.json(run)
  })
}

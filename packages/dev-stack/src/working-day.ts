import type { ExpectedLine } from './demo/judge.ts'

const ADA = 'Ada Lovelace'

/**
 * The lines the simulator's scenario `working-day` must leave on Northwind's timeline, by the step that causes (or first causes) each. Steps
 * that are not here leave none: automation, a private list, people who map to nobody. Written by hand from the product's rules.
 */
export const workingDay: ExpectedLine[] = [
  { step: 'create-acme', title: 'Acme Corp > Created', detail: 'Created company', category: 'default', actor: ADA },
]

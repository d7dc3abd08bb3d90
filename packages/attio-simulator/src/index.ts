export { assumedRetrySchedule, type SimulatorOptions } from './options.ts'
export { type Simulator, startSimulator } from './simulator.ts'
export type { Workspace } from './world/workspace.ts'
export type { World } from './world/world.ts'

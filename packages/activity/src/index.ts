export * from './facts.ts'
export * from './line.ts'

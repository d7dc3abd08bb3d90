import { fileURLToPath } from 'node:url'

export const chart = fileURLToPath(new URL('../../../charts/worksights-attio', import.meta.url))

import { fileURLToPath } from 'node:url'
import { routes } from '../routes/index.ts'
import { describeApi } from './openapi.ts'

/** The document as it is kept in the project: what clients are made from. */
export const documentFile = fileURLToPath(new URL('../../../../docs/openapi.json', import.meta.url))

/** Its text, with a server that is nobody's. */
export function committedDocument(): string {
  return `${JSON.stringify(describeApi(routes, 'https://timeline.example.com'), null, 2)}\n`
}

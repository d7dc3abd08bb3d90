import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript'

/** The types as they are kept in this package. */
export const schemaFile = fileURLToPath(new URL('../schema.ts', import.meta.url))
const documentFile = new URL('../../../../docs/openapi.json', import.meta.url)

const head = '// Made from docs/openapi.json by `npx pnpm run openapi`: do not edit.\n\n'

/** The types that docs/openapi.json makes now. */
export async function makeSchema(): Promise<string> {
  const document = JSON.parse(await readFile(documentFile, 'utf8')) as OpenAPI3
  // What has a default may be left out of a request.
  const types = await openapiTS(document, { rootTypes: true, rootTypesNoSchemaPrefix: true, defaultNonNullable: false })
  return head + astToString(types)
}

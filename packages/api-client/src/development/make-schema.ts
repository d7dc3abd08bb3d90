import { writeFile } from 'node:fs/promises'
import { makeSchema, schemaFile } from './schema-file.ts'

/*
 * node src/development/make-schema.ts   writes src/schema.ts anew, from docs/openapi.json
 */

await writeFile(schemaFile, await makeSchema())

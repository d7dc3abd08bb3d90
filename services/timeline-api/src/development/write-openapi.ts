import { writeFile } from 'node:fs/promises'
import { committedDocument, documentFile } from '../http/openapi-file.ts'

/*
 * node src/development/write-openapi.ts   writes docs/openapi.json anew, from the routes
 */

await writeFile(documentFile, committedDocument())

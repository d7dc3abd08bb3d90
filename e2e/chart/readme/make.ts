import { readFile, writeFile } from 'node:fs/promises'
import { readValues, withDescriptions, withTables } from './values-docs.ts'

/* Writes the tables of the chart's README and the descriptions of its schema from the comments of values.yaml. */

const chart = new URL('../../../charts/worksights-attio/', import.meta.url)
const read = (name: string) => readFile(new URL(name, chart), 'utf8')

const rows = readValues(await read('values.yaml'))
await writeFile(new URL('README.md', chart), withTables(await read('README.md'), rows))
const schema = withDescriptions(JSON.parse(await read('values.schema.json')), rows)
await writeFile(new URL('values.schema.json', chart), `${JSON.stringify(schema, null, 2)}\n`)

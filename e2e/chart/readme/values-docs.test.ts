import { readFile } from 'node:fs/promises'
import { describe, expect, test } from '@jest/globals'
import { readValues, withDescriptions, withTables } from './values-docs.ts'

const chart = new URL('../../../charts/worksights-attio/', import.meta.url)
const read = (name: string) => readFile(new URL(name, chart), 'utf8')

describe('the words about values are those of values.yaml', () => {
  test('the README is what `node e2e/chart/readme/make.ts` makes of it', async () => {
    const readme = await read('README.md')
    expect(withTables(readme, readValues(await read('values.yaml')))).toBe(readme)
  })

  test('the schema knows every value and describes it in the same words', async () => {
    const schema = JSON.parse(await read('values.schema.json'))
    expect(withDescriptions(schema, readValues(await read('values.yaml')))).toEqual(schema)
  })

  test('every block of the top level says what it is, or each of its values does', async () => {
    const rows = readValues(await read('values.yaml'))
    const silent = rows.filter(({ path, comment }) => !path.includes('.') && !comment).map(row => row.path)
    expect(silent).toEqual([])
  })
})

test('a comment is told of the value it stands above, and of no other', () => {
  const yaml = '# of the file\n\n# of a\na: 1\nb:\n  # of c\n  c: [x]\n  d: {}\n# of e\ne:\n  f: ""\n'
  expect(readValues(yaml)).toEqual([
    { path: 'a', comment: 'of a', fallback: '1' },
    { path: 'b.c', comment: 'of c', fallback: '["x"]' },
    { path: 'b.d', comment: '', fallback: '{}' },
    { path: 'e', comment: 'of e', fallback: null },
    { path: 'e.f', comment: '', fallback: '""' },
  ])
})

test('a value that the schema does not know is refused', () => {
  const schema = { definitions: {}, type: 'object', properties: { a: { type: 'string' } } }
  expect(() => withDescriptions(schema, readValues('b: 1\n'))).toThrow('values.schema.json does not know b')
})

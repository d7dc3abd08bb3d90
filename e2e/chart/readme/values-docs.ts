import { isMap, isScalar, type Node, parseDocument, type YAMLMap } from 'yaml'
import { z } from 'zod'

/** One value of the chart: its path, what its comment says, and its default as compact YAML (null: a block that only holds others). */
export type ValueRow = { path: string; comment: string; fallback: string | null }

/** Every value of a values.yaml, in its order. A block is a row of its own only where it has a comment. */
export function readValues(valuesYaml: string): ValueRow[] {
  const document = parseDocument(valuesYaml)
  if (document.errors.length > 0 || !isMap(document.contents)) throw new Error(`values.yaml cannot be read: ${document.errors.join('; ')}`)
  return rowsOf(document.contents, '')
}

function rowsOf(map: YAMLMap, prefix: string): ValueRow[] {
  return map.items.flatMap(({ key, value }, index) => {
    if (!isScalar(key)) return []
    // The comment above the first key of a block belongs, for the parser, to the block.
    const above = key.commentBefore ?? (index === 0 && prefix ? map.commentBefore : null) ?? ''
    const path = `${prefix}${String(key.value)}`
    const comment = lastParagraph(above)
    if (isMap(value) && !value.flow && value.items.length > 0) {
      const own = comment ? [{ path, comment, fallback: null }] : []
      return [...own, ...rowsOf(value, `${path}.`)]
    }
    return [{ path, comment, fallback: compact(value) }]
  })
}

/** A comment that stands apart, by an empty line, is about the file. */
function lastParagraph(comment: string): string {
  const paragraph = comment.split(/\n[ \t]*\n/).at(-1) ?? ''
  return paragraph
    .split('\n')
    .map(line => line.trim())
    .join(' ')
    .trim()
}

function compact(value: unknown): string {
  return JSON.stringify((value as Node | null)?.toJSON() ?? null)
}

const marks = { begin: '<!-- values: made from values.yaml -->', end: '<!-- /values -->' }

/** The README with its tables of values made anew: a heading and a table for each block of the top level. */
export function withTables(readme: string, rows: readonly ValueRow[]): string {
  const [before, rest] = readme.split(marks.begin)
  const after = rest?.split(marks.end)[1]
  if (before === undefined || after === undefined) throw new Error(`The README has no place for the values: ${marks.begin} … ${marks.end}`)
  return `${before}${marks.begin}\n\n${tables(rows)}\n${marks.end}${after}`
}

function tables(rows: readonly ValueRow[]): string {
  const blocks = Map.groupBy(rows, row => row.path.split('.')[0] ?? '')
  const single = [...blocks.values()].filter(([first, ...others]) => others.length === 0 && first?.fallback !== null).flat()
  const sections = [...blocks].flatMap(([block, own]) => {
    if (own.length === 1 && own[0]?.fallback !== null) return []
    const about = own.find(row => row.path === block)?.comment
    return [`### ${block}\n\n${about ? `${about}\n\n` : ''}${table(own.filter(row => row.path !== block))}`]
  })
  return [`### General\n\n${table(single)}`, ...sections].join('\n')
}

function table(rows: readonly ValueRow[]): string {
  const lines = rows.map(
    ({ path, comment, fallback }) => `| \`${path}\` | ${cell(comment)} | ${fallback === null ? '' : `\`${cell(fallback)}\``} |`,
  )
  return `${['| value | meaning | default |', '|---|---|---|', ...lines].join('\n')}\n`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}

const schemaNode = z.looseObject({ properties: z.record(z.string(), z.unknown()).optional(), $ref: z.string().optional() })

/** The schema with the comments as descriptions. A value the schema does not know is an error. */
export function withDescriptions(schema: unknown, rows: readonly ValueRow[]): unknown {
  const described = structuredClone(schema)
  const definitions = z.looseObject({ definitions: z.record(z.string(), z.unknown()) }).parse(described).definitions
  for (const { path, comment } of rows) {
    let node = described
    let own = true
    for (const key of path.split('.')) {
      const { $ref } = schemaNode.parse(node)
      if ($ref) own = false
      const holder = $ref ? definitions[$ref.replace('#/definitions/', '')] : node
      const { properties } = schemaNode.parse(holder)
      // Maps with free keys describe none of them.
      if (!properties) {
        node = undefined
        break
      }
      if (!(key in properties)) throw new Error(`values.schema.json does not know ${path}`)
      node = properties[key]
    }
    // What several values share has no words of one of them.
    if (own && comment && typeof node === 'object' && node !== null) Object.assign(node, { description: comment })
  }
  return described
}

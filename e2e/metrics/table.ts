import type { Metric } from './exposition.ts'

/** One metric in all services: what the table of docs/metrics.md says of it. */
export type Row = { name: string; type: string; services: string[]; labels: string[]; help: string }

/** Not ours to explain, and told by every service alike. */
const ofProcess = /^(nodejs_|v8js_|process_|target_info$)/

const cells = (row: Row) => [
  `\`${row.name}\``,
  row.type,
  row.services.join(', '),
  row.labels.map(label => `\`${label}\``).join(', '),
  row.help,
]

const head = '| metric | type | services | labels | meaning |\n| --- | --- | --- | --- | --- |'
const [begin, end] = ['<!-- metrics: made by e2e/metrics/make.ts -->', '<!-- end of metrics -->']

/** Rows of all metrics of the services, without those of Node and the process. */
export function rowsOf(scrapes: ReadonlyMap<string, ReadonlyMap<string, Metric>>): Row[] {
  const rows = new Map<string, Row>()
  for (const [service, metrics] of scrapes) {
    for (const { name, type, help, labels } of metrics.values()) {
      if (ofProcess.test(name)) continue
      const row = rows.get(name) ?? { name, type, services: [], labels: [], help }
      row.services.push(service)
      row.labels = [...new Set([...row.labels, ...labels])].sort()
      rows.set(name, row)
    }
  }
  return [...rows.values()].map(row => ({ ...row, services: row.services.sort() })).sort((a, b) => (a.name < b.name ? -1 : 1))
}

export function withTable(page: string, rows: readonly Row[]): string {
  const [before, after] = [page.indexOf(begin), page.indexOf(end)]
  if (before < 0 || after < before) throw new Error(`docs/metrics.md lacks the lines ${begin} and ${end}.`)
  const table = [head, ...rows.map(row => `| ${cells(row).join(' | ')} |`)].join('\n')
  return `${page.slice(0, before)}${begin}\n${table}\n${page.slice(after)}`
}

/** The rows of a page's table. */
export function readTable(page: string): Row[] {
  const table = page.slice(page.indexOf(begin) + begin.length, page.indexOf(end))
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map(line => {
      const [name = '', type = '', services = '', labels = '', help = ''] = line.slice(2, -2).split(' | ')
      const list = (text: string) => text.split(', ').filter(Boolean)
      return { name: name.replaceAll('`', ''), type, services: list(services), labels: list(labels.replaceAll('`', '')), help }
    })
}

import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { routes } from '../routes/index.ts'
import { json, startApi, type TestApi } from '../testing/api.ts'
import { committedDocument, documentFile } from './openapi-file.ts'

type Content = Record<string, { schema?: unknown; example?: unknown; examples?: Record<string, unknown> }>
type Operation = {
  operationId: string
  parameters?: { name: string; description?: string; schema?: { description?: string } }[]
  requestBody?: { content: Content }
  responses: Record<string, { description: string; content?: Content }>
}
type Document = {
  openapi: string
  info: { description: string }
  tags: { name: string; description: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown>; examples: Record<string, unknown> }
}

let api: TestApi
let document: Document

beforeAll(async () => {
  api = await startApi()
  document = await json<Document>(await fetch(`${api.url}/openapi.json`))
})
afterAll(() => api.close())

const operations = () => Object.values(document.paths).flatMap(methods => Object.values(methods))
/** Whether the schema that a content refers to carries an example itself. */
const hasExample = (content: string) =>
  [...content.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].some(match =>
    /"examples":/.test(JSON.stringify(document.components.schemas[match[1] ?? ''])),
  )

describe('the OpenAPI document', () => {
  test('describes every route and nothing else', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map(method => `${method} ${path}`))
    expect(described.sort()).toEqual(routes.map(route => `${route.method} ${route.path}`).sort())
    expect(document.openapi).toBe('3.1.0')
  })

  test('gives each operation a name of its own, fit to be called by', () => {
    const names = operations().map(operation => operation.operationId)
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(name).toMatch(/^[a-z]+([A-Z][a-z]+)*$/)
  })

  test('is kept in docs/openapi.json as it is now', async () => {
    const kept = await readFile(documentFile, 'utf8').catch(() => '')
    expect(kept === committedDocument() ? 'as it is now' : 'stale: run `npx pnpm run openapi` and commit what it writes').toBe(
      'as it is now',
    )
  })

  test('is a valid OpenAPI document whose examples are of their schemas', async () => {
    const config = await createConfig({
      extends: ['recommended-strict'],
      // A server that is nobody’s on purpose; and the callback only ever redirects.
      rules: { 'no-server-example.com': 'off', 'operation-2xx-response': 'off', 'no-invalid-media-type-examples': 'error' },
    })
    const problems = await lintFromString({ source: committedDocument(), absoluteRef: documentFile, config })
    expect(problems.map(problem => `${problem.location[0]?.pointer}: ${problem.message}`)).toEqual([])
  })

  test('describes every parameter, and shows an example of every body, reply and error', () => {
    const silent = operations().flatMap(operation => {
      const parameters = (operation.parameters ?? []).filter(({ description, schema }) => !(description ?? schema?.description))
      const contents = Object.entries({ request: operation.requestBody, ...operation.responses }).flatMap(([part, told]) =>
        Object.values(told?.content ?? {}).map(content => ({ part, content: JSON.stringify(content) })),
      )
      const bare = contents.filter(({ content }) => !/"examples?":/.test(content) && !hasExample(content))
      return [...parameters.map(({ name }) => name), ...bare.map(({ part }) => part)].map(what => `${operation.operationId}: ${what}`)
    })
    expect(silent).toEqual([])
  })

  test('shows an example of every code a route says it answers with', () => {
    for (const operation of operations()) {
      for (const { description, content } of Object.values(operation.responses)) {
        const examples = content?.['application/problem+json']?.examples
        if (examples) expect(Object.keys(examples)).toEqual([...description.matchAll(/^`(\w+)`: /gm)].map(match => match[1]))
      }
    }
  })

  test('speaks in its guide of routes and paths that there are, and of each but the callback', () => {
    const named = [...document.info.description.matchAll(/`([a-z]+[A-Z]\w*)`/g)].map(match => match[1] ?? '')
    const names = operations().map(operation => operation.operationId)
    expect(named.filter(name => !names.includes(name))).toEqual([])
    const paths = [...document.info.description.matchAll(/`(?:GET |POST )?(\/v1\/[^\s`]*)`/g)].map(match => match[1] ?? '')
    expect(paths.filter(path => !(path in document.paths))).toEqual([])
    const unspoken = operations()
      .filter(({ operationId }) => !named.includes(operationId))
      .filter(operation => !paths.some(path => Object.values(document.paths[path] ?? {}).includes(operation)))
    expect(unspoken.map(operation => operation.operationId)).toEqual(['downloadExport', 'attioCallback'])
  })

  test('says of each group of routes what it is', () => {
    expect(new Set(document.tags.map(tag => tag.name))).toEqual(new Set(routes.map(route => route.tag)))
    for (const { name, description } of document.tags) expect(description.length).toBeGreaterThan(name.length)
  })

  test.each(routes.map(route => ({ name: `${route.method} ${route.path}`, route })))(
    '$name: its example is of its own schema',
    ({ route }) => {
      if (route.reply.schema) expect(route.reply.schema.parse(route.reply.example)).toEqual(route.reply.example)
      if (route.reply.contentType === undefined && route.reply.schema === undefined) expect(route.reply.status).toBe(303)
    },
  )

  test('tells of the errors a caller must expect', () => {
    const statuses = Object.keys(document.paths['/v1/timeline/{id}']?.get?.responses ?? {})
    expect(statuses).toEqual(['200', '400', '401', '403', '404', '429', '500', '503', '504'])
    expect(document.components.schemas).toHaveProperty('Problem')
    expect(document.components.schemas).toHaveProperty('Activity')
  })

  test('resolves all its references', () => {
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/(schemas|examples)\/([^"]+)"/g)]
    expect(references.length).toBeGreaterThan(0)
    const known = (kind: string) => document.components[kind as 'schemas' | 'examples']
    expect(references.filter(([, kind = '', name = '']) => !(name in known(kind))).map(([reference]) => reference)).toEqual([])
  })
})

describe('the reference page', () => {
  test('loads everything from this server, as its content security policy demands', async () => {
    const response = await fetch(`${api.url}/docs`)
    const html = await response.text()
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const sources = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(match => new URL(match[1] ?? '', `${api.url}/docs`))
    expect(sources.length).toBeGreaterThan(3)
    for (const source of sources) {
      expect(source.origin).toBe(api.url)
      expect((await fetch(source)).status).toBe(200)
    }
  })
})

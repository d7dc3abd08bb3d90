import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { routes } from '../routes/index.ts'
import { json, startApi, type TestApi } from '../testing/api.ts'

type Operation = { responses: Record<string, { content?: Record<string, { schema?: unknown; example?: unknown }> }>; operationId: string }
type Document = { openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, unknown> } }

let api: TestApi
let document: Document

beforeAll(async () => {
  api = await startApi()
  document = await json<Document>(await fetch(`${api.url}/openapi.json`))
})
afterAll(() => api.close())

describe('the OpenAPI document', () => {
  test('describes every route and nothing else', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map(method => `${method} ${path}`))
    expect(described.sort()).toEqual(routes.map(route => `${route.method} ${route.path}`).sort())
    expect(document.openapi).toBe('3.1.0')
  })

  test('gives each operation an id of its own', () => {
    const ids = Object.values(document.paths).flatMap(methods => Object.values(methods).map(operation => operation.operationId))
    expect(new Set(ids).size).toBe(ids.length)
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
    expect(statuses).toEqual(['200', '400', '401', '403', '404', '429', '500', '503'])
    expect(document.components.schemas).toHaveProperty('Problem')
    expect(document.components.schemas).toHaveProperty('Activity')
  })

  test('resolves all its references', () => {
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(match => match[1] ?? '')
    expect(references.length).toBeGreaterThan(0)
    expect(references.filter(name => !(name in document.components.schemas))).toEqual([])
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

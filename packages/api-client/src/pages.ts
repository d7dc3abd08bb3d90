import type { Client } from 'openapi-fetch'
import { ProblemError } from './problem.ts'
import type { Problem, paths } from './schema.ts'

type Get<Path extends keyof paths> = paths[Path] extends { get: infer Operation } ? Operation : never
type Reply<Path extends keyof paths> =
  Get<Path> extends { responses: { 200: { content: { 'application/json': infer Body } } } } ? Body : never
type Parameters<Path extends keyof paths> = Get<Path> extends { parameters: infer Given } ? Given : never
type Part<Path extends keyof paths, Name extends 'query' | 'path'> =
  Parameters<Path> extends { [name in Name]?: infer Given } ? Given : never

/** The lists that go on with `next_cursor`. */
export type CursorPath = {
  [Path in keyof paths]: Reply<Path> extends { data: unknown[]; next_cursor: string | null } ? Path : never
}[keyof paths]

export type PageOf<Path extends CursorPath> = Reply<Path>

/** Filters and, where the path has them, its parameters. */
export type PagesInit<Path extends CursorPath> = {
  params?: { query?: Omit<NonNullable<Part<Path, 'query'>>, 'cursor'>; path?: Part<Path, 'path'> }
  signal?: AbortSignal
}

type AnyPage = { data?: { next_cursor: string | null }; error?: Problem }

/** Reads a list page by page, each only when it is wanted. */
export async function* readPages<Path extends CursorPath>(
  client: Client<paths>,
  path: Path,
  init: PagesInit<Path> = {},
): AsyncGenerator<PageOf<Path>, void> {
  // Of all lists at once openapi-fetch cannot tell what they take; PagesInit has told it of this one.
  const get = client.GET as (path: string, init: object) => Promise<AnyPage>
  let cursor: string | null | undefined
  while (cursor !== null) {
    const query = { ...init.params?.query, ...(cursor !== undefined && { cursor }) }
    const { data, error } = await get(path, { ...init, params: { ...init.params, query } })
    if (error || !data) throw new ProblemError(error ?? emptyAnswer)
    yield data as PageOf<Path>
    cursor = data.next_cursor
  }
}

const emptyAnswer: Problem = {
  ...{ type: 'about:blank', title: 'An empty answer', status: 200, code: 'unexpected_answer', request_id: '' },
  detail: 'The answer holds nothing. Something between here and the API may have changed it.',
}

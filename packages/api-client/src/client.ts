import createFetchClient, { type Client } from 'openapi-fetch'
import { type CursorPath, type PageOf, type PagesInit, readPages } from './pages.ts'
import { type FollowRunOptions, followRun } from './runs.ts'
import type { paths, Run } from './schema.ts'
import { createSend, type GetToken, type Send } from './send.ts'
import { type StreamOptions, streamTimeline } from './stream.ts'

/*
 * A typed client of the timeline API. Every HTTP answer is `{ data, error, response }` as openapi-fetch gives it: `data` is what the route's schema says, `error` a
 * problem, exactly one of them is there. Only where no answer came at all (no network, aborted) a call throws, as `fetch` does.
 */

export type ApiClientOptions = {
  /** Where the API is; a trailing slash does not matter. */
  baseUrl: string
  getToken: GetToken
  /** Told when the API refused a new token too: time to sign in again. */
  onSignedOut?: () => void
  /** In place of the platform's `fetch`. */
  fetch?: Send
}

export type ApiClient = Pick<Client<paths>, 'GET' | 'POST' | 'PATCH' | 'DELETE'> & {
  /** Pages of a list, until the last one: `for await (const page of api.pages('/v1/timeline', { params: { query: { limit: 200 } } }))`. Throws a ProblemError. */
  pages<Path extends CursorPath>(path: Path, init?: PagesInit<Path>): AsyncGenerator<PageOf<Path>, void>
  /** Follows the timeline until `signal` aborts; see {@link streamTimeline}. */
  streamTimeline(options: StreamOptions): Promise<void>
  /** Waits for a run to be done or to fail, and gives it; see {@link followRun}. */
  followRun(id: string, options?: FollowRunOptions): Promise<Run>
}

/** Makes a client. It holds nothing open and needs no closing. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const send = createSend(options)
  const client = createFetchClient<paths>({ baseUrl: options.baseUrl, fetch: send })
  return {
    ...{ GET: client.GET, POST: client.POST, PATCH: client.PATCH, DELETE: client.DELETE },
    pages: (path, init) => readPages(client, path, init),
    streamTimeline: stream => streamTimeline(client, stream),
    followRun: (id, follow) => followRun(client, id, follow),
  }
}

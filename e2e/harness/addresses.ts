import { z } from 'zod'

const apiDocument = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) })

/** Ids by the place they take in a path: `connections/{id}`. */
export type Ids = Record<string, string>

/** What some routes cannot do without. */
const queries: Record<string, string> = {
  '/v1/timeline/export': '?format=ndjson',
  '/v1/timeline/summary': '?time_zone=UTC',
  '/v1/timeline/filters/records': '?q=only',
}

export type Address = { path: string; address: string; hasIds: boolean }

/**
 * Every address that answers GET, by the API's own document, with ids in the places of its parameters; streams, the browser's callback and
 * downloads by a single-use ticket are left out.
 * Throws for a parameter it has no id for, so that a new route cannot be overlooked.
 */
export async function addressesOf(apiUrl: string, ids: Ids): Promise<Address[]> {
  const response = await fetch(`${apiUrl}/openapi.json`)
  const { paths } = apiDocument.parse(await response.json())
  return Object.entries(paths)
    .filter(([path, operations]) => 'get' in operations && !/\/(stream|callback|\{ticket\})$/.test(path))
    .map(([path]) => {
      let address = path
      for (const [place, id] of Object.entries(ids)) address = address.replace(place, place.replace(/\{\w+\}/, id))
      if (address.includes('{')) throw new Error(`No id is known for ${path}: add one.`)
      return { path, address: address + (queries[path] ?? ''), hasIds: address !== path }
    })
}

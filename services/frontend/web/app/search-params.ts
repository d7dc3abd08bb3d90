/*
 * How a page's state stands in its address: `?category=task&category=meeting&q=acme`, as people and other programs write it. A parameter that is there once is a
 * text, one that is there more often a list; each route says by its schema what it makes of that.
 */
import { z } from 'zod/mini'

export function parseSearch(search: string): Record<string, string | string[]> {
  // By way of a map: names such as `constructor` are there in every object.
  const given = new Map<string, string | string[]>()
  for (const [name, value] of new URLSearchParams(search)) {
    const before = given.get(name)
    given.set(name, before === undefined ? value : [before, value].flat())
  }
  return Object.fromEntries(given)
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') params.append(name, String(one))
    }
  }
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}

/** A parameter that may be there several times. */
export const listParam = z.optional(
  z.pipe(
    z.union([z.string(), z.array(z.string())]),
    z.transform((given: string | string[]) =>
      [given]
        .flat()
        .flatMap(one => one.split(','))
        .filter(one => one !== ''),
    ),
  ),
)

/** A parameter of which the last one counts. */
export const textParam = z.optional(
  z.pipe(
    z.union([z.string(), z.array(z.string())]),
    z.transform((given: string | string[]) => [given].flat().at(-1) ?? ''),
  ),
)

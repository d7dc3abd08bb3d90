import type { AttioResult } from './result.ts'

/** Far above what any workspace holds; stops a server that ignores `offset`. */
const MOST_PAGES = 200

/**
 * Every page of a list that takes `limit` and `offset`, as one result. A page shorter than asked for is the last. Each page is a
 * request of its own; the first that fails is the answer. `accurateAt` is the oldest page's.
 */
export async function allPages<T>(
  pageSize: number,
  page: (paging: { limit: number; offset: number }) => Promise<AttioResult<T[]>>,
): Promise<AttioResult<T[]>> {
  const all: T[] = []
  let accurateAt: Date | null = null
  for (let pages = 1; ; pages++) {
    const result = await page({ limit: pageSize, offset: all.length })
    if (!result.ok) return result
    all.push(...result.data)
    if (accurateAt === null || (result.accurateAt !== null && result.accurateAt < accurateAt)) accurateAt = result.accurateAt
    if (result.data.length < pageSize || pages === MOST_PAGES) return { ...result, data: all, accurateAt }
  }
}

interface Version<T> {
  from: number
  value: T | null
}

/** Versions older than this are dropped once a newer one exists: reads never lag further behind. */
const keepFor = 15 * 60_000

export interface Table<T> {
  /** The row as it was at `at` (epoch ms); the present one without it. */
  get(id: string, at?: number): T | undefined
  /** All rows as of `at`, in the order they were first put. */
  all(at?: number): T[]
  put(id: string, value: T, at: number): void
  remove(id: string, at: number): boolean
  readonly size: number
}

/** Rows that remember what they were, so that reads can lag behind writes. Rows are never changed in place. */
export function createTable<T>(): Table<T> {
  const rows = new Map<string, Version<T>[]>()
  let living = 0

  const read = (versions: Version<T>[] | undefined, at?: number): T | undefined => {
    if (versions === undefined) return undefined
    const version = at === undefined ? versions.at(-1) : versions.findLast(candidate => candidate.from <= at)
    return version?.value ?? undefined
  }

  const write = (id: string, value: T | null, at: number) => {
    const old = rows.get(id) ?? []
    const firstNeeded = old.findLastIndex(version => version.from <= at - keepFor)
    rows.set(id, [...old.slice(Math.max(firstNeeded, 0)), { from: at, value }])
  }

  return {
    get: (id, at) => read(rows.get(id), at),
    all(at) {
      const found: T[] = []
      for (const versions of rows.values()) {
        const value = read(versions, at)
        if (value !== undefined) found.push(value)
      }
      return found
    },
    put(id, value, at) {
      if (read(rows.get(id)) === undefined) living += 1
      write(id, value, at)
    },
    remove(id, at) {
      if (read(rows.get(id)) === undefined) return false
      living -= 1
      write(id, null, at)
      return true
    },
    get size() {
      return living
    },
  }
}

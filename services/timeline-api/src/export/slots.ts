/** Counts the exports under way of each person in this process, so that nobody keeps the database busy for everybody else. */
export type ExportSlots = {
  /** Takes a slot; null when all are taken. Call what it gives once the export is over. */
  take(holder: string): (() => void) | null
}

export const exportsAtOnce = 2

export function createExportSlots(): ExportSlots {
  const taken = new Map<string, number>()
  return {
    take(holder) {
      const before = taken.get(holder) ?? 0
      if (before >= exportsAtOnce) return null
      taken.set(holder, before + 1)
      return () => {
        const left = (taken.get(holder) ?? 1) - 1
        if (left === 0) taken.delete(holder)
        else taken.set(holder, left)
      }
    },
  }
}

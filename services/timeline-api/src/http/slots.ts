/** Counts what each person has under way of one kind in this process, so that nobody keeps it busy for everybody else. */
export type Slots = {
  /** Takes a slot; null when all are taken. Call what it gives once, when what it was taken for is over. */
  take(holder: string): (() => void) | null
}

export function createSlots(atOnce: number): Slots {
  const taken = new Map<string, number>()
  return {
    take(holder) {
      const before = taken.get(holder) ?? 0
      if (before >= atOnce) return null
      taken.set(holder, before + 1)
      return () => {
        const left = (taken.get(holder) ?? 1) - 1
        if (left === 0) taken.delete(holder)
        else taken.set(holder, left)
      }
    },
  }
}

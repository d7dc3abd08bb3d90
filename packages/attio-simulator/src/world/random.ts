import { createHash } from 'node:crypto'

export interface Random {
  /** A number in [0, 1). */
  next(): number
  pick<T>(items: readonly [T, ...T[]]): T
  /** An integer in [from, to]. */
  between(from: number, to: number): number
}

/** A small seeded generator (mulberry32): the same seed gives the same sequence on every machine. */
export function createRandom(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0)
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  return {
    next,
    pick: items => items[Math.floor(next() * items.length)] ?? items[0],
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
  }
}

import { type ComponentType, type ReactNode, useEffect, useState } from 'react'

/*
 * Parts of the app that few visits need are loaded when they are wanted. One may not be there: the network is away, or a release has taken its place since
 * the page was opened.
 */

const listeners = new Set<() => void>()
const failures = new WeakSet<Error>()
// https://vite.dev/guide/build#load-error-handling
addEventListener('vite:preloadError', event => void failures.add(event.payload))

/** Whether an error is that a part of the app could not be loaded. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && failures.has(error)
}

/** Tells whenever something that was wanted could not be loaded. */
export function onMissing(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Loads what somebody wants to see now. Null where it cannot be loaded, which is told. */
export async function wanted<T>(load: () => Promise<T>): Promise<T | null> {
  try {
    return await load()
  } catch {
    for (const tell of listeners) tell()
    return null
  }
}

/** A component that is loaded when it is first drawn, with `meanwhile` in its place. Drawn again after it was missing, it is asked for again. */
export function late<Props extends object>(load: () => Promise<{ default: ComponentType<Props> }>, meanwhile: ReactNode = null) {
  let known: ComponentType<Props> | null = null
  return function Late(props: Props) {
    const [Loaded, setLoaded] = useState<ComponentType<Props> | null>(() => known)
    useEffect(() => {
      if (Loaded) return
      let isHere = true
      void wanted(load).then(module => {
        known = module?.default ?? null
        if (isHere) setLoaded(() => known)
      })
      return () => {
        isHere = false
      }
    }, [Loaded])
    return Loaded ? <Loaded {...props} /> : meanwhile
  }
}

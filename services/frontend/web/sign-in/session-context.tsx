import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'
import type { Session, SessionState } from './session.ts'

const Context = createContext<Session | null>(null)

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <Context value={session}>{children}</Context>
}

export function useSession(): { session: Session; state: SessionState } {
  const session = useContext(Context)
  if (!session) throw new Error('useSession is used outside of SessionProvider.')
  return { session, state: useSyncExternalStore(session.subscribe, session.state) }
}

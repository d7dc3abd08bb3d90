import { useSessionStorage } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { z } from 'zod/mini'

/** What the browser came back from Attio with: kept, through a reload too, until it was dismissed; the address forgets it at once. */
const returned = z.union([
  z.object({ outcome: z.literal('connected'), connectionId: z.string() }),
  z.object({ outcome: z.literal('failed'), code: z.string() }),
])
export type Returned = z.infer<typeof returned>

export function useReturned(): [Returned | null, dismiss: () => void] {
  const { connected, error } = useSearch({ from: '/integrations/attio/' })
  const navigate = useNavigate()
  const [kept, setKept, forget] = useSessionStorage<Returned | null>({
    key: 'worksights.returned-from-attio',
    defaultValue: null,
    getInitialValueInEffect: false,
    deserialize: read,
  })
  useEffect(() => {
    if (connected) setKept({ outcome: 'connected', connectionId: connected })
    else if (error) setKept({ outcome: 'failed', code: error })
    else return
    void navigate({ to: '/integrations/attio', search: {}, replace: true })
  }, [connected, error, navigate, setKept])
  return [kept, forget]
}

function read(text: string | undefined): Returned | null {
  try {
    return returned.safeParse(JSON.parse(text ?? 'null')).data ?? null
  } catch {
    return null
  }
}

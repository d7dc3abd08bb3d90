import { useSessionStorage } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect } from 'react'
import { z } from 'zod/mini'

// Anybody may make such an address: what stands there is shown only where it can be a code of the API's, and no sentence.
const apiCode = /^[a-z_]{1,40}$/

/** What the browser came back from Attio with: kept, through a reload too, until it was dismissed; the address forgets it at once. */
const returned = z.union([
  z.object({ outcome: z.literal('connected'), connectionId: z.string() }),
  z.object({ outcome: z.literal('failed'), code: z.string().check(z.regex(apiCode)) }),
])
type Returned = z.infer<typeof returned>

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
    else if (error) setKept({ outcome: 'failed', code: apiCode.test(error) ? error : 'unknown' })
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

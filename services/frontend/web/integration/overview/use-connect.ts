import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'
import { dataOf } from '../../api/answers.ts'
import { useApi } from '../../api/context.tsx'
import { tellFailed } from '../../components/notify.ts'

/** Leaves for Attio's consent page, which sends the browser back to Overview. `isLeaving` until the page is gone. */
export function useConnect(): { connect: () => void; isLeaving: boolean } {
  const api = useApi()
  const { mutate, reset, isPending, isSuccess } = useMutation({
    // With the cookie that binds the attempt to this browser.
    mutationFn: () => dataOf(api.POST('/v1/integrations/attio/authorize', { credentials: 'include' })),
    onSuccess: ({ authorize_url }) => location.assign(authorize_url),
    onError: tellFailed,
  })
  useEffect(() => {
    // Going back from Attio may show this page as it was left.
    const comeBack = ({ persisted }: PageTransitionEvent) => persisted && reset()
    addEventListener('pageshow', comeBack)
    return () => removeEventListener('pageshow', comeBack)
  }, [reset])
  return { connect: () => mutate(), isLeaving: isPending || isSuccess }
}

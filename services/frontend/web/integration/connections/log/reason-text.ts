import { useTranslation } from 'react-i18next'
import { readReasons } from './reasons.ts'

/** A reason of the log in sentences; empty for none. With `inFull` the API's own words follow where they say more. */
export function useReasonText({ inFull = false } = {}): (reason: string | null) => string {
  const { t } = useTranslation('connections')
  return reason =>
    readReasons(reason)
      .map(({ key, words }) => {
        if (key === null) return words
        const sentence = t(`reason.${key}`)
        return inFull && words !== null ? `${sentence} (${words})` : sentence
      })
      .join('; ')
}

import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'

/** Calls the tab, and its place in the history, by what it shows: `Users · Attio · WorkSights`. */
export function usePageTitle(...names: string[]): void {
  const { t } = useTranslation('shell')
  const title = [...names, t('name')].join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
}

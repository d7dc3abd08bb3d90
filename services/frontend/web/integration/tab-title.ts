import { useTranslation } from 'react-i18next'
import { usePageTitle } from '../components/use-page-title.ts'

/** `Users · Attio · WorkSights`, or what is shown of a tab: `Northwind Traders · Connections · Attio · WorkSights`. */
export function useTabTitle(tab: 'overview' | 'users' | 'features' | 'connections', within?: string): void {
  const { t } = useTranslation('integration')
  usePageTitle(...(within === undefined ? [] : [within]), t(tab), t('title'))
}

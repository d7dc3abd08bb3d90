import type { Run } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { runs } from '../../strings/en/runs.ts'

/** What a step is called; one this app does not know yet keeps the API's name. */
export function useStepName(kind: Run['kind']): (step: string) => string {
  const { t } = useTranslation('runs')
  const has = <Names extends object>(names: Names, step: string): step is Extract<keyof Names, string> => Object.hasOwn(names, step)
  return step => {
    if (kind === 'erase' && has(runs.erasing, step)) return t(`erasing.${step}`)
    return has(runs.steps, step) ? t(`steps.${step}`) : step
  }
}

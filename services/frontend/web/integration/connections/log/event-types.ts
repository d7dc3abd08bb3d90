import { useTranslation } from 'react-i18next'
import { connections } from '../../../strings/en/connections.ts'

type Key = keyof typeof connections.type

const keys = Object.keys(connections.type) as Key[]

/** Attio's event types that have a name here. */
export const knownTypes: string[] = keys.map(key => key.replace('_', '.'))

/** What an event of a type is called; one of tomorrow keeps Attio's word. */
export function useTypeName(): (type: string) => string {
  const { t } = useTranslation('connections')
  return type => {
    const key = keys.find(known => known.replace('_', '.') === type)
    return key ? t(`type.${key}`) : type
  }
}

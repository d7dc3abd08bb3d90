import { Badge } from '@mantine/core'
import { IconLock, IconQuestionMark, IconWorld } from '@tabler/icons-react'
import type { List } from '@worksights/api-client'
import { useTranslation } from 'react-i18next'
import { isPrivate, type ListChange } from './lists.ts'
import classes from './lists-table.module.css'
import { ShownSwitch } from './shown-switch.tsx'

const icons = { workspace: IconWorld, private: IconLock, unknown: IconQuestionMark } as const

export function ListsTable({
  caption,
  lists,
  isAdmin,
  onChange,
}: {
  caption: string
  lists: readonly List[]
  isAdmin: boolean
  onChange: (change: ListChange) => void
}) {
  const { t } = useTranslation('features')
  return (
    <div className={classes.frame}>
      <table className={classes.table}>
        <caption className={classes.caption}>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{t('columns.list')}</th>
            <th scope="col" className={classes.holds}>
              {t('columns.holds')}
            </th>
            <th scope="col">{t('columns.access')}</th>
            <th scope="col" className={classes.shown}>
              {t('columns.shown')}
            </th>
          </tr>
        </thead>
        <tbody>
          {lists.map(list => {
            const Icon = icons[list.access]
            const name = list.name ?? (list.shown ? t('noName') : t('hiddenName'))
            return (
              <tr key={list.id}>
                <th scope="row">
                  <span className={classes.name}>
                    {name}
                    {list.deleted && (
                      <Badge variant="light" color="gray" size="sm" tt="none">
                        {t('deleted')}
                      </Badge>
                    )}
                  </span>
                </th>
                <td className={classes.holds}>{list.objects.join(', ')}</td>
                <td>
                  <span className={classes.access}>
                    <Icon size={16} stroke={1.6} aria-hidden="true" />
                    {t(`access.${list.access}`)}
                  </span>
                </td>
                <td className={classes.shown}>
                  {isPrivate(list) ? (
                    <ShownSwitch
                      checked={list.shown}
                      disabled={!isAdmin}
                      onChange={event => onChange({ list, shown: event.currentTarget.checked })}
                      aria-label={t('show', { list: name })}
                      className={classes.switch}
                    />
                  ) : (
                    t(list.shown ? 'shown' : 'hidden')
                  )}
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

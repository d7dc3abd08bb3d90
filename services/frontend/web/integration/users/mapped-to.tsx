import { Button } from '@mantine/core'
import type { Member, User } from '@worksights/api-client'
import { Trans, useTranslation } from 'react-i18next'
import classes from './mapped-to.module.css'

/** Whom a member is mapped to and by what; who it may be where that is nobody. */
export function MappedTo({ member, suggested, onMap }: { member: Member; suggested: User | undefined; onMap: (user: User) => void }) {
  const { t } = useTranslation('users')
  const { state, mapping, user } = member
  if (state === 'mapped' && user) {
    return (
      <span className={classes.mapped}>
        <span>
          <span className={classes.label}>{t('columns.user')} </span>
          {user.name ?? user.email}
        </span>
        {/* Mapped by e-mail, it is the one that the member's own column shows. */}
        <span className={classes.how}>{user.name && mapping === 'manual' ? `${user.email} · ${how()}` : how()}</span>
      </span>
    )
  }
  return (
    <span className={classes.mapped}>
      <span className={classes.state} data-state={state}>
        {t(`states.${state}`)}
      </span>
      <span className={classes.how}>{how()}</span>
      {suggested && (
        <span className={classes.suggested}>
          <span>
            <Trans
              t={t}
              i18nKey="suggested"
              values={{ name: suggested.name ?? suggested.email, email: suggested.email }}
              components={{ b: <strong /> }}
            />
          </span>
          <Button size="compact-xs" variant="light" onClick={() => onMap(suggested)}>
            {t('mapTo', { name: suggested.name ?? suggested.email })}
          </Button>
        </span>
      )}
    </span>
  )

  function how(): string {
    if (state === 'excluded') return t('how.excluded')
    if (state === 'mapped') return t(`how.mapped.${mapping === 'manual' ? 'manual' : 'auto'}`)
    return t(`how.unmapped.${mapping === 'none' ? 'none' : 'auto'}`)
  }
}

import { useLocalStorage, useSessionStorage } from '@mantine/hooks'
import { IconAlertTriangle, IconEyeOff, IconInfoCircle, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useMe } from '../../api/me.ts'
import { useOverview } from '../use-overview.ts'
import classes from './notices.module.css'
import { type Notice, noticesOf } from './notices-of.ts'

/** What a reader of the timeline should know: that something is hidden, missing, or about to be. */
export function TimelineNotices() {
  const { t } = useTranslation('notices')
  const { isAdmin } = useMe()
  const overview = useOverview()
  const [dismissed, setDismissed] = useSessionStorage<string[]>({
    key: 'worksights.dismissed',
    defaultValue: [],
    getInitialValueInEffect: false,
  })
  const [usualHeight, setUsualHeight] = useLocalStorage({
    key: 'worksights.notices-height',
    defaultValue: 0,
    getInitialValueInEffect: false,
  })
  const section = useRef<HTMLElement>(null)
  const shown = overview.data && noticesOf(overview.data, isAdmin).filter(({ key }) => !dismissed.includes(key))
  useEffect(() => {
    if (shown) setUsualHeight(section.current?.offsetHeight ?? 0)
  }, [shown?.length, setUsualHeight])
  // What was there last time is likely to be there again: its place is kept, so that nothing below it jumps.
  if (!shown && overview.isPending && usualHeight > 0) return <div style={{ blockSize: usualHeight }} />
  if (!shown || shown.length === 0) return null
  return (
    <section ref={section} aria-label={t('label')}>
      <ul className={classes.notices}>
        {shown.map(notice => (
          <OneNotice key={notice.key} notice={notice} isAdmin={isAdmin} onDismiss={() => setDismissed([...dismissed, notice.key])} />
        ))}
      </ul>
    </section>
  )
}

const icons = { trouble: IconAlertTriangle, warning: IconAlertTriangle, info: IconInfoCircle }

function OneNotice({ notice, isAdmin, onDismiss }: { notice: Notice; isAdmin: boolean; onDismiss: () => void }) {
  const { t } = useTranslation('notices')
  const Icon = notice.about.what === 'hidden' ? IconEyeOff : icons[notice.level]
  return (
    <li className={classes.notice} data-level={notice.level}>
      <Icon size={16} stroke={1.8} aria-hidden="true" className={classes.icon} />
      <p className={classes.text} role={notice.level === 'trouble' ? 'alert' : 'status'}>
        <NoticeText about={notice.about} isAdmin={isAdmin} />
      </p>
      {!isAdmin ? null : notice.about.what === 'hidden' ? (
        <Link to="/integrations/attio/users" search={{ state: 'unmapped' }} className={classes.link}>
          {t('map')}
        </Link>
      ) : (
        <Link to="/integrations/attio" className={classes.link}>
          {t('overview')}
        </Link>
      )}
      {notice.dismissable && (
        <button type="button" className={classes.dismiss} aria-label={t('dismiss')} title={t('dismiss')} onClick={onDismiss}>
          <IconX size={14} aria-hidden="true" />
        </button>
      )}
    </li>
  )
}

function NoticeText({ about, isAdmin }: { about: Notice['about']; isAdmin: boolean }) {
  const { t } = useTranslation(['notices', 'shared'])
  if (about.what === 'permissions') return t('permissions', about)
  if (about.what === 'hidden') {
    const people = t('shared:count.people', { count: about.people })
    return t('hidden', { people, activities: t('shared:count.activities', { count: about.activities }) })
  }
  const { state, workspace, explanation, losing } = about
  const said = t(`state.${state}`, { workspace })
  if (state === 'disconnected') return said
  if (isAdmin) return explanation ? `${said} ${explanation}` : said
  return [said, losing && t('losing'), t('tellAdmin')].filter(Boolean).join(' ')
}

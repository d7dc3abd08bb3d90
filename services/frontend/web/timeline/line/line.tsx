import { IconChevronRight } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import type { Activity } from '@worksights/api-client'
import type { MouseEvent } from 'react'
import { PersonAvatar } from '../../components/person-avatar.tsx'
import timeClasses from '../../components/relative-time.module.css'
import { clockTime, exactTime, relativeTime, useNow } from '../../components/relative-time.tsx'
import { locale } from '../../strings/i18n.ts'
import { Hint } from './hint.tsx'
import { KindMark } from './kind-mark.tsx'
import classes from './line.module.css'
import { Breadcrumb, Name } from './names.tsx'
import { t } from './text.ts'
import { Values } from './values.tsx'
import { actorOf, apart, detailOf, othersOf, shownName, valuesOf } from './wording.ts'

type LineProps = {
  line: Activity
  isOpen?: boolean
  /** Opens and closes what there is to see of it below; absent where that is always open. */
  onToggle?: ((id: string) => void) | undefined
  /** Loads what an opened line shows before it is asked for. */
  onNear?: (() => void) | undefined
}

/** Ids of a line's parts, for whatever names itself by them. */
export const partsOf = (id: string) => ({ sentence: `sentence-${id}`, detail: `detail-${id}`, more: `more-${id}` })

/** One line: who did what to what, and when. Its sentence is for whoever has it read out; what is drawn says the same. */
export function Line({ line, isOpen = false, onToggle, onNear }: LineProps) {
  const actor = actorOf(line)
  return (
    <div className={classes.line}>
      <KindMark kind={line.kind} category={line.category} />
      <PersonAvatar name={actor ?? ''} url={line.actor.avatar_url} size={32} />
      <div className={classes.words}>
        <p className={classes.what}>
          <span id={partsOf(line.id).sentence} className={classes.spoken}>
            {line.summary}
          </span>
          <bdi className={classes.actor} aria-hidden="true">
            {actor === null ? t('somebody') : shownName(actor)}
          </bdi>
          <Breadcrumb line={line} />
        </p>
        <Second line={line} />
      </div>
      <div className={classes.end}>
        <When line={line} />
        <OpenButton line={line} isOpen={isOpen} onToggle={onToggle} onNear={onNear} />
      </div>
    </div>
  )
}

const dayMs = 24 * 3_600_000

/** When it was, as a link to the line alone. A plain one: the router's own weighs as much as the rest of the line. */
function When({ line }: { line: Activity }) {
  const router = useRouter()
  const now = useNow()
  const relative = relativeTime(line.occurred_at, now)
  const isOld = now - Date.parse(line.occurred_at) > dayMs
  const exact = exactTime(line.occurred_at)
  const href = `/activities/${line.id}`
  const go = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    void router.navigate({ href })
  }
  return (
    <a href={href} onClick={go} className={classes.when} aria-label={t('time', { relative, exact })}>
      <time dateTime={line.occurred_at} data-exact={exact} className={timeClasses.time}>
        {relative}
        {isOld && <span className={classes.clock}> · {clockTime(line.occurred_at)}</span>}
      </time>
    </a>
  )
}

/** As many attributes are told at once; the others when the line is opened. */
const mostChanges = 2

/** What the first line leaves out: the detail, values before and after, who and what else took part. */
function Second({ line }: { line: Activity }) {
  const detail = detailOf(line)
  const known = line.changes.flatMap(change => ({ change, values: valuesOf(change) ?? [] })).filter(({ values }) => values.length > 0)
  const others = othersOf(line)
  if (!detail && known.length === 0 && others.length === 0 && line.participants.length === 0 && !line.late) return null
  return (
    <div className={classes.second}>
      <span id={partsOf(line.id).detail} className={classes.detail}>
        {detail && <span className={classes.text}>{detail}</span>}
        {known.slice(0, mostChanges).map(({ change, values }) => (
          <span key={change.attribute_id ?? change.title} className={classes.change}>
            {line.changes.length > 1 && <span>{change.title}</span>}
            <Values values={values} />
          </span>
        ))}
        {others.length > 0 && (
          <span>
            {t(line.category === 'task' ? 'for' : 'about')}{' '}
            {others.map(({ id, name, name_state }, index) => (
              <span key={id}>
                {index > 0 && ', '}
                <Name name={name} state={name_state} />
              </span>
            ))}
          </span>
        )}
      </span>
      {line.participants.length > 0 && <Participants line={line} />}
      {line.late && (
        <Hint text={t('lateWhy')}>
          <span className={classes.late}>{t('late')}</span>
        </Hint>
      )}
    </div>
  )
}

function OpenButton({ line, isOpen, onToggle, onNear }: LineProps) {
  if (!onToggle) return null
  const label = line.fields > 0 ? t('fields', { count: line.fields }) : t('details')
  return (
    <button
      type="button"
      className={classes.open}
      aria-expanded={isOpen}
      aria-controls={isOpen ? partsOf(line.id).more : undefined}
      aria-label={t('detailsOf', { label, summary: line.summary })}
      onClick={() => onToggle(line.id)}
      onPointerEnter={onNear}
      onFocus={onNear}
    >
      <span className={line.fields > 0 ? undefined : classes.quiet}>{label}</span>
      <IconChevronRight size={14} stroke={1.8} aria-hidden="true" />
    </button>
  )
}

function Participants({ line }: { line: Activity }) {
  const names = line.participants.map(({ name }) => (name === null ? t('somebody') : apart(shownName(name))))
  return (
    <span className={classes.participants}>
      <span className={classes.faces} aria-hidden="true">
        {line.participants.slice(0, 3).map(({ member_id, name }) => (
          <PersonAvatar key={member_id} name={name ?? ''} size={18} />
        ))}
      </span>
      {t('people', { names: new Intl.ListFormat(locale, { type: 'conjunction' }).format(names) })}
    </span>
  )
}

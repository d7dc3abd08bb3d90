import { Progress, Text, VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleMinus, IconCircleX, IconLoader2 } from '@tabler/icons-react'
import type { Run } from '@worksights/api-client'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { RelativeTime } from '../../components/relative-time.tsx'
import { locale } from '../../strings/i18n.ts'
import classes from './run-progress.module.css'
import { countedStep, isOver, latestStep, standingOf, stepsOf } from './run-view.ts'
import { useStepName } from './step-name.ts'

const stepIcons = {
  waiting: IconCircleDashed,
  running: IconLoader2,
  done: IconCircleCheck,
  failed: IconCircleX,
  skipped: IconCircleMinus,
} as const

const standingIcons = {
  waiting: IconCircleDashed,
  running: IconLoader2,
  retrying: IconLoader2,
  done: IconCircleCheck,
  incomplete: IconAlertTriangle,
  failed: IconCircleX,
} as const

type Props = {
  run: Run
  /** Whose run it is, where several stand on a page. */
  workspace?: string
  /** Whether to say whose run it is: where it does not stand with its connection. */
  isNamed?: boolean
  /** Ways on. */
  children?: ReactNode
}

/** A long action: how it stands, its steps as they happen, what is counted, and what it ended with. */
export function RunProgress({ run, workspace, isNamed = false, children }: Props) {
  const { t } = useTranslation('runs')
  const stepName = useStepName(run.kind)
  const standing = standingOf(run)
  const Icon = standingIcons[standing]
  const latest = latestStep(run)
  const counted = countedStep(run)
  const said = t(`title.${run.kind}.${standing}`)
  const title = isNamed && workspace ? `${workspace}: ${said}` : said
  const kind = t(`kind.${run.kind}`)
  return (
    <section
      className={classes.run}
      data-standing={standing}
      aria-label={workspace ? `${kind}: ${workspace}` : kind}
      aria-busy={!isOver(run)}
    >
      <div className={classes.head}>
        <Icon size={20} stroke={1.8} className={classes.icon} data-state={standing} aria-hidden="true" />
        <Text fw={600} size="sm">
          {title}
          {run.finished_at && (
            <Text span size="xs" c="dimmed" ms={8} fw={400}>
              <RelativeTime iso={run.finished_at} />
            </Text>
          )}
        </Text>
      </div>
      <ol className={classes.steps}>
        {stepsOf(run).map(step => {
          const StepIcon = stepIcons[step.state]
          return (
            <li key={step.name} className={classes.step} data-state={step.state}>
              <StepIcon size={16} stroke={1.8} className={classes.icon} data-state={step.state} aria-hidden="true" />
              <span className={classes.name}>{stepName(step.name)}</span>
              <VisuallyHidden>{t(`step.${step.state}`)}</VisuallyHidden>
              <span className={classes.detail}>
                {step === counted ? <Counted run={run} name={stepName(step.name)} /> : step.detail !== run.error && step.detail}
              </span>
            </li>
          )
        })}
      </ol>
      {run.error && (
        <Text size="sm" className={classes.error}>
          {run.error}. {t(standing === 'retrying' ? 'again' : `afterFailure.${run.kind}`)}
        </Text>
      )}
      {children}
      <VisuallyHidden role="status">
        {title}. {latest && !isOver(run) && `${stepName(latest.name)}: ${t(`step.${latest.state}`)}. ${latest.detail ?? ''}`}
      </VisuallyHidden>
    </section>
  )
}

function Counted({ run, name }: { run: Run; name: string }) {
  const { t } = useTranslation('runs')
  const number = new Intl.NumberFormat(locale)
  if (run.total === null) return t('counted', { count: run.done, number: number.format(run.done) })
  const percent = run.total === 0 ? 100 : (run.done / run.total) * 100
  return (
    <span className={classes.counted}>
      <Progress value={percent} size="sm" aria-label={name} transitionDuration={200} flex={1} component="span" />
      <span className={classes.number}>{t('countedOf', { done: number.format(run.done), total: number.format(run.total) })}</span>
    </span>
  )
}

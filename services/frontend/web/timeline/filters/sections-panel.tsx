import { UnstyledButton } from '@mantine/core'
import { IconArrowLeft, IconChevronRight } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Section } from './change.ts'
import { ChoicesPanel } from './choices-panel.tsx'
import classes from './panel.module.css'
import { RecordPanel } from './record-panel.tsx'
import { sectionIcons } from './section-icons.ts'
import type { FiltersProps } from './timeline-filters.tsx'
import { useActive } from './use-active.ts'
import { WhenPanel } from './when-panel.tsx'

/** What is chosen in one filter. */
export function SectionPanel({ section, ...props }: FiltersProps & { section: Section }) {
  if (section === 'when') return <WhenPanel {...props} />
  if (section === 'record') return <RecordPanel {...props} />
  return <ChoicesPanel filter={section} {...props} />
}

/** Several filters, one at a time: a list of them, and each leads to its own panel and back. */
export function SectionsPanel({ sections, ...props }: FiltersProps & { sections: readonly Section[] }) {
  const { t } = useTranslation('filters')
  const active = useActive(props.filters)
  const [opened, setOpened] = useState<Section | null>(null)
  const [left, setLeft] = useState<Section | null>(null)
  const body = useRef<HTMLDivElement>(null)
  // The focus goes along: into the panel, and back to where it was opened.
  useEffect(() => {
    if (opened === null && left === null) return
    const goal = opened === null ? `[data-section="${left}"]` : '[data-autofocus], input, button'
    body.current?.querySelector<HTMLElement>(goal)?.focus()
  }, [opened, left])

  if (opened !== null) {
    return (
      <>
        <div className={classes.head}>
          <UnstyledButton
            className={classes.back}
            aria-label={t('back')}
            onClick={() => {
              setLeft(opened)
              setOpened(null)
            }}
          >
            <IconArrowLeft size={16} aria-hidden="true" />
          </UnstyledButton>
          {t(`names.${opened}`)}
        </div>
        <div ref={body}>
          <SectionPanel section={opened} {...props} />
        </div>
      </>
    )
  }
  return (
    <div ref={body} className={classes.sections}>
      {sections.map((section, place) => {
        const Icon = sectionIcons[section]
        const chosen = active.filter(one => one.section === section).map(one => one.name ?? '…')
        return (
          <UnstyledButton
            key={section}
            {...(place === 0 && { 'data-autofocus': true })}
            data-section={section}
            className={classes.section}
            onClick={() => setOpened(section)}
          >
            <Icon size={16} stroke={1.6} aria-hidden="true" />
            <span>{t(`names.${section}`)}</span>
            <span className={classes.sectionValue}>{chosen.join(', ')}</span>
            <IconChevronRight size={14} aria-hidden="true" />
          </UnstyledButton>
        )
      })}
    </div>
  )
}

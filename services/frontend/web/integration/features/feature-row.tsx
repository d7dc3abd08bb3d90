import { Text } from '@mantine/core'
import { IconCheckbox, IconNotes, IconPhone, IconTargetArrow, IconUsers } from '@tabler/icons-react'
import type { Feature } from '@worksights/api-client'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './feature-row.module.css'
import { ShownSwitch } from './shown-switch.tsx'

const icons = { crm: IconUsers, deals: IconTargetArrow, tasks: IconCheckbox, notes: IconNotes, calls: IconPhone } as const

/** An area: its switch, what it is about, a line as it would stand in the timeline, and how much there is. */
export function FeatureRow({ feature, isAdmin, onSwitch }: { feature: Feature; isAdmin: boolean; onSwitch: () => void }) {
  const { t } = useTranslation('features')
  const name = useId()
  const description = useId()
  const { title, enabled, example, activities_last_7_days: week } = feature
  return (
    <li className={classes.row} data-on={enabled}>
      <ShownSwitch
        checked={enabled}
        onChange={onSwitch}
        disabled={!isAdmin}
        size="md"
        aria-labelledby={name}
        aria-describedby={description}
        className={classes.switch}
      />
      <div className={classes.about}>
        <Text fw={600} component="h3" id={name}>
          {title}
        </Text>
        <Text size="sm" c="dimmed" id={description}>
          {feature.description}
        </Text>
      </div>
      <Example area={feature.area} title={example.title} detail={example.detail} />
      <Text size="sm" className={classes.week}>
        {t('week', { count: week })}
        {!enabled && <span className={classes.off}>{t('off')}</span>}
      </Text>
    </li>
  )
}

function Example({ area, title, detail }: { area: Feature['area'] } & Feature['example']) {
  const { t } = useTranslation('features')
  const Icon = icons[area]
  const parts = title.split(' > ')
  return (
    <figure className={classes.example}>
      <figcaption className={classes.caption}>{t('example')}</figcaption>
      <Icon size={18} stroke={1.6} aria-hidden="true" className={classes.icon} />
      <span>
        <span className={classes.title}>
          {parts.map((part, place) => (
            // The parts of one example do not move.
            <span key={part}>
              {place > 0 && <span className={classes.arrow}> › </span>}
              {part}
            </span>
          ))}
        </span>
        {detail && <span className={classes.detail}>{detail}</span>}
      </span>
    </figure>
  )
}

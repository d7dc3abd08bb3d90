import { Title } from '@mantine/core'
import { IconCircleCheck, IconCircleDashed, IconCircleMinus, IconCircleX, IconClock } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './delivery.module.css'

const icons = { done: IconCircleCheck, none: IconCircleMinus, waiting: IconCircleDashed, later: IconClock, failed: IconCircleX } as const

/** One step of a delivery's life. */
export function Step({ look, title, children }: { look: keyof typeof icons; title: string; children?: ReactNode }) {
  const Icon = icons[look]
  return (
    <li className={classes.step}>
      <Icon size={20} stroke={1.8} className={classes.icon} data-look={look} aria-hidden="true" />
      <div className={classes.content}>
        <Title order={3} className={classes.title}>
          {title}
        </Title>
        {children}
      </div>
    </li>
  )
}

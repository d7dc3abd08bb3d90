import {
  IconBolt,
  IconBuilding,
  IconCalendar,
  IconCategory,
  IconComponents,
  IconForms,
  IconLayoutGrid,
  IconList,
  IconTarget,
  IconUser,
} from '@tabler/icons-react'
import type { Section } from './change.ts'

export const sectionIcons = {
  user: IconUser,
  category: IconCategory,
  when: IconCalendar,
  feature: IconLayoutGrid,
  kind: IconBolt,
  object: IconComponents,
  attribute: IconForms,
  list: IconList,
  connection: IconBuilding,
  record: IconTarget,
} satisfies Record<Section, typeof IconUser>

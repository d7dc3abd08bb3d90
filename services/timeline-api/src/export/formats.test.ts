import { expect, test } from '@jest/globals'
import type { TimelineRow } from '@worksights/database'
import { csvColumns, toText } from './formats.ts'

const step = { at: '2026-11-24T09:00:00.000Z', event_id: '5a2f2f0e-64ce-5b0c-8a52-0f5a1f5ef4aa' }
const row = (changes: unknown[]): TimelineRow => ({
  ...{ id: 'id', kind: 'record.updated', category: 'default', feature: 'deals', title: 'Acme > Updated', breadcrumb: ['Acme', 'Updated'] },
  ...{
    detail: null,
    summary: 'Ada updated Acme.',
    changes,
    related: [],
    participants: [],
    subject: { type: 'record', id: 'r', name: 'Acme' },
  },
  ...{
    subjectNameNow: 'Acme Corp',
    memberId: 'ada',
    actorName: null,
    avatarUrl: null,
    userId: 'u',
    userName: null,
    userEmail: 'ada@example.com',
  },
  ...{
    url: null,
    nameState: 'known',
    occurredAt: new Date(0),
    lastEventAt: new Date(0),
    updatedAt: new Date(0),
    fieldCount: 1,
    eventCount: 1,
  },
  ...{ late: false, connectionId: 'c', workspaceName: 'CRM' },
})

test('the CSV tells what each attribute went through, and only its label where no values are kept', () => {
  const changes = [
    {
      attribute_id: 'a',
      title: 'Stage',
      steps: [
        { ...step, from: 'Lead', to: 'Won' },
        { ...step, from: 'Won', to: null },
      ],
    },
    { attribute_id: 'b', title: 'Name', steps: [step] },
  ]
  const [, line] = toText('csv', [row(changes)], true).split('\r\n')
  expect(line?.split(',')[csvColumns.indexOf('subject')]).toBe('Acme Corp')
  expect(line).toContain('"Stage: Lead → Won, Won → (empty); Name"')
})

test('later pages have no header and no mark of their own', () => {
  expect(toText('csv', [row([])], false)).toMatch(/^1970-01-01T00:00:00.000Z,,ada@example.com,default,deals,/)
  expect(toText('csv', [], false)).toBe('')
})

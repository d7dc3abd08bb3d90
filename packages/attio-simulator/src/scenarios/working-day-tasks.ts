import type { Meeting } from '../world/types.ts'
import type { WriteContext } from '../writes/context.ts'
import { createCallRecording, createMeeting } from '../writes/meetings.ts'
import { createTask, deleteTask, type TaskChanges, updateTask } from '../writes/tasks.ts'
import { idsOf, type Play, type Role, still } from './play.ts'
import type { Cast } from './working-day-records.ts'

export const link = (context: WriteContext, recordId: string) => ({
  objectId: still(context.workspace.records.get(recordId), 'A record').objectId,
  recordId,
})

export const alter = (taskId: string, changes: TaskChanges) => (context: WriteContext) =>
  idsOf.task(updateTask(context, still(context.workspace.tasks.get(taskId), 'A task'), changes))

/** Records a call of half an hour that has just ended. */
export const record = (title: string, recordIds: string[], participants: Meeting['participants']) => (context: WriteContext) => {
  const now = context.now()
  const meeting = createMeeting(context, {
    title,
    start: { datetime: new Date(now - 1_800_000).toISOString(), timezone: 'UTC' },
    end: { datetime: new Date(now).toISOString(), timezone: 'UTC' },
    participants,
    links: recordIds.map(id => link(context, id)),
  })
  return { meeting_id: meeting.id, call_recording_id: createCallRecording(context, { meetingId: meeting.id }).id }
}

/** A renewal task goes back and forth, another is dropped; two calls are recorded, one about nobody. */
export async function tasksAndCalls(play: Play, cast: Cast): Promise<void> {
  const { workspace } = play
  const participant = (role: Role, organizer: boolean): Meeting['participants'][number] => ({
    status: 'accepted',
    is_organizer: organizer,
    email_address: workspace.members.get(play.memberId(role))?.email ?? null,
  })

  const { task_id: renewal } = await play.step('create-renewal-task', 'ada', context =>
    idsOf.task(
      createTask(context, {
        content: 'Renewal - Acme Corp\nSend the renewal paperwork before Friday',
        links: [link(context, cast.acmeDeal), link(context, cast.acme)],
        assigneeIds: [play.memberId('grace')],
      }),
    ),
  )
  await play.step('set-renewal-deadline', 'grace', alter(renewal, { deadlineAt: Date.parse('2027-04-02T16:00:00Z') }))
  await play.step('complete-renewal-task', 'grace', alter(renewal, { completed: true }))
  await play.step('reopen-renewal-task', 'ada', alter(renewal, { completed: false }))
  const { task_id: venue } = await play.step('create-venue-task', 'edsger', context =>
    idsOf.task(createTask(context, { content: 'Book the venue' })),
  )
  await play.step('delete-venue-task', 'edsger', context => {
    const task = still(context.workspace.tasks.get(venue), 'A task')
    deleteTask(context, task)
    return idsOf.task(task)
  })

  const participants = [
    participant('ada', true),
    participant('grace', false),
    { ...participant('ada', false), email_address: 'buyer@acme.example' },
  ]
  await play.step('record-acme-call', 'ada', record('Q2 sync', [cast.acmeDeal, cast.acme], participants))
  await play.step('record-internal-call', 'katherine', record('Weekly stand-up', [], [participant('katherine', true)]))
}

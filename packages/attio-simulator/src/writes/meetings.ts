import { events } from '../world/events.ts'
import { freshId } from '../world/ids.ts'
import type { CallRecording, Meeting } from '../world/types.ts'
import type { WriteContext } from './context.ts'

export type NewMeeting = Pick<Meeting, 'title' | 'start' | 'end'> & Partial<Meeting>

/** Meetings fire no events in Attio. */
export function createMeeting(context: WriteContext, fields: NewMeeting): Meeting {
  const now = context.now()
  const meeting: Meeting = {
    id: freshId(),
    description: '',
    allDay: false,
    participants: [],
    links: [],
    createdBy: context.actor,
    createdAt: now,
    ...fields,
  }
  context.workspace.meetings.put(meeting.id, meeting, now)
  return meeting
}

export function createCallRecording(
  context: WriteContext,
  fields: Pick<CallRecording, 'meetingId'> & Partial<CallRecording>,
): CallRecording {
  const now = context.now()
  const recording: CallRecording = { id: freshId(), status: 'completed', createdBy: context.actor, createdAt: now, ...fields }
  context.workspace.recordings.put(recording.id, recording, now)
  context.emit(events.callRecordingCreated(context, recording))
  return recording
}

import { z } from 'zod'
import { nanoTime } from '../../world/time.ts'
import type { CallRecording, Meeting, MeetingMoment } from '../../world/types.ts'
import { requireObject, requireRecord, type Workspace } from '../../world/workspace.ts'
import { createCallRecording, createMeeting } from '../../writes/meetings.ts'
import { invalid, notFound } from '../errors.ts'
import { cursorPage, text } from '../paging.ts'
import { type Call, dataOf, type RouteTable } from '../route.ts'

export const meetingOutput = (workspace: Workspace, meeting: Meeting) => ({
  id: { workspace_id: workspace.id, meeting_id: meeting.id },
  title: meeting.title,
  description: meeting.description,
  is_all_day: meeting.allDay,
  start: meeting.start,
  end: meeting.end,
  participants: meeting.participants,
  linked_records: meeting.links.map(link => ({
    object_slug: workspace.objects.get(link.objectId)?.slug ?? '',
    object_id: link.objectId,
    record_id: link.recordId,
  })),
  created_at: nanoTime(meeting.createdAt),
  created_by_actor: meeting.createdBy,
})

export const recordingOutput = (workspace: Workspace, recording: CallRecording) => ({
  id: { workspace_id: workspace.id, meeting_id: recording.meetingId, call_recording_id: recording.id },
  status: recording.status,
  web_url: `https://app.attio.com/${workspace.slug}/calls/${recording.meetingId}/${recording.id}`,
  created_by_actor: recording.createdBy,
  created_at: nanoTime(recording.createdAt),
})

const moment = z.union([z.object({ datetime: z.string(), timezone: z.string().nullable().default('UTC') }), z.object({ date: z.string() })])
export const meetingBody = z.object({
  title: z.string(),
  description: z.string().default(''),
  start: moment,
  end: moment,
  is_all_day: z.boolean().default(false),
  participants: z.array(
    z.object({
      email_address: z.string().nullable(),
      is_organizer: z.boolean().default(false),
      status: z.enum(['accepted', 'tentative', 'declined', 'pending']).default('accepted'),
    }),
  ),
  linked_records: z.array(z.object({ object: z.string(), record_id: z.string() })).default([]),
})

export function meetingFields(workspace: Workspace, given: z.output<typeof meetingBody>) {
  return {
    title: given.title,
    description: given.description,
    start: given.start,
    end: given.end,
    allDay: given.is_all_day,
    participants: given.participants,
    links: given.linked_records.map(link => {
      const object = requireObject(workspace, link.object)
      return { objectId: object.id, recordId: requireRecord(workspace, object.id, link.record_id).id }
    }),
  }
}

const meetings = ['meeting:read', 'record_permission:read']
const recordings = ['meeting:read', 'call_recording:read']
const startOf = (start: MeetingMoment) => ('datetime' in start ? Date.parse(start.datetime) : Date.parse(start.date))
const limits = { standard: 50, most: 200 }

const meetingOf = ({ workspace, params, at }: Call): Meeting => {
  const meeting = workspace.meetings.get(params.meeting ?? '', at)
  if (meeting === undefined) throw notFound(`Meeting with ID "${params.meeting}" was not found.`)
  return meeting
}

const recordingOf = (call: Call, missing = `Call recording with ID "${call.params.recording}" was not found.`): CallRecording => {
  const recording = call.workspace.recordings.get(call.params.recording ?? '', call.at)
  if (recording === undefined || recording.meetingId !== call.params.meeting) throw notFound(missing)
  return recording
}

export function meetingRoutes(routes: RouteTable): void {
  routes.get('/meetings', { scopes: meetings }, ({ workspace, query, at }) => {
    const recordId = text(query, 'linked_record_id')
    const direction = text(query, 'sort') === 'start_desc' ? -1 : 1
    const found = workspace.meetings
      .all(at)
      .filter(meeting => recordId === undefined || meeting.links.some(link => link.recordId === recordId))
      .sort((left, right) => direction * (startOf(left.start) - startOf(right.start)))
    const { data, pagination } = cursorPage(found, query, limits)
    return { data: data.map(meeting => meetingOutput(workspace, meeting)), pagination }
  })
  routes.get('/meetings/:meeting', { scopes: meetings }, call => ({ data: meetingOutput(call.workspace, meetingOf(call)) }))
  routes.post(
    '/meetings',
    { scopes: ['meeting:read-write', 'record_permission:read'], statusKey: 'statusCode' },
    ({ workspace, body, writer }) => {
      const given = body(dataOf(meetingBody)).data
      if (given.participants.length === 0) throw invalid('No participants were provided.')
      return { data: meetingOutput(workspace, createMeeting(writer, meetingFields(workspace, given))) }
    },
  )
}

const speeches = [
  { speech: 'Thanks for making the time.', start_time: 0, end_time: 2.5, speaker: { name: 'Speaker 1' } },
  { speech: 'Shall we start with the renewal?', start_time: 2.5, end_time: 5, speaker: { name: 'Speaker 2' } },
]

export function callRecordingRoutes(routes: RouteTable): void {
  routes.get('/meetings/:meeting/call_recordings', { scopes: recordings }, call => {
    const meeting = meetingOf(call)
    const found = call.workspace.recordings.all(call.at).filter(recording => recording.meetingId === meeting.id)
    const { data, pagination } = cursorPage(found, call.query, limits)
    return { data: data.map(recording => recordingOutput(call.workspace, recording)), pagination }
  })
  routes.get('/meetings/:meeting/call_recordings/:recording', { scopes: recordings }, call => ({
    data: recordingOutput(call.workspace, recordingOf(call)),
  }))
  routes.get('/meetings/:meeting/call_recordings/:recording/transcript', { scopes: recordings }, call => {
    const output = recordingOutput(call.workspace, recordingOf(call))
    const raw = speeches.map(({ speech }) => speech).join(' ')
    return {
      data: { id: output.id, transcript: speeches, raw_transcript: raw, web_url: output.web_url },
      pagination: { next_cursor: null },
    }
  })
  routes.post('/meetings/:meeting/call_recordings', { scopes: ['meeting:read', 'call_recording:read-write'], limit: 1 }, call => {
    const meeting = call.workspace.meetings.get(call.params.meeting ?? '')
    if (meeting === undefined) throw notFound('The referenced meeting was not found.')
    const { video_url } = call.body(dataOf(z.object({ video_url: z.url() }))).data
    if (!video_url.startsWith('https:')) throw invalid('Invalid video URL protocol. Only https is supported')
    return { data: recordingOutput(call.workspace, createCallRecording(call.writer, { meetingId: meeting.id })) }
  })
  routes.delete('/meetings/:meeting/call_recordings/:recording', { scopes: ['meeting:read', 'call_recording:read-write'] }, call => {
    call.workspace.recordings.remove(recordingOf(call, 'The referenced call recording was not found.').id, call.writer.now())
    return undefined
  })
}

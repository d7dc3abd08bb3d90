import { z } from 'zod'
import { actor, attioId, flag, inData, moment, optionalText } from '../attio-fields.ts'
import type { CallOptions, Send } from '../transport.ts'

const meeting = z.object({
  id: z.object({ workspace_id: attioId, meeting_id: attioId }),
  title: optionalText,
  participants: z.array(z.object({ is_organizer: flag, email_address: optionalText })).catch([]),
  /** In Attio's order. */
  linked_records: z.array(z.object({ object_slug: optionalText, object_id: attioId, record_id: attioId })).catch([]),
  created_by_actor: actor,
  created_at: moment,
})
export type MeetingReply = z.infer<typeof meeting>

/** A recording without its transcript, which is never read. */
const callRecording = z.object({
  id: z.object({ workspace_id: attioId, meeting_id: attioId, call_recording_id: attioId }),
  /** `processing`, `completed` or `failed`. */
  status: optionalText,
  web_url: optionalText,
  created_by_actor: actor,
  created_at: moment,
})
export type CallRecordingReply = z.infer<typeof callRecording>

export function meetingCalls(send: Send) {
  return {
    getMeeting: (meetingId: string, options?: CallOptions) =>
      send(
        {
          method: 'GET',
          path: '/v2/meetings/{meeting_id}',
          params: { meeting_id: meetingId },
          schema: inData(meeting),
          scopes: ['meeting:read', 'record_permission:read'],
        },
        options,
      ),
    getCallRecording: (meetingId: string, callRecordingId: string, options?: CallOptions) =>
      send(
        {
          method: 'GET',
          path: '/v2/meetings/{meeting_id}/call_recordings/{call_recording_id}',
          params: { meeting_id: meetingId, call_recording_id: callRecordingId },
          schema: inData(callRecording),
          scopes: ['meeting:read', 'call_recording:read'],
        },
        options,
      ),
  }
}

import { eventId, lanesOf, pendingNames } from '@worksights/activity'
import type { AttioEvent } from '@worksights/attio'
import { type NewEvent, privateListReason } from '@worksights/database'
import type { Entry } from './batch.ts'
import { isNamesOnly } from './effects.ts'
import { factsOf, type Get } from './facts.ts'
import { detailsOf, type Label, type LabelRef, labelKey } from './labels/label.ts'
import type { KnownObjects } from './labels/objects.ts'
import { isMember, type KnownMember, type MemberLookup, memberByEmail } from './members.ts'
import { meetingRef, noteRef, objectRef, recordingRef, recordRef } from './wants.ts'

/*
 * What becomes of one event: a line (pending until it is projected), filtered or ignored with a reason, or, while something is unknown that decides
 * between these, another try later. The reasons are read by people in the connection log.
 */

export const reasons = {
  automation: 'automation',
  unknownMember: 'unknown member',
  privateList: privateListReason,
  namesOnly: 'refreshes names, makes no line',
} as const

/** `hiddenList` is the list the event was filtered for. */
export type Decision = { event: NewEvent; hiddenList?: string } | { retry: string }

export type Known = {
  get: Get
  members: MemberLookup
  objects: KnownObjects
  /** Of the lists that may forbid a line, those that do. */
  hiddenLists: ReadonlySet<string>
  windowMs: number
  /** Nothing is waited for any more: what is unknown is decided by the safe reading. */
  lastChance: boolean
}

/** How much earlier than its receipt an event can have happened: Attio retries for about three days. */
const maxLagMs = 4 * 24 * 60 * 60_000
const maxLeadMs = 5_000

/** The object whose area, noun or importance the event's line needs. */
function objectOf(event: AttioEvent): string | null {
  return event.event_type.startsWith('record.') && 'object_id' in event.id ? event.id.object_id : null
}

/** The list that may forbid the line. */
export function listOf(event: AttioEvent): string | null {
  if (event.event_type.startsWith('list-entry.') && 'list_id' in event.id) return event.id.list_id
  return 'list_id' in event && typeof event.list_id === 'string' ? event.list_id : null
}

type Owner = { member: KnownMember } | { filtered: string } | { ignored: string } | { retry: string }

/** Whose line it is. A recording made by Attio's recorder belongs to the member who created it, else to the organiser. */
function ownerOf(event: AttioEvent, known: Known): Owner {
  if (isMember(event.actor)) return memberOf(event.actor.id, known)
  if (event.event_type !== 'call-recording.created') return { filtered: reasons.automation }
  const recording = known.get(recordingRef(event.id.meeting_id, event.id.call_recording_id))
  const meeting = known.get(meetingRef(event.id.meeting_id))
  const creator = detailsOf(recording, 'call-recording')?.creator
  if (creator && isMember(creator)) return memberOf(creator.id, known)
  const organizer = memberByEmail(known.members, detailsOf(meeting, 'meeting')?.organizerEmail ?? null)
  if (organizer) return { member: organizer }
  const undecided = recording.state === 'pending' || meeting.state === 'pending'
  return undecided && !known.lastChance ? { retry: 'who made the recording is not known yet' } : { filtered: reasons.automation }
}

function memberOf(id: string, known: Known): Owner {
  const member = known.members.byId.get(id)
  if (member) return { member }
  if (known.members.complete) return { ignored: reasons.unknownMember }
  // Hidden until a sync finds the member; who is none never shows.
  return known.lastChance ? { member: { id, name: null, emailFolded: null } } : { retry: 'the member is not known yet' }
}

/** How `pending_names` says that a name is there and is the one from before: `again/note/…`. */
export const again = (key: string) => `again/${key}`

/** What a line waits for beside the names its facts lack: names the event changed and that were not read anew in time, and the recording of a call. */
function awaitedBeside(event: AttioEvent, get: Get): string[] {
  const outdated = (ref: LabelRef) => (get(ref).outdated && get(ref).name !== null ? [again(labelKey(ref))] : [])
  switch (event.event_type) {
    case 'note.created':
    case 'note.updated':
      return outdated(noteRef(event.id.note_id))
    case 'record.updated':
      return outdated(recordRef(event.id.object_id, event.id.record_id))
    case 'call-recording.created': {
      const recording = recordingRef(event.id.meeting_id, event.id.call_recording_id)
      return get(recording).state === 'pending' ? [labelKey(recording)] : []
    }
    default:
      return []
  }
}

function happenedAt(event: AttioEvent, receivedAt: Date, get: Get): Date {
  if (event.event_type !== 'call-recording.created') return receivedAt
  return recordedAt(get(recordingRef(event.id.meeting_id, event.id.call_recording_id)), receivedAt)
}

/** When a call's line stands: at the recording's creation, as far as that can be. */
export function recordedAt(recording: Label, receivedAt: Date): Date {
  const createdAt = detailsOf(recording, 'call-recording')?.createdAt ?? null
  const lag = createdAt === null ? Number.NaN : receivedAt.getTime() - createdAt
  return createdAt !== null && lag <= maxLagMs && lag >= -maxLeadMs ? new Date(createdAt) : receivedAt
}

/** Decides one entry of a delivery. Pure: everything looked up is in `known`. */
export function decide(entry: Entry, known: Known): Decision {
  const { delivery, index, eventType, fingerprint, content } = entry
  const base = {
    id: eventId(delivery.id, index),
    deliveryId: delivery.id,
    deliveryIndex: index,
    eventType,
    fingerprint,
    lane: null,
    alsoLane: null,
    facts: null,
    pendingNames: [],
    receivedAt: delivery.receivedAt,
    happenedAt: delivery.receivedAt,
    windowMs: known.windowMs,
  }
  const ignored = (reason: string): Decision => ({ event: { ...base, state: 'ignored', reason } })
  const filtered = (reason: string): Decision => ({ event: { ...base, state: 'filtered', reason } })
  if ('ignored' in content) return ignored(content.ignored)
  const { event } = content
  if (isNamesOnly(event)) return ignored(reasons.namesOnly)

  const owner = ownerOf(event, known)
  if ('retry' in owner) return owner
  if ('filtered' in owner) return filtered(owner.filtered)
  if ('ignored' in owner) return ignored(owner.ignored)

  const listId = listOf(event)
  if (listId !== null && known.hiddenLists.has(listId)) return { ...filtered(reasons.privateList), hiddenList: listId }
  const objectId = objectOf(event)
  if (objectId !== null && known.get(objectRef(objectId)).state === 'pending' && !known.lastChance) {
    return { retry: 'the object is not known yet, so its feature area is not' }
  }

  const facts = factsOf({ event, actor: owner.member, ...known })
  if (!facts) return ignored(reasons.namesOnly)
  return {
    event: {
      ...base,
      ...lanesOf(facts),
      state: 'pending',
      reason: null,
      facts,
      pendingNames: [...pendingNames(facts), ...awaitedBeside(event, known.get)],
      happenedAt: happenedAt(event, delivery.receivedAt, known.get),
    },
  }
}

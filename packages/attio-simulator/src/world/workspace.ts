import { notFound } from '../api/errors.ts'
import { createTable, type Table } from './table.ts'
import type {
  Attribute,
  CallRecording,
  Comment,
  Entry,
  List,
  Meeting,
  Member,
  Note,
  ObjectType,
  RecordRow,
  Task,
  Webhook,
} from './types.ts'

/** One Attio workspace: an island of state. Nothing in it refers to another. */
export interface Workspace {
  id: string
  slug: string
  name: string
  createdAt: number
  members: Table<Member>
  objects: Table<ObjectType>
  attributes: Table<Attribute>
  records: Table<RecordRow>
  lists: Table<List>
  entries: Table<Entry>
  notes: Table<Note>
  tasks: Table<Task>
  comments: Table<Comment>
  meetings: Table<Meeting>
  recordings: Table<CallRecording>
  webhooks: Table<Webhook>
}

export function createEmptyWorkspace(fields: { id: string; slug: string; name: string; createdAt: number }): Workspace {
  return {
    ...fields,
    members: createTable(),
    objects: createTable(),
    attributes: createTable(),
    records: createTable(),
    lists: createTable(),
    entries: createTable(),
    notes: createTable(),
    tasks: createTable(),
    comments: createTable(),
    meetings: createTable(),
    recordings: createTable(),
    webhooks: createTable(),
  }
}

/** Finds an object by slug or id; else answers Attio's 404. */
export function requireObject(workspace: Workspace, slugOrId: string, at?: number): ObjectType {
  const found = workspace.objects.get(slugOrId, at) ?? workspace.objects.all(at).find(object => object.slug === slugOrId)
  if (found === undefined) throw notFound(`Object with slug/ID "${slugOrId}" not found.`)
  return found
}

/** Finds a list by slug or id; else answers Attio's 404. */
export function requireList(workspace: Workspace, slugOrId: string, at?: number): List {
  const found = workspace.lists.get(slugOrId, at) ?? workspace.lists.all(at).find(list => list.slug === slugOrId)
  if (found === undefined) throw notFound(`List with slug/ID "${slugOrId}" not found.`)
  return found
}

/** The attributes of one object or list, archived ones too, in the order they were made. */
export function attributesOf(workspace: Workspace, parentId: string, at?: number): Attribute[] {
  return workspace.attributes.all(at).filter(attribute => attribute.parentId === parentId)
}

export function findAttribute(workspace: Workspace, parentId: string, slugOrId: string, at?: number): Attribute | undefined {
  const byId = workspace.attributes.get(slugOrId, at)
  if (byId !== undefined) return byId.parentId === parentId ? byId : undefined
  return attributesOf(workspace, parentId, at).find(attribute => attribute.slug === slugOrId)
}

export function requireAttribute(workspace: Workspace, parentId: string, slugOrId: string, at?: number): Attribute {
  const found = findAttribute(workspace, parentId, slugOrId, at)
  if (found === undefined) throw notFound(`Attribute with slug/ID "${slugOrId}" not found.`)
  return found
}

/** Finds a record of the object by id; else answers Attio's 404. */
export function requireRecord(workspace: Workspace, objectId: string, recordId: string, at?: number): RecordRow {
  const found = workspace.records.get(recordId, at)
  if (found === undefined || found.objectId !== objectId) throw notFound(`Record with ID "${recordId}" not found.`)
  return found
}

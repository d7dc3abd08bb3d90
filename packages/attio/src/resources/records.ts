import { z } from 'zod'
import { attioId, inData, moment, optionalText } from '../attio-fields.ts'
import { sendAllPages } from '../paging.ts'
import type { CallOptions, Send } from '../transport.ts'
import { attributeValue, valuesBySlug } from './values.ts'

const record = z.object({
  id: z.object({ workspace_id: attioId, object_id: attioId, record_id: attioId }),
  created_at: moment,
  /** Deep link; null in older replies. */
  web_url: optionalText,
  values: valuesBySlug,
})
export type RecordReply = z.infer<typeof record>

const entry = z.object({
  id: z.object({ workspace_id: attioId, list_id: attioId, entry_id: attioId }),
  parent_record_id: attioId,
  /** Slug of the parent record's object. */
  parent_object: optionalText,
  created_at: moment,
  entry_values: valuesBySlug,
})
export type EntryReply = z.infer<typeof entry>

/** Body of a query: Attio's filter and sorts as they are, at most `limit` (500 unless told) from `offset`. */
export type QueryBody = { filter?: object; sorts?: object[]; limit?: number; offset?: number }

/** Whose values: a record's or a list entry's. */
export type ValueOwner = { objectId: string; recordId: string } | { listId: string; entryId: string }

const recordScopes = ['record_permission:read', 'object_configuration:read']
const entryScopes = ['list_entry:read', 'list_configuration:read']
/** Attio names no maximum here; 50 is the smallest it names anywhere. */
const VALUES_PAGE = 50

/** Records and list entries with their values. Ids may be slugs where Attio takes them (object, list, attribute). */
export function recordCalls(send: Send) {
  return {
    getRecord: (objectId: string, recordId: string, options?: CallOptions) =>
      send(
        {
          method: 'GET',
          path: '/v2/objects/{object}/records/{record_id}',
          params: { object: objectId, record_id: recordId },
          schema: inData(record),
          scopes: recordScopes,
        },
        options,
      ),
    queryRecords: (objectId: string, body: QueryBody, options?: CallOptions) =>
      send(
        {
          method: 'POST',
          path: '/v2/objects/{object}/records/query',
          params: { object: objectId },
          body,
          schema: inData(z.array(record)),
          scopes: recordScopes,
        },
        options,
      ),
    getEntry: (listId: string, entryId: string, options?: CallOptions) =>
      send(
        {
          method: 'GET',
          path: '/v2/lists/{list}/entries/{entry_id}',
          params: { list: listId, entry_id: entryId },
          schema: inData(entry),
          scopes: entryScopes,
        },
        options,
      ),
    queryEntries: (listId: string, body: QueryBody, options?: CallOptions) =>
      send(
        {
          method: 'POST',
          path: '/v2/lists/{list}/entries/query',
          params: { list: listId },
          body,
          schema: inData(z.array(entry)),
          scopes: entryScopes,
        },
        options,
      ),
    /**
     * An attribute's values, all pages, oldest first. With `historic` past ones too; of enriched attributes Attio has no history to
     * give and answers 400 (`invalid_request`).
     */
    listAttributeValues: (owner: ValueOwner, attributeId: string, historic: boolean, options?: CallOptions) =>
      sendAllPages(
        send,
        {
          method: 'GET',
          ...('objectId' in owner
            ? {
                path: '/v2/objects/{object}/records/{record_id}/attributes/{attribute}/values',
                params: { object: owner.objectId, record_id: owner.recordId, attribute: attributeId },
                scopes: recordScopes,
              }
            : {
                path: '/v2/lists/{list}/entries/{entry_id}/attributes/{attribute}/values',
                params: { list: owner.listId, entry_id: owner.entryId, attribute: attributeId },
                scopes: entryScopes,
              }),
          query: { show_historic: historic },
          item: attributeValue,
        },
        VALUES_PAGE,
        options,
      ),
  }
}

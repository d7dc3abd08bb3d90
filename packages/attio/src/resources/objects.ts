import { z } from 'zod'
import { attioId, flag, inData, optionalText } from '../attio-fields.ts'
import { sendAllPages } from '../paging.ts'
import type { CallOptions, Send } from '../transport.ts'

/** `object_id` differs from workspace to workspace, for `people` as well. */
const object = z.object({
  id: z.object({ workspace_id: attioId, object_id: attioId }),
  api_slug: optionalText,
  singular_noun: optionalText,
  plural_noun: optionalText,
})
export type ObjectReply = z.infer<typeof object>

/** An attribute of an object or of a list: one of `object_id` and `list_id` is there. `title` is what people read. */
const attribute = z.object({
  id: z.object({
    workspace_id: attioId,
    attribute_id: attioId,
    object_id: attioId.optional().catch(undefined),
    list_id: attioId.optional().catch(undefined),
  }),
  title: optionalText,
  api_slug: optionalText,
  /** `text`, `status`, `select`, `currency`, … */
  type: z.string(),
  is_multiselect: flag,
  is_archived: flag,
})
export type AttributeReply = z.infer<typeof attribute>

const selectOption = z.object({ id: z.object({ option_id: attioId }), title: optionalText, is_archived: flag })
export type SelectOptionReply = z.infer<typeof selectOption>

const status = z.object({ id: z.object({ status_id: attioId }), title: optionalText, is_archived: flag })
export type StatusReply = z.infer<typeof status>

/** Attributes hang on objects or on lists. */
export type AttributeTarget = 'objects' | 'lists'

const scopes = ['object_configuration:read']
/** Attio names no maximum here; 50 is the smallest it names anywhere. */
const ATTRIBUTES_PAGE = 50

/** Objects, their attributes, and the options and statuses of those: what gives ids their labels. Archived ones are included. */
export function objectCalls(send: Send) {
  return {
    listObjects: (options?: CallOptions) => send({ method: 'GET', path: '/v2/objects', schema: inData(z.array(object)), scopes }, options),
    listAttributes: (target: AttributeTarget, id: string, options?: CallOptions) =>
      sendAllPages(
        send,
        {
          method: 'GET',
          path: '/v2/{target}/{identifier}/attributes',
          params: { target, identifier: id },
          query: { show_archived: true },
          item: attribute,
          scopes,
        },
        ATTRIBUTES_PAGE,
        options,
      ),
    listSelectOptions: (target: AttributeTarget, id: string, attributeId: string, options?: CallOptions) =>
      send(
        {
          method: 'GET',
          path: '/v2/{target}/{identifier}/attributes/{attribute}/options',
          params: { target, identifier: id, attribute: attributeId },
          query: { show_archived: true },
          schema: inData(z.array(selectOption)),
          scopes,
        },
        options,
      ),
    listStatuses: (target: AttributeTarget, id: string, attributeId: string, options?: CallOptions) =>
      send(
        {
          method: 'GET',
          path: '/v2/{target}/{identifier}/attributes/{attribute}/statuses',
          params: { target, identifier: id, attribute: attributeId },
          query: { show_archived: true },
          schema: inData(z.array(status)),
          scopes,
        },
        options,
      ),
  }
}

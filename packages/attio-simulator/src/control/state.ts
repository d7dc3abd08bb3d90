import type { Request, Router } from 'express'
import { z } from 'zod'
import { actorOf } from '../api/actor.ts'
import { commentOutput } from '../api/v2/comments.ts'
import { recordingOutput } from '../api/v2/meetings.ts'
import type { Workspace } from '../world/workspace.ts'
import { setResolved } from '../writes/comments.ts'
import { createCallRecording } from '../writes/meetings.ts'
import { Refusal } from './answer.ts'
import { type Collection, collections } from './collections.ts'
import type { ControlDependencies } from './router.ts'

const how = z.strictObject({ fire: z.enum(['true', 'false']).default('false') })
const newRecording = z.strictObject({ meeting_id: z.string() })

/** Reads, puts and removes single rows of a workspace: without an event, unless `?fire=true`. */
export function stateRoutes(router: Router, { world }: ControlDependencies): void {
  const workspaceOf = (request: Request): Workspace => {
    const workspace = world.find(String(request.params.slug))
    if (workspace === undefined)
      throw new Refusal(404, `There is no workspace "${request.params.slug}". GET /_simulator/workspaces lists them.`)
    return workspace
  }
  const collectionOf = (request: Request): Collection => {
    const found = collections[String(request.params.collection)]
    if (found === undefined)
      throw new Refusal(404, `There is no collection "${request.params.collection}": one of ${Object.keys(collections).join(', ')}.`)
    return found
  }
  const writer = (request: Request, silent: boolean) => {
    const workspace = workspaceOf(request)
    return world.context(workspace, actorOf(request.get('x-simulator-actor'), workspace, world.appActor), { silent })
  }
  const missing = (request: Request) =>
    new Refusal(404, `Workspace "${request.params.slug}" has no ${request.params.collection} with id "${request.params.id}".`)

  router.post('/workspaces/:slug/call-recordings', (request, response) => {
    const context = writer(request, false)
    const { meeting_id } = newRecording.parse(request.body)
    if (context.workspace.meetings.get(meeting_id) === undefined) throw new Refusal(404, `There is no meeting "${meeting_id}".`)
    response.status(201).json({ data: recordingOutput(context.workspace, createCallRecording(context, { meetingId: meeting_id })) })
  })
  for (const [action, resolved] of [
    ['resolve', true],
    ['unresolve', false],
  ] as const)
    router.post(`/workspaces/:slug/comments/:id/${action}`, (request, response) => {
      const context = writer(request, false)
      const comment = context.workspace.comments.get(request.params.id)
      if (comment === undefined) throw new Refusal(404, `There is no comment "${request.params.id}".`)
      response.json({ data: commentOutput(context.workspace, setResolved(context, comment, resolved)) })
    })

  router.get('/workspaces/:slug/:collection', (request, response) => {
    response.json({ ids: collectionOf(request).ids(workspaceOf(request)) })
  })
  router.get('/workspaces/:slug/:collection/:id', (request, response) => {
    const row = collectionOf(request).get(workspaceOf(request), request.params.id, world.clock())
    if (row === undefined) throw missing(request)
    response.json({ data: row })
  })
  router.put('/workspaces/:slug/:collection/:id', (request, response) => {
    const context = writer(request, how.parse(request.query).fire === 'false')
    const collection = collectionOf(request)
    collection.put(context, request.params.id, request.body ?? {})
    response.json({ data: collection.get(context.workspace, request.params.id, world.clock()) })
  })
  router.delete('/workspaces/:slug/:collection/:id', (request, response) => {
    if (!collectionOf(request).remove(writer(request, how.parse(request.query).fire === 'false'), request.params.id)) throw missing(request)
    response.json({})
  })
}

import type { Request, Response } from 'express'
import { v4 } from 'uuid'
import { interveneInRequest } from '../../faults/http-faults.ts'
import { nanoTime } from '../../world/time.ts'
import { answerError, callerOf, type ServeDependencies } from '../serve.ts'
import { tokenOf } from '../tokens.ts'

/**
 * `GET /v2/self` and `POST /oauth/introspect`: what a token is. Not wrapped in `data`; an unknown or revoked token is a 200 that says
 * `active: false`.
 */
export function identify(dependencies: ServeDependencies) {
  const { world, faults, tokens, log } = dependencies
  return async (request: Request, response: Response): Promise<void> => {
    const caller = callerOf(dependencies, request.get('authorization'))
    const settings = faults.of(caller?.workspace.slug ?? null)
    response.set('x-attio-execution-id', v4())
    try {
      const intervention = await interveneInRequest(settings, faults, request, response, world.clock)
      if (intervention !== 'none') return
      if (request.method === 'GET') response.set('x-accurate-at', nanoTime(world.clock()))
      const facts = tokens.read(tokenOf(request.get('authorization')) ?? '')
      if (caller === null || facts === null) {
        response.json({ active: false })
        return
      }
      response.json({
        active: true,
        scope: [...caller.scopes].join(' '),
        client_id: facts.clientId,
        token_type: 'Bearer',
        exp: null,
        iat: facts.issuedAt,
        sub: caller.workspace.id,
        aud: facts.clientId,
        iss: 'attio.com',
        authorized_by_workspace_member_id: facts.memberId,
        workspace_id: caller.workspace.id,
        workspace_name: caller.workspace.name,
        workspace_slug: caller.workspace.slug,
        workspace_logo_url: null,
      })
    } catch (error) {
      answerError(response, error, settings.odd_error_bodies ? 'statusCode' : 'status_code', log)
    }
  }
}

import { z } from 'zod'
import { faultSettings } from '../faults/settings.ts'
import { postDeliveries } from './post-deliveries.ts'

/** What GET /_simulator/ answers: every route and every switch. */
export function describeControl() {
  return {
    routes,
    actor:
      'Writes act as the app that holds the token. The header X-Simulator-Actor makes it a member (id or e-mail address), system, api-token:<id> or app:<id>.',
    faults: Object.fromEntries(
      Object.entries(faultSettings.shape).map(([name, schema]) => [
        name,
        { default: schema.parse(undefined), meaning: schema.description ?? name.replaceAll('_', ' ') },
      ]),
    ),
    post_deliveries_body: z.toJSONSchema(postDeliveries, { io: 'input' }),
  }
}

const routes: Record<string, string> = {
  'ANY /_simulator/api/v2/…?workspace=<slug>': 'Attio’s API without token, budget or faults: what a person does in Attio’s own pages.',
  'POST /_simulator/deliveries': 'Send any body to a webhook or URL, signed well, badly or not; answers with what came back.',
  'GET /_simulator/deliveries?workspace=&webhook_id=&state=&limit=&body=true': 'What webhooks were sent, with every attempt.',
  'POST /_simulator/deliveries/{id}/redeliver': 'The same message again, with its key.',
  'GET /_simulator/requests?path=&method=&since=&until=&limit=': 'What the API was asked, counted in all and by the second.',
  'DELETE /_simulator/requests': 'Forget them.',
  'GET|PUT|DELETE /_simulator/faults?workspace=': 'Switches, for one workspace or all.',
  'GET|POST /_simulator/workspaces, GET /_simulator/workspaces/{slug}': 'Workspaces with their ids; making more.',
  'GET /_simulator/workspaces/{slug}/{collection}[/{id}]':
    'Reads records, notes, tasks, members, comments, lists, entries, meetings, call-recordings, attributes, objects.',
  'PUT|DELETE /_simulator/workspaces/{slug}/{collection}/{id}?fire=true': 'Puts or removes one; tells webhooks only with fire=true.',
  'POST /_simulator/workspaces/{slug}/call-recordings {meeting_id}': 'A call was recorded: fires call-recording.created.',
  'POST /_simulator/workspaces/{slug}/comments/{id}/resolve|unresolve': 'What Attio offers only in its own pages.',
  'POST /_simulator/scenarios/{name} {workspace, seed?, pace_ms?}':
    'Plays working-day, import-burst, enrichment-burst or merge: 202 with a run, or with ?wait=true the finished run.',
  'GET /_simulator/scenarios/{run}': 'A run with its steps so far.',
  'GET /_simulator/webhooks': 'All webhooks with their secrets.',
  'PUT /_simulator/webhooks/{id}/status {status, degraded_for_ms?}': 'Makes one active, degraded (for so long) or inactive.',
  'DELETE /_simulator/webhooks/{id}': 'Takes one away behind the back of the app that made it.',
  'POST /_simulator/tokens {workspace, scopes?, member?}': 'A token without the consent page.',
  'POST /_simulator/tokens/revoke {access_token}': 'What uninstalling does.',
}

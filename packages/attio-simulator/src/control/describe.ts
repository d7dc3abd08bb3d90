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
  'GET /_simulator/webhooks': 'All webhooks with their secrets.',
  'POST /_simulator/tokens {workspace, scopes?, member?}': 'A token without the consent page.',
  'POST /_simulator/tokens/revoke {access_token}': 'What uninstalling does.',
}

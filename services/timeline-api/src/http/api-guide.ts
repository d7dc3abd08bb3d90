/*
 * What the reference cannot say route by route, for whoever builds on this API: the text above it, as markdown.
 */

export const apiGuide = `
Who did what in the CRM, as lines of a team timeline: over REST and as a live stream, with everything the integration page needs.

## Signing in

Send an access token of your organisation's OpenID Connect provider with every request: \`Authorization: Bearer …\`. In a browser, get one by the
authorization code flow with PKCE; a program uses the client credentials grant. The server checks issuer, audience, signature and time of each token and reads two
claims: the organisation and the role. It keeps nothing of a sign-in and reads no cookie, save the one that binds connecting a workspace to a browser.

- \`GET /v1/me\` says who you are here. \`user\` is null for a machine, and for a person whose e-mail the provider did not verify.
- The roles are \`member\` (reads) and \`admin\` (also manages the integration). What is for admins says so.
- 401 \`unauthenticated\`: get a new token and repeat the request. 503 \`identity_provider_unavailable\`: the token could not be checked; repeat it as it is.
- Browsers may call from the origin of the web app (CORS); \`RateLimit\`, \`Retry-After\`, \`X-Request-Id\` and \`Content-Disposition\` can be read there.

## Organisations

A token belongs to one organisation and sees only that one's rows: there is no parameter for it. An id of somebody else's is answered 404, exactly as one that does not exist.

## Requests and replies

- JSON in and out; names in \`snake_case\`. Times are RFC 3339 in UTC with milliseconds. Ids of ours are UUIDs; Attio's ids are text, kept as they came.
- A parameter or field that is not in the reference is refused with 400. Replies may gain fields: ignore what you do not know.
- A filter with several values takes them repeated or by commas: \`kind=a&kind=b\` is \`kind=a,b\`. Different filters all apply.
- \`from\` and \`to\` take a time with an offset. Those of the timeline (list, stream, picture, export) also take a date together with \`time_zone\`; a date as \`to\` includes that day.
- Every reply carries \`X-Request-Id\`; send your own to find it in the logs.

## Pages

Lists answer \`data\` and \`next_cursor\`. Ask again with the same filters and \`cursor=<next_cursor>\` until it is null. Cursors are opaque. A page costs the same however deep it lies;
what arrives while you read on neither repeats nor hides a line.

## The live stream

\`GET /v1/timeline/stream\` sends server-sent events. Read it with \`fetch\`, since \`EventSource\` cannot send the token.

1. Read the first page of \`/v1/timeline\` and keep its \`stream_cursor\`.
2. Open the stream with the same filters and \`cursor=<stream_cursor>\`: it tells everything that came after that page was read.
3. Keep the last \`id:\` you saw, also of messages without data. Whenever the stream ends, wait (a second, then longer, with jitter), take a fresh token, and open it again with the header
   \`Last-Event-ID: <last id>\`. Nothing is missed.

| event | data | what to do |
|---|---|---|
| \`activity\` | a line, as in the list | put it in the place of the line with its \`id\`, or insert it by (\`occurred_at\`, \`id\`), newest first |
| \`removed\` | \`{ "id": "…" }\` | take the line away; you may never have had it |
| \`reset\` | \`{}\` | read the list again from its first page, and put what this stream sends meanwhile on top of it |

A line comes with its first event and grows in place: \`activity\` is sent again with the same \`id\` and the same \`occurred_at\`. A comment every 15 seconds keeps the connection open; if nothing comes for 45 seconds, open it anew.
The stream ends when the token does and when the server is replaced. A cursor is good for 24 hours; an older one begins with \`reset\`.

## The pages of a web app

| page | read | live | do |
|---|---|---|---|
| timeline | \`getTimeline\`, by \`next_cursor\`; \`getSummary\` for the picture, \`getFilters\` and \`findRecords\` for the menus, \`listGaps\` for what is missing | \`streamTimeline\` | \`createExportTicket\` |
| one line | \`getActivity\`: its events, and where the line of an old id went | the same stream | open \`url\` in Attio |
| Overview | \`getOverview\`; before anything is connected it says so; \`getConnection\` of each connection for who authorised it, permissions, events in 24 hours, backlog | waiting for the first event: \`streamTimeline\` brings the first line; the overview, read again every few seconds, has \`last_event_at\` also where the event made none | \`authorizeAttio\`, \`refreshConnection\`, \`disconnectConnection\` |
| Users | \`listMembers\`, \`listUsers\` | – | \`mapMember\`; \`upsertUsers\`, \`changeUser\` |
| Features | \`listFeatures\`, \`listLists\` | – | \`switchFeature\`, \`showList\`, \`showPrivateLists\` |
| Connections | \`listConnections\`, \`getConnection\`, \`listDeliveries\`, \`getDelivery\` | \`streamRun\` | \`replayDelivery\`, \`replayDeliveries\`; \`getRun\` |
| audit trail | \`listAudit\` | – | – |

Draw a line as its \`breadcrumb\` joined by \`>\`, below it \`detail\`, and \`changes\` when it is opened; \`summary\` is the same as a sentence, for screen readers and messages. A name whose \`name_state\` is \`pending\` is a short id that
the stream will replace. Mapping, switching and hiding show and hide lines at once: every open stream is sent \`reset\` or \`removed\`.

## Files

\`GET /v1/timeline/export\` streams any filtered view as CSV or NDJSON. A browser's download cannot send a token: \`POST /v1/timeline/export-tickets\` with the query as body answers with
\`download_url\`, which works once and for 60 seconds without one. A download that is not complete ends with a broken connection.

## Long actions

Refreshing, replaying, disconnecting and erasing take a while. They answer 202 with a *run*; asked for again while it goes on, they answer with the same run. Read it at \`GET /v1/runs/{id}\` every second or two, or
follow it at \`GET /v1/runs/{id}/stream\`, until \`state\` is \`done\` or \`failed\`: \`waiting\` → \`running\` → \`done\` | \`failed\`. \`steps\` say what is being done, \`done\` and \`total\` how far a counted one is, \`error\` why one failed. Runs survive restarts of the server; closing the page ends nothing.

## Connecting Attio

1. An admin's browser calls \`POST /v1/integrations/attio/authorize\` with credentials (\`credentials: 'include'\`: it sets a cookie that binds the attempt to the browser), and goes to \`authorize_url\` within ten minutes.
   Web app and API must be of one site (\`app.example.com\` and \`api.example.com\` are): browsers refuse the cookie of another one, and the attempt ends with \`other_browser\`.
2. Attio asks for consent and sends the browser to the callback, and that on to \`<web app>/integrations/attio\` with \`?connected=<connection id>\` or \`?error=<code>\`.
3. Show the codes as the callback's description explains them; a cancelled or failed attempt leaves nothing behind and can be begun again. A workspace that is connected again is refreshed by itself: the run is among the \`runs\` of \`getConnection\`.

## Errors

Errors are \`application/problem+json\` (RFC 9457). Go by \`code\`, show \`detail\`, and give \`request_id\` to whoever helps. Each route lists its codes with an example. Only to a browser that opens an address (\`Accept\` names HTML first) the same is said as a page.

| status | means | repeat it? |
|---|---|---|
| 400 | a parameter or field is wrong; \`errors\` says which | not as it is |
| 401 | no token, or one that was refused | with a fresh token |
| 403 | your role or organisation does not allow it | no |
| 404 | no such thing, or you may not see it | no |
| 409 | it conflicts with the present state | after reading the state |
| 410 | it was there and is spent | begin anew |
| 422 | it is understood, and too much | asking for less |
| 429 | too many requests | after \`Retry-After\` seconds |
| 500 | something failed on our side | once, later |
| 503 | something we need does not answer | after \`Retry-After\` seconds, with growing pauses |
| 504 | it was too much for one request | asking for less |

## Limits

A person (or machine), and an organisation, may make so many requests a minute; an address without a valid token may make few. \`RateLimit-Policy\` names the limits, \`RateLimit\` says what is left, a 429 says in
\`Retry-After\` how long to wait. Two exports and 50 open streams at once a person; an open stream is one request. Where an organisation's requests take long, further ones wait for their turn and are then
answered 429 \`organization_busy\`. Bodies are at most 1 MB, lists in a filter 50 values.
`.trim()

/** In the order in which they are shown. */
export const tagDescriptions: Record<string, string> = {
  Timeline: 'Lines, one by one, live, counted, and as a file.',
  People: 'Who uses it, and which Attio members they are.',
  Attio: 'Connecting workspaces, and what is shown of them.',
  Runs: 'Long actions and how far they are.',
  About: 'Who did what to the integration.',
}

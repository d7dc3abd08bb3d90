// Made from docs/openapi.json by `npx pnpm run openapi`: do not edit.

export interface paths {
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who you are here */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The timeline, newest first
         * @description Lines by (occurred_at, id), newest first. Growing does not move a line, so pages neither repeat nor skip one.
         */
        get: operations["getTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/timeline/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The timeline as it changes
         * @description Server-sent events, read with `fetch` and the bearer token. Start with `stream_cursor` of a page; after a break send the last `id` as
         *     `Last-Event-ID` (it goes before `cursor`), and nothing is missed. Without either the stream starts now.
         *
         *     - `activity`: a line, as in the list; new, or grown. Put it in the place of the one with its id.
         *     - `removed`: `{ "id": … }`; the line is gone or no longer passes the filters. May name a line you never had.
         *     - `reset`: read the list again, and put what comes meanwhile on top of it; what is shown has changed at large, or the cursor is unknown or older than 24 hours.
         *
         *     A comment every 15 seconds keeps the connection alive. The stream ends when the token does, and when this server is replaced: resume.
         */
        get: operations["streamTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/timeline/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The timeline as a file
         * @description Visible lines only, newest first, streamed as they are read. Lines that come while it runs are not in it; what an admin hides while it runs is left out
         *     from there on. An export that was begun goes on to its end, also when your token ends on the way. If something fails on the way the connection is cut:
         *     a download that your browser or program calls complete is complete. Two exports at once a person and server.
         *
         *     - `csv`: UTF-8 with a byte order mark (Excel needs it), lines ended by CRLF, RFC 4180 quoting, a header line, these columns: `occurred_at`, `actor`, `actor_email`, `category`, `feature`, `kind`, `subject`, `title`, `detail`, `summary`, `changes`, `workspace`, `url`, `last_event_at`, `event_count`, `late`, `subject_type`, `subject_id`, `member_id`, `connection_id`, `source`, `id`. New columns go to the end. A cell that a spreadsheet would run as a formula begins with `'`.
         *     - `ndjson`: one JSON object a line, each a line of the timeline exactly as the list gives it.
         *
         *     A browser’s download cannot send a token: ask for a ticket at `POST /v1/timeline/export-tickets`.
         */
        get: operations["exportTimeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/timeline/export-tickets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave to download an export without a token
         * @description For browsers, whose downloads cannot send a token: send the query of the export as a body, then open `download_url` (a link, or `location.assign`). It works once, for exactly this query, within 60 seconds; treat it like a password until then.
         */
        post: operations["createExportTicket"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/timeline/export/{ticket}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The timeline as a file, by ticket
         * @description What a browser opens: the ticket of `POST /v1/timeline/export-tickets` says whose export it is and of what.
         *
         *     Visible lines only, newest first, streamed as they are read. Lines that come while it runs are not in it; what an admin hides while it runs is left out
         *     from there on. An export that was begun goes on to its end, also when your token ends on the way. If something fails on the way the connection is cut:
         *     a download that your browser or program calls complete is complete. Two exports at once a person and server.
         *
         *     - `csv`: UTF-8 with a byte order mark (Excel needs it), lines ended by CRLF, RFC 4180 quoting, a header line, these columns: `occurred_at`, `actor`, `actor_email`, `category`, `feature`, `kind`, `subject`, `title`, `detail`, `summary`, `changes`, `workspace`, `url`, `last_event_at`, `event_count`, `late`, `subject_type`, `subject_id`, `member_id`, `connection_id`, `source`, `id`. New columns go to the end. A cell that a spreadsheet would run as a formula begins with `'`.
         *     - `ndjson`: one JSON object a line, each a line of the timeline exactly as the list gives it.
         */
        get: operations["downloadExport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/timeline/summary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How many lines, by time and category
         * @description For a small picture beside the timeline: counts of visible lines, with the filters of the list. Without `from` it is the last 30 days (or, by hour, 2) up to `to` or now. At most 400 intervals.
         */
        get: operations["getSummary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/timeline/filters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the timeline can be narrowed by
         * @description For menus. Whatever is listed may be given as a filter, whether or not there are lines of it. At most 2,000 of each; records are found by typing (`/v1/timeline/filters/records`).
         */
        get: operations["getFilters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/timeline/filters/records": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Records to narrow the timeline by, by typing
         * @description At most 20: records whose name begins with what was typed, then those in whose name each typed word begins a word, ignoring case. Only records an event named. A record that was merged is found by the name of what it became.
         */
        get: operations["findRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/timeline/gaps": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Times in which events were lost
         * @description When a webhook was stopped or gone, or the token was dead, Attio delivered nothing: what happened then is missing from the timeline, which should say so in its place.
         */
        get: operations["listGaps"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/timeline/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One line with its events
         * @description Ids never die: when a late event makes two lines one, the id of the absorbed line answers with the line it became part of, and `redirected_from` says so. (Not a 308, which `fetch` would follow unseen.)
         */
        get: operations["getActivity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The people of your organisation
         * @description Everybody registered or seen, by e-mail. Attio members who map to nobody are in the list of members.
         */
        get: operations["listUsers"];
        put?: never;
        /**
         * Register or rename people
         * @description Known people (by e-mail, ignoring case and surrounding space) are renamed, others are registered before their first sign-in. Attio members with the same e-mail are mapped to them at once, and activities hidden until now appear. Send it again as often as you like.
         *
         *     For admins.
         */
        post: operations["upsertUsers"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change a person’s e-mail or name
         * @description What is left out stays. With another e-mail Attio members are mapped anew at once: those of the new e-mail come, those of the old one go, and those mapped by hand stay. Where the identity provider’s tokens tell e-mail or name, theirs come back with the person’s next sign-in: change them there.
         *
         *     For admins.
         */
        patch: operations["changeUser"];
        trace?: never;
    };
    "/v1/integrations/attio/authorize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin to connect an Attio workspace
         * @description Send the browser to `authorize_url` within ten minutes. The answer sets a cookie that binds the attempt to this browser, so call it with credentials. Attio sends the browser back to the callback, and that on to the integration page.
         *
         *     For admins.
         */
        post: operations["authorizeAttio"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/attio/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where Attio sends the browser back to
         * @description Always answers with a redirect to the integration page: `?connected=<connection id>` or `?error=<code>`:
         *
         *     - `consent_refused`: somebody said no at Attio; begin again.
         *     - `state_unknown`: the address was not ours, or was opened long ago; begin again.
         *     - `state_expired`: more than ten minutes passed at Attio; begin again.
         *     - `state_used`: the address was opened twice; begin again.
         *     - `other_browser`: it was begun in another browser, or cookies are blocked.
         *     - `code_rejected`: Attio did not take its own code; begin again, and if it stays the client id, secret or redirect URI is wrong.
         *     - `token_inactive`: the app was removed from the workspace meanwhile; begin again.
         *     - `missing_permission`: the app may not make webhooks: its `webhook:read-write` is missing.
         *     - `workspace_taken`: another organisation has connected this workspace, and must disconnect it first.
         *     - `workspace_ending`: the workspace is being disconnected or erased; begin again once that is done.
         *     - `attio_unavailable`: Attio did not answer, or was too busy; begin again in a minute.
         *     - `attio_error`: Attio refused something unforeseen; the log of the server says what.
         *     - `internal_error`: something failed on our side; the log of the server says what.
         */
        get: operations["attioCallback"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/attio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Overview of the integration
         * @description Whether Attio is connected and well, what is hidden, what was lost, and where to turn for help.
         */
        get: operations["getOverview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/attio/connections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The connected workspaces
         * @description Those that were disconnected are listed too: what they brought is still there.
         */
        get: operations["listConnections"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/attio/connections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One connection in full
         * @description State and why, who authorised it, each permission and what its lack breaks, webhooks, traffic, times in which events were lost, and what is going on.
         */
        get: operations["getConnection"];
        put?: never;
        post?: never;
        /**
         * Disconnect, or disconnect and erase
         * @description Deletes our webhooks at Attio and forgets the token; the timeline stays. With `erase=true` everything the workspace brought is deleted too, and its lines vanish at once; feature switches and the audit trail stay. Erasing works after disconnecting as well. It cannot be undone.
         *
         *     For admins.
         */
        delete: operations["disconnectConnection"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/attio/connections/{id}/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh Connection
         * @description Checks the token and its permissions, repairs webhooks, reads members, lists and labels anew, and asks again for names that are missing. Goes on by itself as a run with the steps `token`, `permissions`, `webhooks`, `members` and `names`. A step that fails says what to do: a dead token or a missing permission leads on to `POST /v1/integrations/attio/authorize`.
         *
         *     For admins.
         */
        post: operations["refreshConnection"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/attio/connections/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The activity log of a connection
         * @description Each delivery Attio made and what became of its events, newest first. Automated changes of fields that Attio was asked not to send cannot be here. Narrowed by event type, a page may be short and go on all the same: follow `next_cursor` until it is null.
         *
         *     For admins.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/attio/connections/{id}/deliveries/{deliveryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One delivery in full
         * @description For admins.
         */
        get: operations["getDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/attio/connections/{id}/deliveries/{deliveryId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay one delivery
         * @description Works it again, at once. Events of it that are part of a line stay as they are; what was filtered, ignored or given up is decided anew. One that waits for its next attempt has it now; one that is being worked is left to that.
         *
         *     For admins.
         */
        post: operations["replayDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/attio/connections/{id}/deliveries/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replay a range of deliveries, or all dead ones
         * @description With `{}`: all dead ones. Goes on by itself as a run that counts. Each delivery is worked again as by replaying it alone, batch by batch, so that what happens in Attio meanwhile is not held up.
         *
         *     For admins.
         */
        post: operations["replayDeliveries"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far a long action is
         * @description Refreshing, replaying, disconnecting and erasing are runs. A run is kept after its end, and after the connection it was about.
         *
         *     For admins.
         */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/runs/{id}/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A long action as it goes on
         * @description Server-sent events, read with `fetch` and the bearer token: `run` with the run as it is, at first and whenever it has changed, until it is `done` or `failed`; then the stream ends. It also ends with the token, and when this server is replaced: read it again. A comment every 15 seconds keeps the connection alive.
         *
         *     For admins.
         */
        get: operations["streamRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/attio/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Attio members and who they map to
         * @description By name. Members map to the users of your organisation by e-mail, ignoring case and surrounding space, unless an admin said otherwise. What an unmapped member does is recorded and hidden; it shows as soon as the member is mapped.
         */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/attio/members/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Map, unmap or exclude a member
         * @description Everything the member did shows, or is hidden, at once in list, detail and export, and open streams get a `reset`. No sync changes it back.
         *
         *     - `manual` with `user_id`: the member is that user, whatever the e-mails say.
         *     - `none`: unmapped; hidden, and counted as hidden.
         *     - `excluded`: never shown, not counted, and not named as a participant.
         *     - `auto`: by e-mail again.
         *
         *     For admins.
         */
        patch: operations["mapMember"];
        trace?: never;
    };
    "/v1/integrations/attio/features": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The feature areas, and whether they are on */
        get: operations["listFeatures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/integrations/attio/features/{area}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Switch a feature area on or off
         * @description Hides or shows all its lines at once, in all workspaces of the organisation; open streams get a `reset`. Recording goes on whatever the switch says, so that nothing is missing when it is on again.
         *
         *     For admins.
         */
        patch: operations["switchFeature"];
        trace?: never;
    };
    "/v1/integrations/attio/lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Attio’s lists, and which private ones are shown
         * @description By name. Entries of a private list, and comments on them, are hidden until an admin allows the list, or all private lists of the connection. Lists are read soon after a workspace is connected, daily, at Refresh Connection, and when Attio tells of a change.
         */
        get: operations["listLists"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Show or hide all private lists of a connection
         * @description Those yet to come too. Takes back what was said of single lists, which can be said again afterwards: all but one is this and then that one.
         *
         *     For admins.
         */
        patch: operations["showPrivateLists"];
        trace?: never;
    };
    "/v1/integrations/attio/lists/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Show or hide a private list
         * @description Showing it shows the lines there are at once and works again what was withheld since the workspace was connected; hiding it hides its lines at once, and nothing is deleted. Open streams get a `reset`. Outweighs what is said of all private lists, until that is said again.
         *
         *     For admins.
         */
        patch: operations["showList"];
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who did what to the integration
         * @description Newest first. Entries are only ever added; they outlive the connections they tell of.
         *
         *     For admins.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ExportTicketRequest: {
            /**
             * @description `csv` for spreadsheets, `ndjson` for programs.
             * @enum {string}
             */
            format: "csv" | "ndjson";
            /** @description Only lines of these categories. Several values: repeat the parameter or separate them by commas. */
            category?: ("default" | "task" | "meeting")[];
            /** @description Only lines of these feature areas. Several values: repeat the parameter or separate them by commas. */
            feature?: ("crm" | "deals" | "tasks" | "notes" | "calls")[];
            /** @description Only lines of these kinds. Several values: repeat the parameter or separate them by commas. */
            kind?: ("record.created" | "record.updated" | "record.deleted" | "record.merged" | "list-entry.created" | "list-entry.updated" | "list-entry.deleted" | "note.created" | "note.updated" | "note.deleted" | "comment.created" | "comment.resolved" | "comment.unresolved" | "comment.deleted" | "task.created" | "task.updated" | "task.completed" | "task.reopened" | "task.deleted" | "call-recording.created")[];
            /** @description Only lines in which one of these users acted or took part. Several values: repeat the parameter or separate them by commas. */
            user?: string[];
            /** @description Only lines in which one of these Attio members acted or took part. Several values: repeat the parameter or separate them by commas. */
            member?: string[];
            /** @description Only lines about one of these Attio records in any way, also from before it was merged. Several values: repeat the parameter or separate them by commas. */
            record?: string[];
            /** @description Only lines whose first subject (record, note, task or meeting) is one of these, also from before a merge. Several values: repeat the parameter or separate them by commas. */
            subject?: string[];
            /** @description Only lines about a record of one of these Attio objects, by id or by slug (`deals`); notes, comments, tasks and calls by the record they hang on. Several values: repeat the parameter or separate them by commas. */
            object?: string[];
            /** @description Only lines in which one of these attributes changed, by Attio’s id. Several values: repeat the parameter or separate them by commas. */
            attribute?: string[];
            /** @description Only lines about entries of one of these Attio lists, and comments on them. Several values: repeat the parameter or separate them by commas. */
            list?: string[];
            /** @description Only lines of these connections (workspaces). Several values: repeat the parameter or separate them by commas. */
            connection?: string[];
            /**
             * @description Only lines at or after this time; a date means the start of that day in `time_zone`.
             * @example 2026-11-24T09:00:00+01:00
             * @example 2026-11-24
             */
            from?: string;
            /**
             * @description Only lines before this time; a date means up to the end of that day in `time_zone`.
             * @example 2026-11-24T09:00:00+01:00
             * @example 2026-11-24
             */
            to?: string;
            /**
             * @description IANA time zone in which dates of `from` and `to` are days; needed with a date.
             * @example Europe/Berlin
             */
            time_zone?: string;
            /**
             * @description Only lines in which all these words occur, ignoring case.
             * @example acme renewal
             */
            q?: string;
            /** @description Only lines from these tools. Attio is the only one so far. Several values: repeat the parameter or separate them by commas. */
            source?: "attio"[];
        };
        /**
         * @example {
         *       "users": [
         *         {
         *           "email": "ada.lovelace@northwind.example",
         *           "name": "Ada Lovelace"
         *         }
         *       ]
         *     }
         */
        UpsertUsers: {
            users: {
                email: string;
                /** @description Left out: the name known so far stays. */
                name?: string | null;
            }[];
        };
        /**
         * @example {
         *       "email": "ada.king@northwind.example"
         *     }
         */
        ChangeUser: {
            email?: string;
            /** @description Null: no name. */
            name?: string | null;
        };
        /**
         * @example {}
         * @example {
         *       "states": [
         *         "dead",
         *         "filtered"
         *       ],
         *       "from": "2026-11-23T21:00:00Z",
         *       "to": "2026-11-24T09:00:00Z"
         *     }
         */
        ReplayDeliveries: {
            /**
             * @description Only deliveries in these states.
             * @default [
             *       "dead"
             *     ]
             */
            states?: ("failed" | "dead" | "filtered" | "ignored" | "processed")[];
            /**
             * Format: date-time
             * @description Only what was received at or after this time.
             */
            from?: string;
            /**
             * Format: date-time
             * @description Only what was received before this time.
             */
            to?: string;
        };
        /**
         * @example {
         *       "mapping": "manual",
         *       "user_id": "0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c"
         *     }
         * @example {
         *       "mapping": "excluded"
         *     }
         */
        MapMember: {
            /** @constant */
            mapping: "manual";
            /** Format: uuid */
            user_id: string;
        } | {
            /** @constant */
            mapping: "none";
        } | {
            /** @constant */
            mapping: "excluded";
        } | {
            /** @constant */
            mapping: "auto";
        };
        /**
         * @example {
         *       "enabled": false
         *     }
         */
        SwitchFeature: {
            enabled: boolean;
        };
        /**
         * @example {
         *       "shown": true
         *     }
         */
        ShowPrivateLists: {
            shown: boolean;
        };
        /**
         * @example {
         *       "shown": true
         *     }
         */
        ShowList: {
            shown: boolean;
        };
        Me: {
            /** @description Null for a machine, and for a person whose e-mail the identity provider did not verify. */
            user: {
                /** Format: uuid */
                id: string;
                email: string;
                name: string | null;
            } | null;
            organization: {
                /** Format: uuid */
                id: string;
                external_id: string;
                name: string;
            };
            /** @enum {string} */
            role: "member" | "admin";
        };
        /** @description RFC 9457 problem details. */
        Problem: {
            /**
             * Format: uri
             * @description The page that explains the code.
             */
            type: string;
            /** @description What the code means, the same for every request. */
            title: string;
            status: number;
            /** @description What happened to this request, and what to do; for people. */
            detail: string;
            /** @description What programs go by: it stays. */
            code: string;
            /** @description Say it when you ask for help. */
            request_id: string;
            /** @description Each bad field: `query.…`, `params.…` or `body.…`. */
            errors?: {
                /** @example query.limit */
                path: string;
                message: string;
            }[];
        };
        TimelinePage: {
            data: components["schemas"]["Activity"][];
            /** @description Give it as `cursor` for the page that follows; null on the last one. */
            next_cursor: string | null;
            /** @description Start `/v1/timeline/stream` with it to miss nothing that comes after this page was read. */
            stream_cursor: string;
        };
        /** @description One line of the timeline: who acted, what they acted on, what changed. */
        Activity: {
            /** Format: uuid */
            id: string;
            /**
             * @description The tool it comes from.
             * @constant
             */
            source: "attio";
            /**
             * @description What was done to what.
             * @enum {string}
             */
            kind: "record.created" | "record.updated" | "record.deleted" | "record.merged" | "list-entry.created" | "list-entry.updated" | "list-entry.deleted" | "note.created" | "note.updated" | "note.deleted" | "comment.created" | "comment.resolved" | "comment.unresolved" | "comment.deleted" | "task.created" | "task.updated" | "task.completed" | "task.reopened" | "task.deleted" | "call-recording.created";
            /**
             * @description People read: Default (CRM), Task, Meeting.
             * @enum {string}
             */
            category: "default" | "task" | "meeting";
            /**
             * @description The feature area; `listFeatures` has their names.
             * @enum {string}
             */
            feature: "crm" | "deals" | "tasks" | "notes" | "calls";
            /** @description The breadcrumb joined with ` > `. */
            title: string;
            /** @description What it was done to, from the outside in, and at last what was done. */
            breadcrumb: string[];
            /** @description A second line; of a task its whole text, whose first line is in the title too. Null where the title says it all. */
            detail: string | null;
            /** @description The whole line as one sentence. */
            summary: string;
            /** @description What each attribute went through, in order; `attribute_id` is null for what is no attribute in Attio (a note’s text, the completion of a task). `from` and `to` of a step are there where the values are known, and null for an empty value; without them the step says when it changed, and no more. */
            changes: {
                attribute_id: string | null;
                title: string;
                steps: {
                    /** Format: date-time */
                    at: string;
                    /** Format: uuid */
                    event_id: string;
                    from?: string | null;
                    to?: string | null;
                }[];
            }[];
            actor: {
                /** @description Attio's id of the member who acted. */
                member_id: string;
                name: string | null;
                avatar_url: string | null;
                /** @description Who that is here: the name to show, where there is one. */
                user: {
                    /** Format: uuid */
                    id: string;
                    name: string | null;
                    email: string;
                } | null;
            };
            subject: {
                /** @enum {string} */
                type: "record" | "note" | "task" | "meeting";
                id: string;
                object_id: string | null;
                name: string;
                /** @enum {string} */
                name_state: "known" | "pending" | "forbidden" | "gone";
                /** @description The name it has at present, where known; `name` is the one it had then. */
                name_now: string | null;
            };
            /** @description Other records it is about: what a note or task hangs on, what was merged. */
            related: {
                /** @constant */
                type: "record";
                id: string;
                object_id: string | null;
                name: string;
                /** @enum {string} */
                name_state: "known" | "pending" | "forbidden" | "gone";
            }[];
            /** @description Members who took part beside the actor. */
            participants: {
                member_id: string;
                name: string | null;
            }[];
            /** @description Link into Attio; null where there is nothing to open (any more), and for tasks. */
            url: string | null;
            /**
             * @description The worst of all names in the line. `known`. `pending`: a short id stands there for now, and the name comes by itself. `forbidden`: Attio does not show it to the integration; a permission is missing. `gone`: deleted in Attio; the last known name stays.
             * @enum {string}
             */
            name_state: "known" | "pending" | "forbidden" | "gone";
            /**
             * Format: date-time
             * @description Time of the line's first event: its place in the timeline, which never moves.
             */
            occurred_at: string;
            /**
             * Format: date-time
             * @description Time of its last event: it grew until then.
             */
            last_event_at: string;
            /**
             * Format: date-time
             * @description When the line was last written here, be it for a name.
             */
            updated_at: string;
            /** @description Distinct attributes changed. */
            fields: number;
            /** @description Events it is made of. */
            event_count: number;
            /** @description Arrived more than ten minutes after it happened. */
            late: boolean;
            connection: {
                /** Format: uuid */
                id: string;
                workspace_name: string;
            };
        };
        ExportTicket: {
            /**
             * Format: uri
             * @description The address of the file.
             */
            download_url: string;
            /** Format: date-time */
            expires_at: string;
        };
        TimelineSummary: {
            /**
             * Format: date-time
             * @description Inclusive.
             */
            from: string;
            /**
             * Format: date-time
             * @description Exclusive.
             */
            to: string;
            /** @enum {string} */
            interval: "day" | "hour";
            time_zone: string;
            /** @description Every interval the range touches, in order, also those without lines. The outer ones may be cut by the range. */
            buckets: {
                /** Format: date-time */
                start: string;
                lines: {
                    default: number;
                    task: number;
                    meeting: number;
                };
            }[];
            total: {
                default: number;
                task: number;
                meeting: number;
            };
        };
        TimelineChoices: {
            /** @description Users whom Attio members map to: values of `user`. */
            people: {
                /** Format: uuid */
                user_id: string;
                name: string | null;
                email: string;
                avatar_url: string | null;
            }[];
            /** @description Values of `connection`; disconnected ones keep their lines. */
            workspaces: {
                /**
                 * Format: uuid
                 * @description The connection (workspace) it is of.
                 */
                connection_id: string;
                name: string;
                /** @enum {string} */
                state: "connected" | "degraded" | "needs_attention" | "disconnected";
            }[];
            /** @description Values of `category`. */
            categories: {
                /** @enum {string} */
                value: "default" | "task" | "meeting";
                name: string;
            }[];
            /** @description Values of `feature`. */
            features: {
                /** @enum {string} */
                value: "crm" | "deals" | "tasks" | "notes" | "calls";
                name: string;
                /** @description Switched off. */
                hidden: boolean;
            }[];
            /** @description Values of `kind`, with the areas their lines can be in. */
            kinds: {
                /** @enum {string} */
                value: "record.created" | "record.updated" | "record.deleted" | "record.merged" | "list-entry.created" | "list-entry.updated" | "list-entry.deleted" | "note.created" | "note.updated" | "note.deleted" | "comment.created" | "comment.resolved" | "comment.unresolved" | "comment.deleted" | "task.created" | "task.updated" | "task.completed" | "task.reopened" | "task.deleted" | "call-recording.created";
                name: string;
                features: ("crm" | "deals" | "tasks" | "notes" | "calls")[];
            }[];
            /** @description Values of `object`, by id or slug. A standard object has one slug in all workspaces and an id in each. */
            objects: {
                /**
                 * Format: uuid
                 * @description The connection (workspace) it is of.
                 */
                connection_id: string;
                id: string;
                slug: string | null;
                singular: string | null;
                plural: string | null;
            }[];
            /** @description Values of `list`; without private lists that are hidden. */
            lists: {
                /**
                 * Format: uuid
                 * @description The connection (workspace) it is of.
                 */
                connection_id: string;
                id: string;
                name: string;
            }[];
            /** @description Values of `attribute`, each of an object or of a list. */
            attributes: {
                /**
                 * Format: uuid
                 * @description The connection (workspace) it is of.
                 */
                connection_id: string;
                id: string;
                name: string;
                object_id: string | null;
                list_id: string | null;
            }[];
        };
        RecordChoices: {
            data: components["schemas"]["RecordChoice"][];
        };
        RecordChoice: {
            id: string;
            name: string;
            /** @description What it is a record of; the noun is null while unknown. */
            object: {
                id: string;
                singular: string | null;
            };
            /** Format: uuid */
            connection_id: string;
            /** @description Deleted in Attio; its lines are still there. */
            gone: boolean;
        };
        Gaps: {
            data: components["schemas"]["Gap"][];
        };
        /** @description A time in which deliveries must have been lost: what happened in Attio then is missing from the timeline. */
        Gap: {
            /** Format: uuid */
            id: string;
            connection: {
                /** Format: uuid */
                id: string;
                workspace_name: string;
            };
            /** Format: date-time */
            from: string;
            /** @description Null while it lasts. */
            to: string | null;
            /**
             * @description `records`: records and list entries. `other`: notes, comments, tasks and calls.
             * @enum {string}
             */
            affects: "records" | "other";
            /**
             * @description Why, for programs; `explanation` says it.
             * @enum {string}
             */
            reason: "webhook_inactive" | "webhook_missing" | "secret_lost" | "token_dead" | "database_restored";
            /** @description What happened, for people. */
            explanation: string;
        };
        ActivityWithEvents: {
            /** Format: uuid */
            id: string;
            /**
             * @description The tool it comes from.
             * @constant
             */
            source: "attio";
            /**
             * @description What was done to what.
             * @enum {string}
             */
            kind: "record.created" | "record.updated" | "record.deleted" | "record.merged" | "list-entry.created" | "list-entry.updated" | "list-entry.deleted" | "note.created" | "note.updated" | "note.deleted" | "comment.created" | "comment.resolved" | "comment.unresolved" | "comment.deleted" | "task.created" | "task.updated" | "task.completed" | "task.reopened" | "task.deleted" | "call-recording.created";
            /**
             * @description People read: Default (CRM), Task, Meeting.
             * @enum {string}
             */
            category: "default" | "task" | "meeting";
            /**
             * @description The feature area; `listFeatures` has their names.
             * @enum {string}
             */
            feature: "crm" | "deals" | "tasks" | "notes" | "calls";
            /** @description The breadcrumb joined with ` > `. */
            title: string;
            /** @description What it was done to, from the outside in, and at last what was done. */
            breadcrumb: string[];
            /** @description A second line; of a task its whole text, whose first line is in the title too. Null where the title says it all. */
            detail: string | null;
            /** @description The whole line as one sentence. */
            summary: string;
            /** @description What each attribute went through, in order; `attribute_id` is null for what is no attribute in Attio (a note’s text, the completion of a task). `from` and `to` of a step are there where the values are known, and null for an empty value; without them the step says when it changed, and no more. */
            changes: {
                attribute_id: string | null;
                title: string;
                steps: {
                    /** Format: date-time */
                    at: string;
                    /** Format: uuid */
                    event_id: string;
                    from?: string | null;
                    to?: string | null;
                }[];
            }[];
            actor: {
                /** @description Attio's id of the member who acted. */
                member_id: string;
                name: string | null;
                avatar_url: string | null;
                /** @description Who that is here: the name to show, where there is one. */
                user: {
                    /** Format: uuid */
                    id: string;
                    name: string | null;
                    email: string;
                } | null;
            };
            subject: {
                /** @enum {string} */
                type: "record" | "note" | "task" | "meeting";
                id: string;
                object_id: string | null;
                name: string;
                /** @enum {string} */
                name_state: "known" | "pending" | "forbidden" | "gone";
                /** @description The name it has at present, where known; `name` is the one it had then. */
                name_now: string | null;
            };
            /** @description Other records it is about: what a note or task hangs on, what was merged. */
            related: {
                /** @constant */
                type: "record";
                id: string;
                object_id: string | null;
                name: string;
                /** @enum {string} */
                name_state: "known" | "pending" | "forbidden" | "gone";
            }[];
            /** @description Members who took part beside the actor. */
            participants: {
                member_id: string;
                name: string | null;
            }[];
            /** @description Link into Attio; null where there is nothing to open (any more), and for tasks. */
            url: string | null;
            /**
             * @description The worst of all names in the line. `known`. `pending`: a short id stands there for now, and the name comes by itself. `forbidden`: Attio does not show it to the integration; a permission is missing. `gone`: deleted in Attio; the last known name stays.
             * @enum {string}
             */
            name_state: "known" | "pending" | "forbidden" | "gone";
            /**
             * Format: date-time
             * @description Time of the line's first event: its place in the timeline, which never moves.
             */
            occurred_at: string;
            /**
             * Format: date-time
             * @description Time of its last event: it grew until then.
             */
            last_event_at: string;
            /**
             * Format: date-time
             * @description When the line was last written here, be it for a name.
             */
            updated_at: string;
            /** @description Distinct attributes changed. */
            fields: number;
            /** @description Events it is made of. */
            event_count: number;
            /** @description Arrived more than ten minutes after it happened. */
            late: boolean;
            connection: {
                /** Format: uuid */
                id: string;
                workspace_name: string;
            };
            /** @description In the order they happened. */
            events: components["schemas"]["TimelineEvent"][];
            /** @description The id you asked for, where that line became part of this one. */
            redirected_from: string | null;
        };
        /** @description One Attio event a line is made of. */
        TimelineEvent: {
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description The delivery that brought it: an admin finds it in the activity log.
             */
            delivery_id: string;
            /** @description Attio's event type. */
            type: string;
            /**
             * @description `projected`: part of the line. `duplicate`: of another event of it, and not counted. Another one for moments, while the event is worked again.
             * @enum {string}
             */
            state: "pending" | "projected" | "duplicate" | "filtered" | "ignored" | "dead";
            /** @description What it is a duplicate of, for people. */
            reason: string | null;
            /** Format: date-time */
            happened_at: string;
            /** Format: date-time */
            received_at: string;
            attribute: {
                id: string;
                title: string | null;
            } | null;
        };
        UserPage: {
            data: components["schemas"]["User"][];
            next_cursor: string | null;
        };
        User: {
            /** Format: uuid */
            id: string;
            email: string;
            name: string | null;
            /** @description Whether the person ever signed in, or was only registered. */
            signed_in: boolean;
            /** @description Attio members whose activities are shown as this person’s: by e-mail or by hand, in all workspaces. */
            member_count: number;
        };
        UpsertedUsers: {
            data: {
                /** Format: uuid */
                id: string;
                email: string;
                name: string | null;
            }[];
            /** @description Attio members whose mapping changed by this. */
            mapped_members: number;
        };
        AttioAuthorization: {
            /** Format: uri */
            authorize_url: string;
        };
        Overview: {
            /**
             * @description The worst state of all connections that are not disconnected; `not_connected` where there never was one.
             * @enum {string}
             */
            state: "not_connected" | "connected" | "degraded" | "needs_attention" | "disconnected";
            /** @description Oldest first. */
            connections: components["schemas"]["Connection"][];
            /** @description Attio members who map to nobody here and have done something, and what they did: map them to show it. */
            hidden: {
                people: number;
                activities: number;
            };
            /** @description Times of the last seven days in which events were lost, newest first. */
            gaps: components["schemas"]["Gap"][];
            warnings: components["schemas"]["Warning"][];
            help: {
                /** @description Whom to ask: an e-mail address, a link, or words. */
                contact: string | null;
                /** @description How Attio is set up. */
                setup_guide_url: string | null;
            };
        };
        Connection: {
            /** Format: uuid */
            id: string;
            /**
             * @description `connected`: all is well. `degraded`: it is being repaired, or watched, by itself. `needs_attention`: somebody has to act. `disconnected`: nothing is received; the timeline stays.
             * @enum {string}
             */
            state: "connected" | "degraded" | "needs_attention" | "disconnected";
            /** @description Why, for programs; null when there is nothing to explain. */
            state_reason: ("connecting" | "connect_failed" | "token_dead" | "token_lost" | "missing_permission" | "webhook_refused" | "webhook_degraded" | "webhook_inactive" | "webhook_missing" | "secret_lost") | null;
            /** @description Why, and what to do about it, for people. */
            explanation: string | null;
            /** Format: date-time */
            state_since: string;
            workspace: {
                id: string;
                name: string;
                slug: string;
            };
            /** @description When the last authentic delivery came, whatever became of it. */
            last_event_at: string | null;
            /** @description When a line was last made. */
            last_activity_at: string | null;
            /** @description When Attio was last asked whether token and webhooks are well, and answered. */
            checked_at: string | null;
            /** @description Those in use first. */
            webhooks: components["schemas"]["Webhook"][];
            /** Format: date-time */
            created_at: string;
        };
        /** @description One of the webhooks of a connection at Attio: there are two in use, and sometimes some on their way out. */
        Webhook: {
            /** Format: uuid */
            id: string;
            /**
             * @description `records`: records and list entries. `other`: notes, comments, tasks, calls, and names of attributes, lists and members.
             * @enum {string}
             */
            purpose: "records" | "other";
            /** @description As Attio last said: `active`, `degraded` or `inactive`; `missing` where Attio does not have it. */
            status: string;
            /** @description When it was last seen delivering. */
            checked_at: string | null;
            degraded_since: string | null;
            /** @description When another took its place. It is kept for four days, since it may still deliver what it owes. */
            retired_at: string | null;
            /** Format: date-time */
            created_at: string;
        };
        Warning: {
            /**
             * @description `permissions_missing`: connect again and grant them. `permissions_excessive`: granted and never used. `authorizer_suspended`: the token will die with the access of whose it is. `deliveries_being_lost`: now. `people_unmapped`: what they did is hidden; only in the overview.
             * @enum {string}
             */
            code: "permissions_missing" | "permissions_excessive" | "authorizer_suspended" | "deliveries_being_lost" | "people_unmapped";
            /** @description Null where it is about all connections. */
            connection_id: string | null;
            /** @description What is wrong and what to do, for people. */
            message: string;
        };
        Connections: {
            data: components["schemas"]["Connection"][];
        };
        ConnectionDetail: {
            /** Format: uuid */
            id: string;
            /**
             * @description `connected`: all is well. `degraded`: it is being repaired, or watched, by itself. `needs_attention`: somebody has to act. `disconnected`: nothing is received; the timeline stays.
             * @enum {string}
             */
            state: "connected" | "degraded" | "needs_attention" | "disconnected";
            /** @description Why, for programs; null when there is nothing to explain. */
            state_reason: ("connecting" | "connect_failed" | "token_dead" | "token_lost" | "missing_permission" | "webhook_refused" | "webhook_degraded" | "webhook_inactive" | "webhook_missing" | "secret_lost") | null;
            /** @description Why, and what to do about it, for people. */
            explanation: string | null;
            /** Format: date-time */
            state_since: string;
            workspace: {
                id: string;
                name: string;
                slug: string;
            };
            /** @description When the last authentic delivery came, whatever became of it. */
            last_event_at: string | null;
            /** @description When a line was last made. */
            last_activity_at: string | null;
            /** @description When Attio was last asked whether token and webhooks are well, and answered. */
            checked_at: string | null;
            /** @description Those in use first. */
            webhooks: components["schemas"]["Webhook"][];
            /** Format: date-time */
            created_at: string;
            authorized_by: {
                /** @description The Attio member whose token it is. `suspended` access will take the token with it. */
                member: {
                    id: string;
                    name: string | null;
                    access_level: string | null;
                } | null;
                /** @description The person who connected it. */
                user: {
                    /** Format: uuid */
                    id: string;
                    name: string | null;
                } | null;
            };
            permissions: {
                needed: {
                    scope: string;
                    granted: boolean;
                    /** @description What people miss without it. */
                    breaks: string;
                }[];
                /** @description Scopes that can write more than webhooks: granted, never used. */
                excessive: string[];
            };
            /** @description Events received in the last 24 hours, whatever became of them. */
            events_24h: components["schemas"]["Count"];
            /** @description What was received and is still to be made into events, and into lines. */
            backlog: {
                deliveries: components["schemas"]["Count"];
                events: components["schemas"]["Count"];
                /** @description Of what waits, what is due first; null when nothing waits. */
                oldest_due_at: string | null;
            };
            /** @description The newest twenty of the last 90 days, newest first. */
            gaps: components["schemas"]["Gap"][];
            /** @description How its state changed, the last twenty times, newest first. */
            history: {
                /** Format: date-time */
                at: string;
                from: {
                    /**
                     * @description `connected`: all is well. `degraded`: it is being repaired, or watched, by itself. `needs_attention`: somebody has to act. `disconnected`: nothing is received; the timeline stays.
                     * @enum {string}
                     */
                    state: "connected" | "degraded" | "needs_attention" | "disconnected";
                    /** @description Why, for programs; null when there is nothing to explain. */
                    reason: ("connecting" | "connect_failed" | "token_dead" | "token_lost" | "missing_permission" | "webhook_refused" | "webhook_degraded" | "webhook_inactive" | "webhook_missing" | "secret_lost") | null;
                };
                to: {
                    /**
                     * @description `connected`: all is well. `degraded`: it is being repaired, or watched, by itself. `needs_attention`: somebody has to act. `disconnected`: nothing is received; the timeline stays.
                     * @enum {string}
                     */
                    state: "connected" | "degraded" | "needs_attention" | "disconnected";
                    /** @description Why, for programs; null when there is nothing to explain. */
                    reason: ("connecting" | "connect_failed" | "token_dead" | "token_lost" | "missing_permission" | "webhook_refused" | "webhook_degraded" | "webhook_inactive" | "webhook_missing" | "secret_lost") | null;
                };
                explanation: string | null;
            }[];
            warnings: components["schemas"]["Warning"][];
            /** @description Long actions that are waiting or under way. */
            runs: components["schemas"]["Run"][];
        };
        Count: {
            count: number;
            /** @description False where there are more: nothing is counted beyond 10,000. */
            is_exact: boolean;
        };
        /** @description A long action: it goes on by itself. Read it again, or read its stream, to see how far it is. */
        Run: {
            /** Format: uuid */
            id: string;
            /**
             * Format: uuid
             * @description The connection it is about; an erasure outlives it.
             */
            connection_id: string;
            /** @enum {string} */
            kind: "refresh" | "replay" | "disconnect" | "erase";
            /** @description Which deliveries a replay takes; nothing for other kinds. */
            params: {
                states?: ("failed" | "dead" | "filtered" | "ignored" | "processed")[];
                /** @description Only deliveries with an event that was filtered, ignored or given up for this. */
                event_reason?: string;
                /** Format: date-time */
                from?: string;
                /** Format: date-time */
                to?: string;
            };
            /**
             * @description `waiting` for its turn, or to be tried again; `running`; `done`, which includes that a step failed for something a person has to mend; `failed`.
             * @enum {string}
             */
            state: "waiting" | "running" | "done" | "failed";
            /** @description In order. None before the run has begun. */
            steps: components["schemas"]["RunStep"][];
            /** @description Of a step that counts: how many so far. */
            done: number;
            /** @description How many there are, where that is known. */
            total: number | null;
            /** @description Why it failed, or is tried again. */
            error: string | null;
            /** @description The user; null for a machine, an operator, or what the product asked for itself. */
            requested_by: string | null;
            /** Format: date-time */
            created_at: string;
            started_at: string | null;
            finished_at: string | null;
        };
        /** @description A `failed` step does not end the run, and says what to do; what needs it is `skipped`. Refreshing: `token`, `permissions`, `webhooks`, `members`, `names`. Replaying: `deliveries`. Disconnecting: `webhooks`, `token`. Erasing: `webhooks`, `hide`, `deliveries`, `events`, `lines`, `names`, `connection`, `late deliveries`. */
        RunStep: {
            name: string;
            /** @enum {string} */
            state: "waiting" | "running" | "done" | "failed" | "skipped";
            /** @description What came of the step, or what to do; for people. */
            detail: string | null;
        };
        DeliveryPage: {
            data: components["schemas"]["Delivery"][];
            next_cursor: string | null;
        };
        Delivery: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            received_at: string;
            event_types: string[];
            /**
             * @description `received`: to be worked. `processed`: made, or became part of, a line. `filtered`, `ignored`: made none, and `reason` says why. `failed`: is tried again. `dead`: was given up; replay it once its cause is mended.
             * @enum {string}
             */
            state: "received" | "processed" | "filtered" | "ignored" | "failed" | "dead";
            reason: string | null;
            /** @description How often Attio sent it again; a repeat changes nothing. */
            repeats: number;
            attempts: number;
            /** @description When it is worked next; null once that is over. */
            next_attempt_at: string | null;
            finished_at: string | null;
            /** @description Through which webhook it came; null where that is gone. */
            webhook: ("records" | "other") | null;
            /** @description In their order. None before it was worked. */
            events: components["schemas"]["LoggedEvent"][];
        };
        /** @description One entry of a delivery. */
        LoggedEvent: {
            /** Format: uuid */
            id: string;
            /** @description Attio's event type. */
            type: string;
            /**
             * @description `pending`: about to become part of a line. `projected`: part of one. `duplicate`: of another event. `filtered`, `ignored`: makes no line. `dead`: given up.
             * @enum {string}
             */
            state: "pending" | "projected" | "duplicate" | "filtered" | "ignored" | "dead";
            reason: string | null;
            /** @description The line it is part of. */
            activity_id: string | null;
            /** @description The title of that line. */
            activity_title: string | null;
            /** @description Why the timeline does not show the line, and `/v1/timeline/{id}` answers 404: who acted is mapped to nobody (`member_unmapped`) or `member_excluded`, its area is switched off (`feature_off`), or it is about a `private_list` that is not shown. Null where it is shown. */
            hidden_by: ("member_unmapped" | "member_excluded" | "feature_off" | "private_list") | null;
            /** Format: date-time */
            happened_at: string;
        };
        DeliveryDetail: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            received_at: string;
            event_types: string[];
            /**
             * @description `received`: to be worked. `processed`: made, or became part of, a line. `filtered`, `ignored`: made none, and `reason` says why. `failed`: is tried again. `dead`: was given up; replay it once its cause is mended.
             * @enum {string}
             */
            state: "received" | "processed" | "filtered" | "ignored" | "failed" | "dead";
            reason: string | null;
            /** @description How often Attio sent it again; a repeat changes nothing. */
            repeats: number;
            attempts: number;
            /** @description When it is worked next; null once that is over. */
            next_attempt_at: string | null;
            finished_at: string | null;
            /** @description Through which webhook it came; null where that is gone. */
            webhook: ("records" | "other") | null;
            /** @description In their order. None before it was worked. */
            events: components["schemas"]["LoggedEvent"][];
            /** @description Attio's key: two deliveries with one key are one. */
            idempotency_key: string | null;
            /** @description What Attio sent, as JSON. Whatever looks like a secret is left out. */
            body: unknown;
        };
        Members: {
            data: components["schemas"]["Member"][];
            counts: {
                mapped: number;
                unmapped: number;
                excluded: number;
                /** @description Lines of all unmapped members. Areas that are off and private lists are not counted. */
                hidden_activities: number;
            };
            next_cursor: string | null;
        };
        Member: {
            /** @description Attio's id of the member; the same person has another one in each workspace. */
            id: string;
            connection: {
                /** Format: uuid */
                id: string;
                workspace_name: string;
            };
            name: string | null;
            email: string | null;
            avatar_url: string | null;
            /** @description As Attio says: `admin`, `member` or `suspended`. Who is suspended keeps their past. */
            access_level: string | null;
            /**
             * @description `mapped`: shown. `unmapped`: hidden until mapped, and counted. `excluded`: never shown, not counted.
             * @enum {string}
             */
            state: "mapped" | "unmapped" | "excluded";
            /**
             * @description Who decided: `auto` follows e-mails; `manual`, `none` (unmapped by hand) and `excluded` are an admin’s word, which no sync changes.
             * @enum {string}
             */
            mapping: "auto" | "manual" | "none" | "excluded";
            user: {
                /** Format: uuid */
                id: string;
                name: string | null;
                email: string;
            } | null;
            /** @description Lines that would show if the member were mapped. 0 for everybody who is not `unmapped`. */
            hidden_activities: number;
            /**
             * Format: date-time
             * @description When Attio was last asked about the member.
             */
            synced_at: string;
        };
        Features: {
            data: components["schemas"]["Feature"][];
            /** @description What a switch does not do, to be shown beside the switches. */
            note: string;
        };
        Feature: {
            /** @enum {string} */
            area: "crm" | "deals" | "tasks" | "notes" | "calls";
            title: string;
            description: string;
            /** @description A line of this area, as the timeline shows it. */
            example: {
                title: string;
                detail: string | null;
            };
            /** @description Off: hidden from timeline, stream and export, for everybody in the organisation. */
            enabled: boolean;
            /** @description Lines of mapped members, whether the area is on or off. */
            activities_last_7_days: number;
        };
        Lists: {
            data: components["schemas"]["List"][];
            connections: {
                /** Format: uuid */
                id: string;
                workspace_name: string;
                /** @description Holds for private lists nothing was said of one by one, those yet to come too. */
                private_lists_shown: boolean;
            }[];
        };
        List: {
            /** @description Attio's id of the list. */
            id: string;
            connection: {
                /** Format: uuid */
                id: string;
                workspace_name: string;
            };
            /** @description Null while unknown, and to members for a private list that is hidden. */
            name: string | null;
            /** @description Slugs of the objects whose records it holds, as Attio's `companies`. */
            objects: string[];
            /**
             * @description `workspace`: everybody in the workspace may see it. `private`: not everybody may, or Attio does not show it to the integration (any more). `unknown`: Attio was not asked yet; lines about it do not name it.
             * @enum {string}
             */
            access: "workspace" | "private" | "unknown";
            /** @description Whether its entries, and comments on them, show in the timeline. */
            shown: boolean;
            deleted: boolean;
        };
        ShownPrivateLists: {
            data: components["schemas"]["List"][];
            private_lists_shown: boolean;
            /** @description The run that makes lines of what was withheld so far: `/v1/runs/{id}`. Null where nothing came to be shown. */
            replay_run_id: string | null;
        };
        ShownList: {
            /** @description Attio's id of the list. */
            id: string;
            connection: {
                /** Format: uuid */
                id: string;
                workspace_name: string;
            };
            /** @description Null while unknown, and to members for a private list that is hidden. */
            name: string | null;
            /** @description Slugs of the objects whose records it holds, as Attio's `companies`. */
            objects: string[];
            /**
             * @description `workspace`: everybody in the workspace may see it. `private`: not everybody may, or Attio does not show it to the integration (any more). `unknown`: Attio was not asked yet; lines about it do not name it.
             * @enum {string}
             */
            access: "workspace" | "private" | "unknown";
            /** @description Whether its entries, and comments on them, show in the timeline. */
            shown: boolean;
            deleted: boolean;
            /** @description The run that makes lines of what was withheld so far: `/v1/runs/{id}`. Null where nothing came to be shown. */
            replay_run_id: string | null;
        };
        AuditPage: {
            data: components["schemas"]["AuditEntry"][];
            next_cursor: string | null;
        };
        AuditEntry: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            /**
             * @description What was done. `connection.reauthorized`: connected while it was connected, with a new token. `member.unmapped`: by hand. `member.followed`: back to mapping by e-mail. `private_lists.…`: all of a connection at once. `users.registered`: people made or renamed. The others say it themselves.
             * @enum {string}
             */
            action: "connection.connected" | "connection.reauthorized" | "connection.refreshed" | "connection.disconnected" | "connection.erased" | "delivery.replayed" | "deliveries.replayed" | "member.mapped" | "member.unmapped" | "member.excluded" | "member.followed" | "feature.switched" | "list.shown" | "list.hidden" | "private_lists.shown" | "private_lists.hidden" | "users.registered" | "user.changed" | "timeline.exported";
            actor: {
                /** @description Null for a machine and for an operator’s command. */
                user_id: string | null;
                /** @description As it was then. */
                name: string;
            };
            /** @description The connection it was about; it may be erased since. */
            connection_id: string | null;
            /** @description What it was done to and with, to be shown as it is: people, lists and deliveries by id and name, `was` for what it was before, `run_id` of the run it began. The keys differ by action, and there may come more. */
            details: {
                [key: string]: unknown;
            };
            request_id: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type ExportTicketRequest = components['schemas']['ExportTicketRequest'];
export type UpsertUsers = components['schemas']['UpsertUsers'];
export type ChangeUser = components['schemas']['ChangeUser'];
export type ReplayDeliveries = components['schemas']['ReplayDeliveries'];
export type MapMember = components['schemas']['MapMember'];
export type SwitchFeature = components['schemas']['SwitchFeature'];
export type ShowPrivateLists = components['schemas']['ShowPrivateLists'];
export type ShowList = components['schemas']['ShowList'];
export type Me = components['schemas']['Me'];
export type Problem = components['schemas']['Problem'];
export type TimelinePage = components['schemas']['TimelinePage'];
export type Activity = components['schemas']['Activity'];
export type ExportTicket = components['schemas']['ExportTicket'];
export type TimelineSummary = components['schemas']['TimelineSummary'];
export type TimelineChoices = components['schemas']['TimelineChoices'];
export type RecordChoices = components['schemas']['RecordChoices'];
export type RecordChoice = components['schemas']['RecordChoice'];
export type Gaps = components['schemas']['Gaps'];
export type Gap = components['schemas']['Gap'];
export type ActivityWithEvents = components['schemas']['ActivityWithEvents'];
export type TimelineEvent = components['schemas']['TimelineEvent'];
export type UserPage = components['schemas']['UserPage'];
export type User = components['schemas']['User'];
export type UpsertedUsers = components['schemas']['UpsertedUsers'];
export type AttioAuthorization = components['schemas']['AttioAuthorization'];
export type Overview = components['schemas']['Overview'];
export type Connection = components['schemas']['Connection'];
export type Webhook = components['schemas']['Webhook'];
export type Warning = components['schemas']['Warning'];
export type Connections = components['schemas']['Connections'];
export type ConnectionDetail = components['schemas']['ConnectionDetail'];
export type Count = components['schemas']['Count'];
export type Run = components['schemas']['Run'];
export type RunStep = components['schemas']['RunStep'];
export type DeliveryPage = components['schemas']['DeliveryPage'];
export type Delivery = components['schemas']['Delivery'];
export type LoggedEvent = components['schemas']['LoggedEvent'];
export type DeliveryDetail = components['schemas']['DeliveryDetail'];
export type Members = components['schemas']['Members'];
export type Member = components['schemas']['Member'];
export type Features = components['schemas']['Features'];
export type Feature = components['schemas']['Feature'];
export type Lists = components['schemas']['Lists'];
export type List = components['schemas']['List'];
export type ShownPrivateLists = components['schemas']['ShownPrivateLists'];
export type ShownList = components['schemas']['ShownList'];
export type AuditPage = components['schemas']['AuditPage'];
export type AuditEntry = components['schemas']['AuditEntry'];
export type $defs = Record<string, never>;
export interface operations {
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller: user, organisation and role. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": "0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c",
                     *         "email": "ada.lovelace@northwind.example",
                     *         "name": "Ada Lovelace"
                     *       },
                     *       "organization": {
                     *         "id": "0192f0bf-0000-7a60-8b0e-9c1f6a2b7d4e",
                     *         "external_id": "northwind",
                     *         "name": "northwind"
                     *       },
                     *       "role": "admin"
                     *     }
                     */
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTimeline: {
        parameters: {
            query?: {
                /** @description Only lines of these categories. Several values: repeat the parameter or separate them by commas. */
                category?: ("default" | "task" | "meeting")[];
                /** @description Only lines of these feature areas. Several values: repeat the parameter or separate them by commas. */
                feature?: ("crm" | "deals" | "tasks" | "notes" | "calls")[];
                /** @description Only lines of these kinds. Several values: repeat the parameter or separate them by commas. */
                kind?: ("record.created" | "record.updated" | "record.deleted" | "record.merged" | "list-entry.created" | "list-entry.updated" | "list-entry.deleted" | "note.created" | "note.updated" | "note.deleted" | "comment.created" | "comment.resolved" | "comment.unresolved" | "comment.deleted" | "task.created" | "task.updated" | "task.completed" | "task.reopened" | "task.deleted" | "call-recording.created")[];
                /** @description Only lines in which one of these users acted or took part. Several values: repeat the parameter or separate them by commas. */
                user?: string[];
                /** @description Only lines in which one of these Attio members acted or took part. Several values: repeat the parameter or separate them by commas. */
                member?: string[];
                /** @description Only lines about one of these Attio records in any way, also from before it was merged. Several values: repeat the parameter or separate them by commas. */
                record?: string[];
                /** @description Only lines whose first subject (record, note, task or meeting) is one of these, also from before a merge. Several values: repeat the parameter or separate them by commas. */
                subject?: string[];
                /** @description Only lines about a record of one of these Attio objects, by id or by slug (`deals`); notes, comments, tasks and calls by the record they hang on. Several values: repeat the parameter or separate them by commas. */
                object?: string[];
                /** @description Only lines in which one of these attributes changed, by Attio’s id. Several values: repeat the parameter or separate them by commas. */
                attribute?: string[];
                /** @description Only lines about entries of one of these Attio lists, and comments on them. Several values: repeat the parameter or separate them by commas. */
                list?: string[];
                /** @description Only lines of these connections (workspaces). Several values: repeat the parameter or separate them by commas. */
                connection?: string[];
                /** @description Only lines at or after this time; a date means the start of that day in `time_zone`. */
                from?: string;
                /** @description Only lines before this time; a date means up to the end of that day in `time_zone`. */
                to?: string;
                /** @description IANA time zone in which dates of `from` and `to` are days; needed with a date. */
                time_zone?: string;
                /** @description Only lines in which all these words occur, ignoring case. */
                q?: string;
                /** @description Only lines from these tools. Attio is the only one so far. Several values: repeat the parameter or separate them by commas. */
                source?: "attio"[];
                /** @description `next_cursor` of a page with the same filters. */
                cursor?: string;
                /** @description Lines a page. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10",
                     *           "source": "attio",
                     *           "kind": "record.updated",
                     *           "category": "default",
                     *           "feature": "deals",
                     *           "title": "Acme Corp > Updated",
                     *           "breadcrumb": [
                     *             "Acme Corp",
                     *             "Updated"
                     *           ],
                     *           "detail": "Updated Stage and Deal Value",
                     *           "summary": "Ada Lovelace updated Stage and Deal Value on Acme Corp",
                     *           "changes": [
                     *             {
                     *               "attribute_id": "41252299-f8c7-4b5e-99c9-4ff8321d2f96",
                     *               "title": "Stage",
                     *               "steps": [
                     *                 {
                     *                   "at": "2026-11-24T09:12:04.120Z",
                     *                   "event_id": "5a2f2f0e-64ce-5b0c-8a52-0f5a1f5ef4aa",
                     *                   "from": "Qualified",
                     *                   "to": "Negotiation"
                     *                 },
                     *                 {
                     *                   "at": "2026-11-24T09:14:40.007Z",
                     *                   "event_id": "0f7a3c11-9a60-5d4e-b1c8-6d2e5f4a3b2c",
                     *                   "from": "Negotiation",
                     *                   "to": "Won"
                     *                 }
                     *               ]
                     *             },
                     *             {
                     *               "attribute_id": "7d0e6b1a-4c2f-4e8d-9b3a-1f2e3d4c5b6a",
                     *               "title": "Deal Value",
                     *               "steps": [
                     *                 {
                     *                   "at": "2026-11-24T09:13:21.554Z",
                     *                   "event_id": "c3d4e5f6-a7b8-5c9d-8e0f-1a2b3c4d5e6f"
                     *                 }
                     *               ]
                     *             }
                     *           ],
                     *           "actor": {
                     *             "member_id": "50cf242c-7fa3-4cad-87d0-75b1af71c57b",
                     *             "name": "Ada Lovelace",
                     *             "avatar_url": null,
                     *             "user": {
                     *               "id": "0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c",
                     *               "name": "Ada Lovelace",
                     *               "email": "ada.lovelace@northwind.example"
                     *             }
                     *           },
                     *           "subject": {
                     *             "type": "record",
                     *             "id": "bf071e1f-6035-429d-b874-d83ea64ea13b",
                     *             "object_id": "97052eb9-e65e-443f-a297-f2d9a4a7f795",
                     *             "name": "Acme Corp",
                     *             "name_state": "known",
                     *             "name_now": "Acme Corp"
                     *           },
                     *           "related": [],
                     *           "participants": [],
                     *           "url": "https://app.attio.com/northwind/deals/record/bf071e1f-6035-429d-b874-d83ea64ea13b/overview",
                     *           "name_state": "known",
                     *           "occurred_at": "2026-11-24T09:12:04.120Z",
                     *           "last_event_at": "2026-11-24T09:14:40.007Z",
                     *           "updated_at": "2026-11-24T09:14:40.102Z",
                     *           "fields": 2,
                     *           "event_count": 3,
                     *           "late": false,
                     *           "connection": {
                     *             "id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *             "workspace_name": "Northwind Traders"
                     *           }
                     *         }
                     *       ],
                     *       "next_cursor": null,
                     *       "stream_cursor": "74213.0.1795511681000"
                     *     }
                     */
                    "application/json": components["schemas"]["TimelinePage"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamTimeline: {
        parameters: {
            query?: {
                /** @description Only lines of these categories. Several values: repeat the parameter or separate them by commas. */
                category?: ("default" | "task" | "meeting")[];
                /** @description Only lines of these feature areas. Several values: repeat the parameter or separate them by commas. */
                feature?: ("crm" | "deals" | "tasks" | "notes" | "calls")[];
                /** @description Only lines of these kinds. Several values: repeat the parameter or separate them by commas. */
                kind?: ("record.created" | "record.updated" | "record.deleted" | "record.merged" | "list-entry.created" | "list-entry.updated" | "list-entry.deleted" | "note.created" | "note.updated" | "note.deleted" | "comment.created" | "comment.resolved" | "comment.unresolved" | "comment.deleted" | "task.created" | "task.updated" | "task.completed" | "task.reopened" | "task.deleted" | "call-recording.created")[];
                /** @description Only lines in which one of these users acted or took part. Several values: repeat the parameter or separate them by commas. */
                user?: string[];
                /** @description Only lines in which one of these Attio members acted or took part. Several values: repeat the parameter or separate them by commas. */
                member?: string[];
                /** @description Only lines about one of these Attio records in any way, also from before it was merged. Several values: repeat the parameter or separate them by commas. */
                record?: string[];
                /** @description Only lines whose first subject (record, note, task or meeting) is one of these, also from before a merge. Several values: repeat the parameter or separate them by commas. */
                subject?: string[];
                /** @description Only lines about a record of one of these Attio objects, by id or by slug (`deals`); notes, comments, tasks and calls by the record they hang on. Several values: repeat the parameter or separate them by commas. */
                object?: string[];
                /** @description Only lines in which one of these attributes changed, by Attio’s id. Several values: repeat the parameter or separate them by commas. */
                attribute?: string[];
                /** @description Only lines about entries of one of these Attio lists, and comments on them. Several values: repeat the parameter or separate them by commas. */
                list?: string[];
                /** @description Only lines of these connections (workspaces). Several values: repeat the parameter or separate them by commas. */
                connection?: string[];
                /** @description Only lines at or after this time; a date means the start of that day in `time_zone`. */
                from?: string;
                /** @description Only lines before this time; a date means up to the end of that day in `time_zone`. */
                to?: string;
                /** @description IANA time zone in which dates of `from` and `to` are days; needed with a date. */
                time_zone?: string;
                /** @description Only lines in which all these words occur, ignoring case. */
                q?: string;
                /** @description Only lines from these tools. Attio is the only one so far. Several values: repeat the parameter or separate them by commas. */
                source?: "attio"[];
                /** @description `stream_cursor` of a page, or the last `id` of a stream. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example event: activity
                     *     id: 74213.117.1795511680000
                     *     data: {"id":"0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10","source":"attio","kind":"record.updated","category":"default","feature":"deals","title":"Acme Corp > Updated","breadcrumb":["Acme Corp","Updated"],"detail":"Updated Stage and Deal Value","summary":"Ada Lovelace updated Stage and Deal Value on Acme Corp","changes":[{"attribute_id":"41252299-f8c7-4b5e-99c9-4ff8321d2f96","title":"Stage","steps":[{"at":"2026-11-24T09:12:04.120Z","event_id":"5a2f2f0e-64ce-5b0c-8a52-0f5a1f5ef4aa","from":"Qualified","to":"Negotiation"},{"at":"2026-11-24T09:14:40.007Z","event_id":"0f7a3c11-9a60-5d4e-b1c8-6d2e5f4a3b2c","from":"Negotiation","to":"Won"}]},{"attribute_id":"7d0e6b1a-4c2f-4e8d-9b3a-1f2e3d4c5b6a","title":"Deal Value","steps":[{"at":"2026-11-24T09:13:21.554Z","event_id":"c3d4e5f6-a7b8-5c9d-8e0f-1a2b3c4d5e6f"}]}],"actor":{"member_id":"50cf242c-7fa3-4cad-87d0-75b1af71c57b","name":"Ada Lovelace","avatar_url":null,"user":{"id":"0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c","name":"Ada Lovelace","email":"ada.lovelace@northwind.example"}},"subject":{"type":"record","id":"bf071e1f-6035-429d-b874-d83ea64ea13b","object_id":"97052eb9-e65e-443f-a297-f2d9a4a7f795","name":"Acme Corp","name_state":"known","name_now":"Acme Corp"},"related":[],"participants":[],"url":"https://app.attio.com/northwind/deals/record/bf071e1f-6035-429d-b874-d83ea64ea13b/overview","name_state":"known","occurred_at":"2026-11-24T09:12:04.120Z","last_event_at":"2026-11-24T09:14:40.007Z","updated_at":"2026-11-24T09:14:40.102Z","fields":2,"event_count":3,"late":false,"connection":{"id":"0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e","workspace_name":"Northwind Traders"}}
                     *
                     *     event: removed
                     *     id: 74213.118.1795511681000
                     *     data: {"id":"0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10"}
                     *
                     *     event: reset
                     *     id: 74213.121.1795511684000
                     *     data: {}
                     */
                    "text/event-stream": string;
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             *
             *     `too_many_streams`: You have 50 streams open.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             *
             *     `draining`: This server is being replaced; try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportTimeline: {
        parameters: {
            query: {
                /** @description `csv` for spreadsheets, `ndjson` for programs. */
                format: "csv" | "ndjson";
                /** @description Only lines of these categories. Several values: repeat the parameter or separate them by commas. */
                category?: ("default" | "task" | "meeting")[];
                /** @description Only lines of these feature areas. Several values: repeat the parameter or separate them by commas. */
                feature?: ("crm" | "deals" | "tasks" | "notes" | "calls")[];
                /** @description Only lines of these kinds. Several values: repeat the parameter or separate them by commas. */
                kind?: ("record.created" | "record.updated" | "record.deleted" | "record.merged" | "list-entry.created" | "list-entry.updated" | "list-entry.deleted" | "note.created" | "note.updated" | "note.deleted" | "comment.created" | "comment.resolved" | "comment.unresolved" | "comment.deleted" | "task.created" | "task.updated" | "task.completed" | "task.reopened" | "task.deleted" | "call-recording.created")[];
                /** @description Only lines in which one of these users acted or took part. Several values: repeat the parameter or separate them by commas. */
                user?: string[];
                /** @description Only lines in which one of these Attio members acted or took part. Several values: repeat the parameter or separate them by commas. */
                member?: string[];
                /** @description Only lines about one of these Attio records in any way, also from before it was merged. Several values: repeat the parameter or separate them by commas. */
                record?: string[];
                /** @description Only lines whose first subject (record, note, task or meeting) is one of these, also from before a merge. Several values: repeat the parameter or separate them by commas. */
                subject?: string[];
                /** @description Only lines about a record of one of these Attio objects, by id or by slug (`deals`); notes, comments, tasks and calls by the record they hang on. Several values: repeat the parameter or separate them by commas. */
                object?: string[];
                /** @description Only lines in which one of these attributes changed, by Attio’s id. Several values: repeat the parameter or separate them by commas. */
                attribute?: string[];
                /** @description Only lines about entries of one of these Attio lists, and comments on them. Several values: repeat the parameter or separate them by commas. */
                list?: string[];
                /** @description Only lines of these connections (workspaces). Several values: repeat the parameter or separate them by commas. */
                connection?: string[];
                /** @description Only lines at or after this time; a date means the start of that day in `time_zone`. */
                from?: string;
                /** @description Only lines before this time; a date means up to the end of that day in `time_zone`. */
                to?: string;
                /** @description IANA time zone in which dates of `from` and `to` are days; needed with a date. */
                time_zone?: string;
                /** @description Only lines in which all these words occur, ignoring case. */
                q?: string;
                /** @description Only lines from these tools. Attio is the only one so far. Several values: repeat the parameter or separate them by commas. */
                source?: "attio"[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    /** @description Proposes a name for the file. */
                    "content-disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example occurred_at,actor,actor_email,…
                     *     2026-11-24T09:12:04.120Z,Ada Lovelace,ada.lovelace@northwind.example,…
                     */
                    "text/csv": string;
                    /** @example {"id":"0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10","source":"attio","kind":"record.updated","category":"default","feature":"deals","title":"Acme Corp > Updated","breadcrumb":["Acme Corp","Updated"],"detail":"Updated Stage and Deal Value","summary":"Ada Lovelace updated Stage and Deal Value on Acme Corp","changes":[{"attribute_id":"41252299-f8c7-4b5e-99c9-4ff8321d2f96","title":"Stage","steps":[{"at":"2026-11-24T09:12:04.120Z","event_id":"5a2f2f0e-64ce-5b0c-8a52-0f5a1f5ef4aa","from":"Qualified","to":"Negotiation"},{"at":"2026-11-24T09:14:40.007Z","event_id":"0f7a3c11-9a60-5d4e-b1c8-6d2e5f4a3b2c","from":"Negotiation","to":"Won"}]},{"attribute_id":"7d0e6b1a-4c2f-4e8d-9b3a-1f2e3d4c5b6a","title":"Deal Value","steps":[{"at":"2026-11-24T09:13:21.554Z","event_id":"c3d4e5f6-a7b8-5c9d-8e0f-1a2b3c4d5e6f"}]}],"actor":{"member_id":"50cf242c-7fa3-4cad-87d0-75b1af71c57b","name":"Ada Lovelace","avatar_url":null,"user":{"id":"0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c","name":"Ada Lovelace","email":"ada.lovelace@northwind.example"}},"subject":{"type":"record","id":"bf071e1f-6035-429d-b874-d83ea64ea13b","object_id":"97052eb9-e65e-443f-a297-f2d9a4a7f795","name":"Acme Corp","name_state":"known","name_now":"Acme Corp"},"related":[],"participants":[],"url":"https://app.attio.com/northwind/deals/record/bf071e1f-6035-429d-b874-d83ea64ea13b/overview","name_state":"known","occurred_at":"2026-11-24T09:12:04.120Z","last_event_at":"2026-11-24T09:14:40.007Z","updated_at":"2026-11-24T09:14:40.102Z","fields":2,"event_count":3,"late":false,"connection":{"id":"0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e","workspace_name":"Northwind Traders"}} */
                    "application/x-ndjson": string;
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `method_not_allowed`: An export can only be asked for by GET. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             *
             *     `too_many_exports`: You have two exports under way.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createExportTicket: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExportTicketRequest"];
            };
        };
        responses: {
            /** @description The ticket. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "download_url": "https://timeline.example.com/v1/timeline/export/3q2-7wRlC0XnLwcnV2i9o0rN1Zq8sX5dQm4tY6uB7vA",
                     *       "expires_at": "2026-11-24T09:16:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["ExportTicket"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadExport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The last part of `download_url`. */
                ticket: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    /** @description Proposes a name for the file. */
                    "content-disposition"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example occurred_at,actor,actor_email,…
                     *     2026-11-24T09:12:04.120Z,Ada Lovelace,ada.lovelace@northwind.example,…
                     */
                    "text/csv": string;
                    /** @example {"id":"0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10","source":"attio","kind":"record.updated","category":"default","feature":"deals","title":"Acme Corp > Updated","breadcrumb":["Acme Corp","Updated"],"detail":"Updated Stage and Deal Value","summary":"Ada Lovelace updated Stage and Deal Value on Acme Corp","changes":[{"attribute_id":"41252299-f8c7-4b5e-99c9-4ff8321d2f96","title":"Stage","steps":[{"at":"2026-11-24T09:12:04.120Z","event_id":"5a2f2f0e-64ce-5b0c-8a52-0f5a1f5ef4aa","from":"Qualified","to":"Negotiation"},{"at":"2026-11-24T09:14:40.007Z","event_id":"0f7a3c11-9a60-5d4e-b1c8-6d2e5f4a3b2c","from":"Negotiation","to":"Won"}]},{"attribute_id":"7d0e6b1a-4c2f-4e8d-9b3a-1f2e3d4c5b6a","title":"Deal Value","steps":[{"at":"2026-11-24T09:13:21.554Z","event_id":"c3d4e5f6-a7b8-5c9d-8e0f-1a2b3c4d5e6f"}]}],"actor":{"member_id":"50cf242c-7fa3-4cad-87d0-75b1af71c57b","name":"Ada Lovelace","avatar_url":null,"user":{"id":"0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c","name":"Ada Lovelace","email":"ada.lovelace@northwind.example"}},"subject":{"type":"record","id":"bf071e1f-6035-429d-b874-d83ea64ea13b","object_id":"97052eb9-e65e-443f-a297-f2d9a4a7f795","name":"Acme Corp","name_state":"known","name_now":"Acme Corp"},"related":[],"participants":[],"url":"https://app.attio.com/northwind/deals/record/bf071e1f-6035-429d-b874-d83ea64ea13b/overview","name_state":"known","occurred_at":"2026-11-24T09:12:04.120Z","last_event_at":"2026-11-24T09:14:40.007Z","updated_at":"2026-11-24T09:14:40.102Z","fields":2,"event_count":3,"late":false,"connection":{"id":"0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e","workspace_name":"Northwind Traders"}} */
                    "application/x-ndjson": string;
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: No such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `method_not_allowed`: An export can only be asked for by GET. */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `ticket_spent`: The ticket was used, or is older than a minute. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `too_many_exports`: You have two exports under way.
             *
             *     `organization_busy`: Your organisation has too much under way.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `temporarily_unavailable`: The database cannot be reached now: try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSummary: {
        parameters: {
            query?: {
                /** @description How long a bucket is. */
                interval?: "day" | "hour";
                /** @description Only lines of these categories. Several values: repeat the parameter or separate them by commas. */
                category?: ("default" | "task" | "meeting")[];
                /** @description Only lines of these feature areas. Several values: repeat the parameter or separate them by commas. */
                feature?: ("crm" | "deals" | "tasks" | "notes" | "calls")[];
                /** @description Only lines of these kinds. Several values: repeat the parameter or separate them by commas. */
                kind?: ("record.created" | "record.updated" | "record.deleted" | "record.merged" | "list-entry.created" | "list-entry.updated" | "list-entry.deleted" | "note.created" | "note.updated" | "note.deleted" | "comment.created" | "comment.resolved" | "comment.unresolved" | "comment.deleted" | "task.created" | "task.updated" | "task.completed" | "task.reopened" | "task.deleted" | "call-recording.created")[];
                /** @description Only lines in which one of these users acted or took part. Several values: repeat the parameter or separate them by commas. */
                user?: string[];
                /** @description Only lines in which one of these Attio members acted or took part. Several values: repeat the parameter or separate them by commas. */
                member?: string[];
                /** @description Only lines about one of these Attio records in any way, also from before it was merged. Several values: repeat the parameter or separate them by commas. */
                record?: string[];
                /** @description Only lines whose first subject (record, note, task or meeting) is one of these, also from before a merge. Several values: repeat the parameter or separate them by commas. */
                subject?: string[];
                /** @description Only lines about a record of one of these Attio objects, by id or by slug (`deals`); notes, comments, tasks and calls by the record they hang on. Several values: repeat the parameter or separate them by commas. */
                object?: string[];
                /** @description Only lines in which one of these attributes changed, by Attio’s id. Several values: repeat the parameter or separate them by commas. */
                attribute?: string[];
                /** @description Only lines about entries of one of these Attio lists, and comments on them. Several values: repeat the parameter or separate them by commas. */
                list?: string[];
                /** @description Only lines of these connections (workspaces). Several values: repeat the parameter or separate them by commas. */
                connection?: string[];
                /** @description Only lines at or after this time; a date means the start of that day in `time_zone`. */
                from?: string;
                /** @description Only lines before this time; a date means up to the end of that day in `time_zone`. */
                to?: string;
                /** @description IANA time zone whose days are counted, and in which dates of `from` and `to` are days; UTC if absent. */
                time_zone?: string;
                /** @description Only lines in which all these words occur, ignoring case. */
                q?: string;
                /** @description Only lines from these tools. Attio is the only one so far. Several values: repeat the parameter or separate them by commas. */
                source?: "attio"[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The counts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-11-22T23:00:00.000Z",
                     *       "to": "2026-11-24T23:00:00.000Z",
                     *       "interval": "day",
                     *       "time_zone": "Europe/Berlin",
                     *       "buckets": [
                     *         {
                     *           "start": "2026-11-22T23:00:00.000Z",
                     *           "lines": {
                     *             "default": 0,
                     *             "task": 0,
                     *             "meeting": 0
                     *           }
                     *         },
                     *         {
                     *           "start": "2026-11-23T23:00:00.000Z",
                     *           "lines": {
                     *             "default": 17,
                     *             "task": 3,
                     *             "meeting": 1
                     *           }
                     *         }
                     *       ],
                     *       "total": {
                     *         "default": 17,
                     *         "task": 3,
                     *         "meeting": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["TimelineSummary"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `too_many_lines`: There are too many lines to count them in time: take a shorter range. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getFilters: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Everything to choose from, by name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "people": [
                     *         {
                     *           "user_id": "0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c",
                     *           "name": "Ada Lovelace",
                     *           "email": "ada.lovelace@northwind.example",
                     *           "avatar_url": null
                     *         }
                     *       ],
                     *       "workspaces": [
                     *         {
                     *           "connection_id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *           "name": "Northwind Traders",
                     *           "state": "connected"
                     *         }
                     *       ],
                     *       "categories": [
                     *         {
                     *           "value": "default",
                     *           "name": "Default (CRM)"
                     *         }
                     *       ],
                     *       "features": [
                     *         {
                     *           "value": "deals",
                     *           "name": "Deals",
                     *           "hidden": false
                     *         }
                     *       ],
                     *       "kinds": [
                     *         {
                     *           "value": "record.updated",
                     *           "name": "Record updated",
                     *           "features": [
                     *             "crm",
                     *             "deals"
                     *           ]
                     *         }
                     *       ],
                     *       "objects": [
                     *         {
                     *           "connection_id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *           "id": "97052eb9-e65e-443f-a297-f2d9a4a7f795",
                     *           "slug": "deals",
                     *           "singular": "deal",
                     *           "plural": "deals"
                     *         }
                     *       ],
                     *       "lists": [
                     *         {
                     *           "connection_id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *           "id": "33ebdbe9-e529-47c9-b894-0ba25e9c15c0",
                     *           "name": "Hot Leads"
                     *         }
                     *       ],
                     *       "attributes": [
                     *         {
                     *           "connection_id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *           "id": "41252299-f8c7-4b5e-99c9-4ff8321d2f96",
                     *           "name": "Stage",
                     *           "object_id": "97052eb9-e65e-443f-a297-f2d9a4a7f795",
                     *           "list_id": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TimelineChoices"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    findRecords: {
        parameters: {
            query: {
                /** @description What was typed so far. */
                q: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Give `id` as `record`. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "bf071e1f-6035-429d-b874-d83ea64ea13b",
                     *           "name": "Acme Corp",
                     *           "object": {
                     *             "id": "97052eb9-e65e-443f-a297-f2d9a4a7f795",
                     *             "singular": "company"
                     *           },
                     *           "connection_id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *           "gone": false
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["RecordChoices"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listGaps: {
        parameters: {
            query?: {
                /** @description Only times that touch what comes at or after this; default: seven days ago. */
                from?: string;
                /** @description Only times that began before this. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Newest first; at most 200. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "0192f0c2-3b11-7a00-8c3d-7e6f5a4b3c2d",
                     *           "connection": {
                     *             "id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *             "workspace_name": "Northwind Traders"
                     *           },
                     *           "from": "2026-11-23T21:04:10.000Z",
                     *           "to": "2026-11-23T21:31:02.000Z",
                     *           "affects": "records",
                     *           "reason": "webhook_missing",
                     *           "explanation": "The webhook was gone at Attio."
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Gaps"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getActivity: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The line; also one that became part of another. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The line as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10",
                     *       "source": "attio",
                     *       "kind": "record.updated",
                     *       "category": "default",
                     *       "feature": "deals",
                     *       "title": "Acme Corp > Updated",
                     *       "breadcrumb": [
                     *         "Acme Corp",
                     *         "Updated"
                     *       ],
                     *       "detail": "Updated Stage and Deal Value",
                     *       "summary": "Ada Lovelace updated Stage and Deal Value on Acme Corp",
                     *       "changes": [
                     *         {
                     *           "attribute_id": "41252299-f8c7-4b5e-99c9-4ff8321d2f96",
                     *           "title": "Stage",
                     *           "steps": [
                     *             {
                     *               "at": "2026-11-24T09:12:04.120Z",
                     *               "event_id": "5a2f2f0e-64ce-5b0c-8a52-0f5a1f5ef4aa",
                     *               "from": "Qualified",
                     *               "to": "Negotiation"
                     *             },
                     *             {
                     *               "at": "2026-11-24T09:14:40.007Z",
                     *               "event_id": "0f7a3c11-9a60-5d4e-b1c8-6d2e5f4a3b2c",
                     *               "from": "Negotiation",
                     *               "to": "Won"
                     *             }
                     *           ]
                     *         },
                     *         {
                     *           "attribute_id": "7d0e6b1a-4c2f-4e8d-9b3a-1f2e3d4c5b6a",
                     *           "title": "Deal Value",
                     *           "steps": [
                     *             {
                     *               "at": "2026-11-24T09:13:21.554Z",
                     *               "event_id": "c3d4e5f6-a7b8-5c9d-8e0f-1a2b3c4d5e6f"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "actor": {
                     *         "member_id": "50cf242c-7fa3-4cad-87d0-75b1af71c57b",
                     *         "name": "Ada Lovelace",
                     *         "avatar_url": null,
                     *         "user": {
                     *           "id": "0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c",
                     *           "name": "Ada Lovelace",
                     *           "email": "ada.lovelace@northwind.example"
                     *         }
                     *       },
                     *       "subject": {
                     *         "type": "record",
                     *         "id": "bf071e1f-6035-429d-b874-d83ea64ea13b",
                     *         "object_id": "97052eb9-e65e-443f-a297-f2d9a4a7f795",
                     *         "name": "Acme Corp",
                     *         "name_state": "known",
                     *         "name_now": "Acme Corp"
                     *       },
                     *       "related": [],
                     *       "participants": [],
                     *       "url": "https://app.attio.com/northwind/deals/record/bf071e1f-6035-429d-b874-d83ea64ea13b/overview",
                     *       "name_state": "known",
                     *       "occurred_at": "2026-11-24T09:12:04.120Z",
                     *       "last_event_at": "2026-11-24T09:14:40.007Z",
                     *       "updated_at": "2026-11-24T09:14:40.102Z",
                     *       "fields": 2,
                     *       "event_count": 3,
                     *       "late": false,
                     *       "connection": {
                     *         "id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *         "workspace_name": "Northwind Traders"
                     *       },
                     *       "events": [
                     *         {
                     *           "id": "5a2f2f0e-64ce-5b0c-8a52-0f5a1f5ef4aa",
                     *           "delivery_id": "0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10",
                     *           "type": "record.updated",
                     *           "state": "projected",
                     *           "reason": null,
                     *           "happened_at": "2026-11-24T09:12:04.120Z",
                     *           "received_at": "2026-11-24T09:12:04.391Z",
                     *           "attribute": {
                     *             "id": "41252299-f8c7-4b5e-99c9-4ff8321d2f96",
                     *             "title": "Stage"
                     *           }
                     *         }
                     *       ],
                     *       "redirected_from": null
                     *     }
                     */
                    "application/json": components["schemas"]["ActivityWithEvents"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: No such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description Only people whose e-mail or name holds this, ignoring case. */
                q?: string;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description People a page. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c",
                     *           "email": "ada.lovelace@northwind.example",
                     *           "name": "Ada Lovelace",
                     *           "signed_in": true,
                     *           "member_count": 1
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["UserPage"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    upsertUsers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpsertUsers"];
            };
        };
        responses: {
            /** @description The people as they are now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c",
                     *           "email": "ada.lovelace@northwind.example",
                     *           "name": "Ada Lovelace"
                     *         }
                     *       ],
                     *       "mapped_members": 1
                     *     }
                     */
                    "application/json": components["schemas"]["UpsertedUsers"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             *
             *     `admins_only`: Needs the role of an admin.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The user. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeUser"];
            };
        };
        responses: {
            /** @description The person as they are now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c",
                     *       "email": "ada.king@northwind.example",
                     *       "name": "Ada Lovelace",
                     *       "signed_in": true,
                     *       "member_count": 1
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             *
             *     `admins_only`: Needs the role of an admin.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: No such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `email_taken`: Somebody else of your organisation has this e-mail. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    authorizeAttio: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address of Attio's consent page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "authorize_url": "https://app.attio.com/authorize?client_id=…&response_type=code&redirect_uri=…&state=…"
                     *     }
                     */
                    "application/json": components["schemas"]["AttioAuthorization"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             *
             *     `admins_only`: Needs the role of an admin.
             *
             *     `person_required`: The token is a machine’s, or its e-mail is not verified.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    attioCallback: {
        parameters: {
            query?: {
                /** @description As `authorize` gave it to Attio. */
                state?: string;
                /** @description Attio's authorisation code. */
                code?: string;
                /** @description `access_denied` when consent was refused. */
                error?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the integration page. */
            303: {
                headers: {
                    /** @description Its address. */
                    location?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `temporarily_unavailable`: The database cannot be reached now: try again. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOverview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The overview. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "state": "degraded",
                     *       "connections": [
                     *         {
                     *           "id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *           "state": "degraded",
                     *           "state_reason": "webhook_degraded",
                     *           "explanation": "Attio calls a webhook degraded: deliveries failed for days, and it may hold some back. It still delivers, and is replaced after five days.",
                     *           "state_since": "2026-11-24T08:40:00.000Z",
                     *           "workspace": {
                     *             "id": "14beef7a-99f7-4534-a87e-70b564330a4c",
                     *             "name": "Northwind Traders",
                     *             "slug": "northwind"
                     *           },
                     *           "last_event_at": "2026-11-24T09:14:39.991Z",
                     *           "last_activity_at": "2026-11-24T09:14:40.102Z",
                     *           "checked_at": "2026-11-24T09:12:00.000Z",
                     *           "webhooks": [
                     *             {
                     *               "id": "0192f0bf-9a11-7c0d-9f00-5f6d1d2c3b4a",
                     *               "purpose": "records",
                     *               "status": "degraded",
                     *               "checked_at": "2026-11-24T09:12:00.000Z",
                     *               "degraded_since": "2026-11-24T08:40:00.000Z",
                     *               "retired_at": null,
                     *               "created_at": "2026-11-20T15:02:12.000Z"
                     *             },
                     *             {
                     *               "id": "0192f0bf-9a12-7c0d-9f00-2a3b4c5d6e7f",
                     *               "purpose": "other",
                     *               "status": "active",
                     *               "checked_at": "2026-11-24T09:12:00.000Z",
                     *               "degraded_since": null,
                     *               "retired_at": null,
                     *               "created_at": "2026-11-20T15:02:12.000Z"
                     *             }
                     *           ],
                     *           "created_at": "2026-11-20T15:02:11.000Z"
                     *         }
                     *       ],
                     *       "hidden": {
                     *         "people": 3,
                     *         "activities": 41
                     *       },
                     *       "gaps": [
                     *         {
                     *           "id": "0192f0c2-3b11-7a00-8c3d-7e6f5a4b3c2d",
                     *           "connection": {
                     *             "id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *             "workspace_name": "Northwind Traders"
                     *           },
                     *           "from": "2026-11-23T21:04:10.000Z",
                     *           "to": "2026-11-23T21:31:02.000Z",
                     *           "affects": "records",
                     *           "reason": "webhook_missing",
                     *           "explanation": "The webhook was gone at Attio."
                     *         }
                     *       ],
                     *       "warnings": [
                     *         {
                     *           "code": "people_unmapped",
                     *           "connection_id": null,
                     *           "message": "3 people, 41 activities hidden: map them."
                     *         }
                     *       ],
                     *       "help": {
                     *         "contact": "crm-support@example.com",
                     *         "setup_guide_url": "https://docs.example.com/attio-setup"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Overview"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listConnections: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Oldest first. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *           "state": "degraded",
                     *           "state_reason": "webhook_degraded",
                     *           "explanation": "Attio calls a webhook degraded: deliveries failed for days, and it may hold some back. It still delivers, and is replaced after five days.",
                     *           "state_since": "2026-11-24T08:40:00.000Z",
                     *           "workspace": {
                     *             "id": "14beef7a-99f7-4534-a87e-70b564330a4c",
                     *             "name": "Northwind Traders",
                     *             "slug": "northwind"
                     *           },
                     *           "last_event_at": "2026-11-24T09:14:39.991Z",
                     *           "last_activity_at": "2026-11-24T09:14:40.102Z",
                     *           "checked_at": "2026-11-24T09:12:00.000Z",
                     *           "webhooks": [
                     *             {
                     *               "id": "0192f0bf-9a11-7c0d-9f00-5f6d1d2c3b4a",
                     *               "purpose": "records",
                     *               "status": "degraded",
                     *               "checked_at": "2026-11-24T09:12:00.000Z",
                     *               "degraded_since": "2026-11-24T08:40:00.000Z",
                     *               "retired_at": null,
                     *               "created_at": "2026-11-20T15:02:12.000Z"
                     *             },
                     *             {
                     *               "id": "0192f0bf-9a12-7c0d-9f00-2a3b4c5d6e7f",
                     *               "purpose": "other",
                     *               "status": "active",
                     *               "checked_at": "2026-11-24T09:12:00.000Z",
                     *               "degraded_since": null,
                     *               "retired_at": null,
                     *               "created_at": "2026-11-20T15:02:12.000Z"
                     *             }
                     *           ],
                     *           "created_at": "2026-11-20T15:02:11.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Connections"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The connection. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connection as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *       "state": "degraded",
                     *       "state_reason": "webhook_degraded",
                     *       "explanation": "Attio calls a webhook degraded: deliveries failed for days, and it may hold some back. It still delivers, and is replaced after five days.",
                     *       "state_since": "2026-11-24T08:40:00.000Z",
                     *       "workspace": {
                     *         "id": "14beef7a-99f7-4534-a87e-70b564330a4c",
                     *         "name": "Northwind Traders",
                     *         "slug": "northwind"
                     *       },
                     *       "last_event_at": "2026-11-24T09:14:39.991Z",
                     *       "last_activity_at": "2026-11-24T09:14:40.102Z",
                     *       "checked_at": "2026-11-24T09:12:00.000Z",
                     *       "webhooks": [
                     *         {
                     *           "id": "0192f0bf-9a11-7c0d-9f00-5f6d1d2c3b4a",
                     *           "purpose": "records",
                     *           "status": "degraded",
                     *           "checked_at": "2026-11-24T09:12:00.000Z",
                     *           "degraded_since": "2026-11-24T08:40:00.000Z",
                     *           "retired_at": null,
                     *           "created_at": "2026-11-20T15:02:12.000Z"
                     *         },
                     *         {
                     *           "id": "0192f0bf-9a12-7c0d-9f00-2a3b4c5d6e7f",
                     *           "purpose": "other",
                     *           "status": "active",
                     *           "checked_at": "2026-11-24T09:12:00.000Z",
                     *           "degraded_since": null,
                     *           "retired_at": null,
                     *           "created_at": "2026-11-20T15:02:12.000Z"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-20T15:02:11.000Z",
                     *       "authorized_by": {
                     *         "member": {
                     *           "id": "50cf242c-7fa3-4cad-87d0-75b1af71c57b",
                     *           "name": "Ada Lovelace",
                     *           "access_level": "admin"
                     *         },
                     *         "user": {
                     *           "id": "0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c",
                     *           "name": "Ada Lovelace"
                     *         }
                     *       },
                     *       "permissions": {
                     *         "needed": [
                     *           {
                     *             "scope": "webhook:read-write",
                     *             "granted": true,
                     *             "breaks": "No events arrive: webhooks cannot be created, checked or repaired."
                     *           },
                     *           {
                     *             "scope": "user_management:read",
                     *             "granted": true,
                     *             "breaks": "Members cannot be matched to people, and tasks cannot be read."
                     *           },
                     *           {
                     *             "scope": "record_permission:read",
                     *             "granted": true,
                     *             "breaks": "Records, notes, tasks and calls show ids instead of names, and changes show no values."
                     *           },
                     *           {
                     *             "scope": "object_configuration:read",
                     *             "granted": true,
                     *             "breaks": "Objects and attributes show ids instead of names, and deals cannot be told from other records."
                     *           },
                     *           {
                     *             "scope": "list_configuration:read",
                     *             "granted": true,
                     *             "breaks": "Lists show ids instead of names, and every list counts as private."
                     *           },
                     *           {
                     *             "scope": "list_entry:read",
                     *             "granted": true,
                     *             "breaks": "Changes of list entries show no values."
                     *           },
                     *           {
                     *             "scope": "note:read",
                     *             "granted": false,
                     *             "breaks": "Notes show no titles."
                     *           },
                     *           {
                     *             "scope": "task:read",
                     *             "granted": true,
                     *             "breaks": "Tasks show no text, and completing one looks like any other change."
                     *           },
                     *           {
                     *             "scope": "comment:read",
                     *             "granted": true,
                     *             "breaks": "Comments on list entries cannot be placed in their thread."
                     *           },
                     *           {
                     *             "scope": "meeting:read",
                     *             "granted": true,
                     *             "breaks": "Calls show neither a title nor the records they belong to."
                     *           },
                     *           {
                     *             "scope": "call_recording:read",
                     *             "granted": true,
                     *             "breaks": "Calls show no link, and who recorded them is not known."
                     *           }
                     *         ],
                     *         "excessive": []
                     *       },
                     *       "events_24h": {
                     *         "count": 412,
                     *         "is_exact": true
                     *       },
                     *       "backlog": {
                     *         "deliveries": {
                     *           "count": 0,
                     *           "is_exact": true
                     *         },
                     *         "events": {
                     *           "count": 0,
                     *           "is_exact": true
                     *         },
                     *         "oldest_due_at": null
                     *       },
                     *       "gaps": [
                     *         {
                     *           "id": "0192f0c2-3b11-7a00-8c3d-7e6f5a4b3c2d",
                     *           "connection": {
                     *             "id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *             "workspace_name": "Northwind Traders"
                     *           },
                     *           "from": "2026-11-23T21:04:10.000Z",
                     *           "to": "2026-11-23T21:31:02.000Z",
                     *           "affects": "records",
                     *           "reason": "webhook_missing",
                     *           "explanation": "The webhook was gone at Attio."
                     *         }
                     *       ],
                     *       "history": [
                     *         {
                     *           "at": "2026-11-24T08:40:00.000Z",
                     *           "from": {
                     *             "state": "connected",
                     *             "reason": null
                     *           },
                     *           "to": {
                     *             "state": "degraded",
                     *             "reason": "webhook_degraded"
                     *           },
                     *           "explanation": "Attio calls a webhook degraded: deliveries failed for days, and it may hold some back. It still delivers, and is replaced after five days."
                     *         }
                     *       ],
                     *       "warnings": [
                     *         {
                     *           "code": "permissions_missing",
                     *           "connection_id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *           "message": "Northwind Traders lacks note:read. Connect it again and grant what is missing."
                     *         }
                     *       ],
                     *       "runs": [
                     *         {
                     *           "id": "0192f0c5-2a52-7cc3-8f4e-2f6f4a1d9b10",
                     *           "connection_id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *           "kind": "refresh",
                     *           "params": {},
                     *           "state": "running",
                     *           "steps": [
                     *             {
                     *               "name": "token",
                     *               "state": "done",
                     *               "detail": "Attio takes it"
                     *             },
                     *             {
                     *               "name": "permissions",
                     *               "state": "done",
                     *               "detail": "all 11 are granted"
                     *             },
                     *             {
                     *               "name": "webhooks",
                     *               "state": "running",
                     *               "detail": null
                     *             },
                     *             {
                     *               "name": "members",
                     *               "state": "waiting",
                     *               "detail": null
                     *             },
                     *             {
                     *               "name": "names",
                     *               "state": "waiting",
                     *               "detail": null
                     *             }
                     *           ],
                     *           "done": 0,
                     *           "total": null,
                     *           "error": null,
                     *           "requested_by": "0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c",
                     *           "created_at": "2026-11-24T10:02:11.000Z",
                     *           "started_at": "2026-11-24T10:02:11.040Z",
                     *           "finished_at": null
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConnectionDetail"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: No such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    disconnectConnection: {
        parameters: {
            query?: {
                /** @description Also delete what the workspace brought. */
                erase?: boolean;
            };
            header?: never;
            path: {
                /** @description The connection. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run, new or under way: asked for the same twice, there is one. */
            202: {
                headers: {
                    /** @description Where the run is read. */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f0c5-2a52-7cc3-8f4e-2f6f4a1d9b10",
                     *       "connection_id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *       "kind": "disconnect",
                     *       "params": {},
                     *       "state": "running",
                     *       "steps": [
                     *         {
                     *           "name": "webhooks",
                     *           "state": "running",
                     *           "detail": null
                     *         },
                     *         {
                     *           "name": "token",
                     *           "state": "waiting",
                     *           "detail": null
                     *         }
                     *       ],
                     *       "done": 0,
                     *       "total": null,
                     *       "error": null,
                     *       "requested_by": "0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c",
                     *       "created_at": "2026-11-24T10:02:11.000Z",
                     *       "started_at": "2026-11-24T10:02:11.040Z",
                     *       "finished_at": null
                     *     }
                     */
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             *
             *     `admins_only`: Needs the role of an admin.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: No such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `connection_disconnected`: It has ended already; only erasing is left.
             *
             *     `connection_ending`: It is being erased, which disconnects it too.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    refreshConnection: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The connection. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run, new or under way: asked for the same twice, there is one. */
            202: {
                headers: {
                    /** @description Where the run is read. */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f0c5-2a52-7cc3-8f4e-2f6f4a1d9b10",
                     *       "connection_id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *       "kind": "refresh",
                     *       "params": {},
                     *       "state": "running",
                     *       "steps": [
                     *         {
                     *           "name": "token",
                     *           "state": "done",
                     *           "detail": "Attio takes it"
                     *         },
                     *         {
                     *           "name": "permissions",
                     *           "state": "done",
                     *           "detail": "all 11 are granted"
                     *         },
                     *         {
                     *           "name": "webhooks",
                     *           "state": "running",
                     *           "detail": null
                     *         },
                     *         {
                     *           "name": "members",
                     *           "state": "waiting",
                     *           "detail": null
                     *         },
                     *         {
                     *           "name": "names",
                     *           "state": "waiting",
                     *           "detail": null
                     *         }
                     *       ],
                     *       "done": 0,
                     *       "total": null,
                     *       "error": null,
                     *       "requested_by": "0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c",
                     *       "created_at": "2026-11-24T10:02:11.000Z",
                     *       "started_at": "2026-11-24T10:02:11.040Z",
                     *       "finished_at": null
                     *     }
                     */
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             *
             *     `admins_only`: Needs the role of an admin.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: No such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `connection_disconnected`: The workspace is not connected: connect it first.
             *
             *     `connection_ending`: The connection is being disconnected or erased.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description Only deliveries in these states. Several values: repeat the parameter or separate them by commas. */
                state?: ("received" | "processed" | "filtered" | "ignored" | "failed" | "dead")[];
                /** @description Only deliveries with an event of these types (`record.updated`). Several values: repeat the parameter or separate them by commas. */
                event_type?: string[];
                /** @description Only what was received at or after this time. */
                from?: string;
                /** @description Only what was received before this time. */
                to?: string;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Deliveries a page. */
                limit?: number;
            };
            header?: never;
            path: {
                /** @description The connection. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10",
                     *           "received_at": "2026-11-24T09:14:39.991Z",
                     *           "event_types": [
                     *             "record.updated"
                     *           ],
                     *           "state": "processed",
                     *           "reason": null,
                     *           "repeats": 0,
                     *           "attempts": 1,
                     *           "next_attempt_at": null,
                     *           "finished_at": "2026-11-24T09:14:40.080Z",
                     *           "webhook": "records",
                     *           "events": [
                     *             {
                     *               "id": "5a2f2f0e-64ce-5b0c-8a52-0f5a1f5ef4aa",
                     *               "type": "record.updated",
                     *               "state": "projected",
                     *               "reason": null,
                     *               "activity_id": "7c1d4a7e-0b7b-5f43-9d22-4b0d5e1f6a77",
                     *               "activity_title": "Acme Corp > Updated",
                     *               "hidden_by": null,
                     *               "happened_at": "2026-11-24T09:14:39.991Z"
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["DeliveryPage"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             *
             *     `admins_only`: Needs the role of an admin.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: No such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The connection. */
                id: string;
                /** @description The delivery. */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What Attio sent, and what became of it. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10",
                     *       "received_at": "2026-11-24T09:14:39.991Z",
                     *       "event_types": [
                     *         "record.updated"
                     *       ],
                     *       "state": "processed",
                     *       "reason": null,
                     *       "repeats": 0,
                     *       "attempts": 1,
                     *       "next_attempt_at": null,
                     *       "finished_at": "2026-11-24T09:14:40.080Z",
                     *       "webhook": "records",
                     *       "events": [
                     *         {
                     *           "id": "5a2f2f0e-64ce-5b0c-8a52-0f5a1f5ef4aa",
                     *           "type": "record.updated",
                     *           "state": "projected",
                     *           "reason": null,
                     *           "activity_id": "7c1d4a7e-0b7b-5f43-9d22-4b0d5e1f6a77",
                     *           "activity_title": "Acme Corp > Updated",
                     *           "hidden_by": null,
                     *           "happened_at": "2026-11-24T09:14:39.991Z"
                     *         }
                     *       ],
                     *       "idempotency_key": "8f7c2d1e-5a4b-4c3d-9e8f-7a6b5c4d3e2f",
                     *       "body": {
                     *         "webhook_id": "23e42eaf-323a-41da-b5bb-fd67eebda553",
                     *         "events": [
                     *           {
                     *             "event_type": "record.updated",
                     *             "id": {
                     *               "workspace_id": "14beef7a-99f7-4534-a87e-70b564330a4c",
                     *               "object_id": "97052eb9-e65e-443f-a297-f2d9a4a7f795",
                     *               "record_id": "bf071e1f-6035-429d-b874-d83ea64ea13b",
                     *               "attribute_id": "41252299-f8c7-4b5e-99c9-4ff8321d2f96"
                     *             },
                     *             "actor": {
                     *               "type": "workspace-member",
                     *               "id": "50cf242c-7fa3-4cad-87d0-75b1af71c57b"
                     *             }
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["DeliveryDetail"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             *
             *     `admins_only`: Needs the role of an admin.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: No such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayDelivery: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The connection. */
                id: string;
                /** @description The delivery. */
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery, due again. Read it again to see what became of it. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f0c1-7a52-7cc3-8f4e-2f6f4a1d9b10",
                     *       "received_at": "2026-11-24T09:14:39.991Z",
                     *       "event_types": [
                     *         "record.updated"
                     *       ],
                     *       "state": "received",
                     *       "reason": null,
                     *       "repeats": 0,
                     *       "attempts": 0,
                     *       "next_attempt_at": "2026-11-24T10:02:11.000Z",
                     *       "finished_at": null,
                     *       "webhook": "records",
                     *       "events": [
                     *         {
                     *           "id": "5a2f2f0e-64ce-5b0c-8a52-0f5a1f5ef4aa",
                     *           "type": "record.updated",
                     *           "state": "projected",
                     *           "reason": null,
                     *           "activity_id": "7c1d4a7e-0b7b-5f43-9d22-4b0d5e1f6a77",
                     *           "activity_title": "Acme Corp > Updated",
                     *           "hidden_by": null,
                     *           "happened_at": "2026-11-24T09:14:39.991Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             *
             *     `admins_only`: Needs the role of an admin.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: No such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `connection_disconnected`: The workspace is not connected: connect it first.
             *
             *     `connection_ending`: The connection is being disconnected or erased.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayDeliveries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The connection. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayDeliveries"];
            };
        };
        responses: {
            /** @description The run, new or under way: asked for the same twice, there is one. */
            202: {
                headers: {
                    /** @description Where the run is read. */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f0c5-2a52-7cc3-8f4e-2f6f4a1d9b10",
                     *       "connection_id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *       "kind": "replay",
                     *       "params": {
                     *         "states": [
                     *           "dead"
                     *         ]
                     *       },
                     *       "state": "running",
                     *       "steps": [
                     *         {
                     *           "name": "deliveries",
                     *           "state": "running",
                     *           "detail": null
                     *         }
                     *       ],
                     *       "done": 500,
                     *       "total": 1204,
                     *       "error": null,
                     *       "requested_by": "0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c",
                     *       "created_at": "2026-11-24T10:02:11.000Z",
                     *       "started_at": "2026-11-24T10:02:11.040Z",
                     *       "finished_at": null
                     *     }
                     */
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             *
             *     `admins_only`: Needs the role of an admin.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: No such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `connection_disconnected`: The workspace is not connected: connect it first.
             *
             *     `connection_ending`: The connection is being disconnected or erased.
             *
             *     `too_many_runs`: 20 long actions are waiting or under way for this connection.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The run. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "0192f0c5-2a52-7cc3-8f4e-2f6f4a1d9b10",
                     *       "connection_id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *       "kind": "refresh",
                     *       "params": {},
                     *       "state": "running",
                     *       "steps": [
                     *         {
                     *           "name": "token",
                     *           "state": "done",
                     *           "detail": "Attio takes it"
                     *         },
                     *         {
                     *           "name": "permissions",
                     *           "state": "done",
                     *           "detail": "all 11 are granted"
                     *         },
                     *         {
                     *           "name": "webhooks",
                     *           "state": "running",
                     *           "detail": null
                     *         },
                     *         {
                     *           "name": "members",
                     *           "state": "waiting",
                     *           "detail": null
                     *         },
                     *         {
                     *           "name": "names",
                     *           "state": "waiting",
                     *           "detail": null
                     *         }
                     *       ],
                     *       "done": 0,
                     *       "total": null,
                     *       "error": null,
                     *       "requested_by": "0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c",
                     *       "created_at": "2026-11-24T10:02:11.000Z",
                     *       "started_at": "2026-11-24T10:02:11.040Z",
                     *       "finished_at": null
                     *     }
                     */
                    "application/json": components["schemas"]["Run"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             *
             *     `admins_only`: Needs the role of an admin.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: No such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamRun: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The run. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example event: run
                     *     data: {"id":"0192f0c5-2a52-7cc3-8f4e-2f6f4a1d9b10","connection_id":"0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e","kind":"refresh","params":{},"state":"running","steps":[{"name":"token","state":"done","detail":"Attio takes it"},{"name":"permissions","state":"done","detail":"all 11 are granted"},{"name":"webhooks","state":"running","detail":null},{"name":"members","state":"waiting","detail":null},{"name":"names","state":"waiting","detail":null}],"done":0,"total":null,"error":null,"requested_by":"0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c","created_at":"2026-11-24T10:02:11.000Z","started_at":"2026-11-24T10:02:11.040Z","finished_at":null}
                     */
                    "text/event-stream": string;
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             *
             *     `admins_only`: Needs the role of an admin.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: No such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             *
             *     `too_many_streams`: You have 50 streams open.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             *
             *     `draining`: This server is being replaced; try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description Only members of this connection (workspace). */
                connection?: string;
                /** @description Only members in these states. Several values: repeat the parameter or separate them by commas. */
                state?: ("mapped" | "unmapped" | "excluded")[];
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Members a page. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page, and counts of all members whatever page and state. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "50cf242c-7fa3-4cad-87d0-75b1af71c57b",
                     *           "connection": {
                     *             "id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *             "workspace_name": "Northwind Traders"
                     *           },
                     *           "name": "Ada Lovelace",
                     *           "email": "ada.lovelace@northwind.example",
                     *           "avatar_url": null,
                     *           "access_level": "admin",
                     *           "state": "mapped",
                     *           "mapping": "auto",
                     *           "user": {
                     *             "id": "0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c",
                     *             "name": "Ada Lovelace",
                     *             "email": "ada.lovelace@northwind.example"
                     *           },
                     *           "hidden_activities": 0,
                     *           "synced_at": "2026-11-24T06:12:00.000Z"
                     *         },
                     *         {
                     *           "id": "a1d5b0f1-6b1e-4c8c-9d7e-2f4f8c7a6b5d",
                     *           "connection": {
                     *             "id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *             "workspace_name": "Northwind Traders"
                     *           },
                     *           "name": "Grace Hopper",
                     *           "email": "grace@hopper.example",
                     *           "avatar_url": null,
                     *           "access_level": "member",
                     *           "state": "unmapped",
                     *           "mapping": "auto",
                     *           "user": null,
                     *           "hidden_activities": 41,
                     *           "synced_at": "2026-11-24T06:12:00.000Z"
                     *         }
                     *       ],
                     *       "counts": {
                     *         "mapped": 1,
                     *         "unmapped": 1,
                     *         "excluded": 0,
                     *         "hidden_activities": 41
                     *       },
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["Members"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: There is no such connection, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    mapMember: {
        parameters: {
            query: {
                /** @description The connection (workspace) the member is of. */
                connection: string;
            };
            header?: never;
            path: {
                /** @description The member, by Attio’s id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MapMember"];
            };
        };
        responses: {
            /** @description The member as mapped now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "50cf242c-7fa3-4cad-87d0-75b1af71c57b",
                     *       "connection": {
                     *         "id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *         "workspace_name": "Northwind Traders"
                     *       },
                     *       "name": "Ada Lovelace",
                     *       "email": "ada.lovelace@northwind.example",
                     *       "avatar_url": null,
                     *       "access_level": "admin",
                     *       "state": "mapped",
                     *       "mapping": "manual",
                     *       "user": {
                     *         "id": "0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c",
                     *         "name": "Ada Lovelace",
                     *         "email": "ada.lovelace@northwind.example"
                     *       },
                     *       "hidden_activities": 0,
                     *       "synced_at": "2026-11-24T06:12:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Member"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             *
             *     `admins_only`: Needs the role of an admin.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: No such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listFeatures: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All five areas. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "area": "deals",
                     *           "title": "Deals",
                     *           "description": "Deals: created, updated, deleted and merged.",
                     *           "example": {
                     *             "title": "Acme Corp renewal > Updated",
                     *             "detail": "Updated Stage and Deal Value"
                     *           },
                     *           "enabled": true,
                     *           "activities_last_7_days": 128
                     *         }
                     *       ],
                     *       "note": "Recording goes on while an area is off: switch it on again, and nothing is missing from the time in between."
                     *     }
                     */
                    "application/json": components["schemas"]["Features"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    switchFeature: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The feature area. */
                area: "crm" | "deals" | "tasks" | "notes" | "calls";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SwitchFeature"];
            };
        };
        responses: {
            /** @description The area as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "area": "deals",
                     *       "title": "Deals",
                     *       "description": "Deals: created, updated, deleted and merged.",
                     *       "example": {
                     *         "title": "Acme Corp renewal > Updated",
                     *         "detail": "Updated Stage and Deal Value"
                     *       },
                     *       "enabled": false,
                     *       "activities_last_7_days": 128
                     *     }
                     */
                    "application/json": components["schemas"]["Feature"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             *
             *     `admins_only`: Needs the role of an admin.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: No such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listLists: {
        parameters: {
            query?: {
                /** @description Only lists of this connection (workspace). */
                connection?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every list that is known, and what is said of all private ones of each connection. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "33ebdbe9-e529-47c9-b894-0ba25e9c15c0",
                     *           "connection": {
                     *             "id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *             "workspace_name": "Northwind Traders"
                     *           },
                     *           "name": "Board Candidates",
                     *           "objects": [
                     *             "people"
                     *           ],
                     *           "access": "private",
                     *           "shown": true,
                     *           "deleted": false
                     *         }
                     *       ],
                     *       "connections": [
                     *         {
                     *           "id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *           "workspace_name": "Northwind Traders",
                     *           "private_lists_shown": false
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Lists"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: There is no such connection, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showPrivateLists: {
        parameters: {
            query: {
                /** @description The connection (workspace). */
                connection: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShowPrivateLists"];
            };
        };
        responses: {
            /** @description The lists of the connection as they are now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "33ebdbe9-e529-47c9-b894-0ba25e9c15c0",
                     *           "connection": {
                     *             "id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *             "workspace_name": "Northwind Traders"
                     *           },
                     *           "name": "Board Candidates",
                     *           "objects": [
                     *             "people"
                     *           ],
                     *           "access": "private",
                     *           "shown": true,
                     *           "deleted": false
                     *         }
                     *       ],
                     *       "private_lists_shown": true,
                     *       "replay_run_id": "0192f0c5-2a52-7cc3-8f4e-2f6f4a1d9b10"
                     *     }
                     */
                    "application/json": components["schemas"]["ShownPrivateLists"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             *
             *     `admins_only`: Needs the role of an admin.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: There is no such connection, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showList: {
        parameters: {
            query: {
                /** @description The connection (workspace) the list is of. */
                connection: string;
            };
            header?: never;
            path: {
                /** @description The list, by Attio’s id. */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShowList"];
            };
        };
        responses: {
            /** @description The list as it is now. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "33ebdbe9-e529-47c9-b894-0ba25e9c15c0",
                     *       "connection": {
                     *         "id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *         "workspace_name": "Northwind Traders"
                     *       },
                     *       "name": "Board Candidates",
                     *       "objects": [
                     *         "people"
                     *       ],
                     *       "access": "private",
                     *       "shown": true,
                     *       "deleted": false,
                     *       "replay_run_id": "0192f0c5-2a52-7cc3-8f4e-2f6f4a1d9b10"
                     *     }
                     */
                    "application/json": components["schemas"]["ShownList"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             *
             *     `admins_only`: Needs the role of an admin.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `not_found`: No such thing, or you may not see it. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `list_not_private`: Everybody in the workspace may see the list: it is shown anyway. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description Only these actions. Several values: repeat the parameter or separate them by commas. */
                action?: ("connection.connected" | "connection.reauthorized" | "connection.refreshed" | "connection.disconnected" | "connection.erased" | "delivery.replayed" | "deliveries.replayed" | "member.mapped" | "member.unmapped" | "member.excluded" | "member.followed" | "feature.switched" | "list.shown" | "list.hidden" | "private_lists.shown" | "private_lists.hidden" | "users.registered" | "user.changed" | "timeline.exported")[];
                /** @description Only what was done to this connection. */
                connection?: string;
                /** @description `next_cursor` of the page before. */
                cursor?: string;
                /** @description Entries a page. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "data": [
                     *         {
                     *           "id": "0192f0c4-7a52-7cc3-8f4e-2f6f4a1d9b10",
                     *           "at": "2026-11-24T10:02:11.000Z",
                     *           "action": "member.mapped",
                     *           "actor": {
                     *             "user_id": "0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c",
                     *             "name": "Ada Lovelace"
                     *           },
                     *           "connection_id": "0192f0bf-90d4-7a60-8b0e-9c1f6a2b7d4e",
                     *           "details": {
                     *             "member": {
                     *               "id": "50cf242c-7fa3-4cad-87d0-75b1af71c57b",
                     *               "name": "Ada King",
                     *               "email": "ada@king.example"
                     *             },
                     *             "was": {
                     *               "mapping": "auto",
                     *               "user": null
                     *             },
                     *             "user": {
                     *               "id": "0192f0c0-11aa-7b31-9d1c-0a4a6f1f2b3c",
                     *               "email": "ada.lovelace@northwind.example"
                     *             }
                     *           },
                     *           "request_id": "0192f0c4-7a4f-7d2e-9a39-6b1f0f1a2c3d"
                     *         }
                     *       ],
                     *       "next_cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description `invalid_request`: A parameter or field is wrong; `errors` says which. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `unauthenticated`: No access token, or one that was refused. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `organization_missing`: The token names no organisation.
             *
             *     `organization_refused`: The organisation signs in with another identity provider.
             *
             *     `admins_only`: Needs the role of an admin.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `rate_limited`: Too many requests in a minute: wait as many seconds as `Retry-After` says.
             *
             *     `organization_busy`: Your organisation has too much under way: try again.
             */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `internal_error`: Something failed on our side. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /**
             * @description `identity_provider_unavailable`: The token could not be checked now: try again.
             *
             *     `temporarily_unavailable`: The database cannot be reached now: try again.
             */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description `took_too_long`: It was too much for one request: ask for less. */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}

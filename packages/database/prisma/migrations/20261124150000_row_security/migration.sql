-- Two roles and what each may see. They cannot sign in: an operator's logins are members of them.
--
--   worksights_api      the timeline API: only rows of the organisation a transaction was opened for (`app.organization_id`), never a token or a secret
--   worksights_worker   gateway, resolver, coalescer: rows of every organisation
--
-- A login without the right to create roles can run this too, once somebody who may has made both: `create role worksights_api nologin`, and the other.
DO $$
DECLARE
  wanted text;
BEGIN
  FOREACH wanted IN ARRAY ARRAY['worksights_api', 'worksights_worker'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted) THEN
      BEGIN
        EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
      EXCEPTION
        -- Another database of this server is being migrated too.
        WHEN duplicate_object OR unique_violation THEN NULL;
        WHEN insufficient_privilege THEN
          RAISE EXCEPTION 'The role % is missing and % may not create roles. Let an administrator of the server run: create role % nologin', wanted, current_user, wanted;
      END;
    END IF;
  END LOOP;
END $$;

GRANT USAGE ON SCHEMA public TO worksights_api, worksights_worker;

-- The organisation of the transaction; null where none was said, and then no row is seen.
CREATE FUNCTION current_organization() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('app.organization_id', true), '')::uuid $$;

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['app_user', 'oauth_state', 'connection', 'webhook', 'member', 'feature_switch', 'delivery', 'event', 'activity',
      'activity_alias', 'connection_state_change', 'delivery_gap', 'list_permission', 'run', 'audit_entry'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY own_organization ON %I TO worksights_api USING (organization_id = current_organization()) WITH CHECK (organization_id = current_organization())', name);
    EXECUTE format('CREATE POLICY every_organization ON %I TO worksights_worker USING (true) WITH CHECK (true)', name);
  END LOOP;
END $$;

ALTER TABLE "organization" ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON "organization" TO worksights_api USING (id = current_organization());
CREATE POLICY every_organization ON "organization" TO worksights_worker USING (true) WITH CHECK (true);

ALTER TABLE "label" ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON "label" TO worksights_api USING (connection_id IN (SELECT id FROM connection));
CREATE POLICY every_organization ON "label" TO worksights_worker USING (true) WITH CHECK (true);

-- The change feed is read for the streams of all organisations at once: it holds ids and no content, and whoever is sent a line is looked up under the
-- policy of that line.
ALTER TABLE "activity_change" ENABLE ROW LEVEL SECURITY;
CREATE POLICY feed ON "activity_change" FOR SELECT TO worksights_api USING (true);
CREATE POLICY own_organization ON "activity_change" FOR INSERT TO worksights_api WITH CHECK (organization_id = current_organization());
CREATE POLICY every_organization ON "activity_change" TO worksights_worker USING (true) WITH CHECK (true);

GRANT SELECT, INSERT, UPDATE, DELETE ON "organization", "app_user", "oauth_state", "connection", "webhook", "member", "feature_switch", "delivery", "event",
  "activity", "activity_alias", "activity_change", "label", "connection_state_change", "delivery_gap", "list_permission", "run" TO worksights_worker;
-- What was done is never unsaid.
GRANT SELECT, INSERT ON "audit_entry" TO worksights_worker, worksights_api;
GRANT USAGE ON SEQUENCE "activity_change_seq_seq" TO worksights_worker, worksights_api;

GRANT SELECT ON "organization", "activity", "activity_alias", "label", "event", "delivery" TO worksights_api;
-- A replay makes a delivery due again; what is made of it is the resolver's.
GRANT UPDATE ("state", "reason", "due_at", "attempts", "finished_at") ON "delivery" TO worksights_api;
GRANT SELECT, INSERT ON "activity_change", "connection_state_change", "run" TO worksights_api;
GRANT INSERT ON "oauth_state" TO worksights_api;
GRANT SELECT, INSERT, UPDATE ON "app_user", "member", "feature_switch", "list_permission", "delivery_gap" TO worksights_api;
GRANT INSERT, UPDATE, DELETE ON "connection", "webhook" TO worksights_api;
-- Everything but the sealed token and the sealed secret, which it writes and never reads.
GRANT SELECT ("id", "organization_id", "workspace_id", "workspace_name", "workspace_slug", "state", "state_reason", "state_since", "token_key_id", "scopes",
  "authorized_by_member_id", "authorized_by_user_id", "last_event_at", "last_activity_at", "checked_at", "check_due_at", "token_dead_since",
  "members_synced_at", "private_lists_shown", "created_at", "updated_at") ON "connection" TO worksights_api;
GRANT SELECT ("id", "organization_id", "connection_id", "endpoint_id", "attio_webhook_id", "purpose", "secret_key_id", "status", "checked_at", "created_at",
  "degraded_since", "retired_at", "silenced_at") ON "webhook" TO worksights_api;

-- What the API must know before it knows the organisation, or of the others: each answers one question and shows no more.

-- The organisation with this value of the organisation claim; made under `new_id` when it is the first time it is seen.
CREATE FUNCTION organization_of_claim(claim text, new_id uuid) RETURNS TABLE (id uuid, name text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY SELECT o.id, o.name FROM public.organization o WHERE o.external_id = claim;
  IF FOUND THEN RETURN; END IF;
  INSERT INTO public.organization (id, external_id, name) VALUES (new_id, claim, claim) ON CONFLICT (external_id) DO NOTHING;
  RETURN QUERY SELECT o.id, o.name FROM public.organization o WHERE o.external_id = claim;
END $$;

-- Spends an authorisation's state: of all calls with one state, one is answered `ok`.
CREATE FUNCTION spend_oauth_state(state bytea, browser bytea) RETURNS TABLE (outcome text, organization_id uuid, user_id uuid)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY UPDATE public.oauth_state s SET used_at = now()
    WHERE s.state_hash = state AND s.browser_hash = browser AND s.used_at IS NULL AND s.expires_at > now()
    RETURNING 'ok', s.organization_id, s.user_id;
  IF FOUND THEN RETURN; END IF;
  RETURN QUERY SELECT CASE WHEN s.browser_hash <> browser THEN 'other_browser' WHEN s.used_at IS NOT NULL THEN 'used' ELSE 'expired' END, NULL::uuid, NULL::uuid
    FROM public.oauth_state s WHERE s.state_hash = state;
END $$;

-- Whether another organisation is connected to a workspace.
CREATE FUNCTION is_workspace_taken(workspace text, own_organization uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT EXISTS (SELECT FROM public.connection c WHERE c.workspace_id = workspace AND c.organization_id <> own_organization AND c.state <> 'disconnected') $$;

-- Which of these endpoints were issued by this installation, for whichever organisation: what makes a webhook at Attio ours.
CREATE FUNCTION issued_endpoints(endpoints text[])
RETURNS TABLE (id uuid, connection_id uuid, endpoint_id text, attio_webhook_id text, purpose text, has_secret boolean, retired_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT w.id, w.connection_id, w.endpoint_id, w.attio_webhook_id, w.purpose, w.secret_sealed IS NOT NULL, w.retired_at
  FROM public.webhook w WHERE w.endpoint_id = ANY (endpoints) $$;

-- The lines about any of these records. A policy keeps a query from using an index by operators that are not proven leakproof, as `&&` is not; this asks
-- the index first and scopes by itself.
CREATE FUNCTION lines_of_records(records text[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT a.id FROM public.activity a WHERE a.record_ids && records AND a.organization_id = public.current_organization() $$;

REVOKE EXECUTE ON FUNCTION organization_of_claim(text, uuid), spend_oauth_state(bytea, bytea), is_workspace_taken(text, uuid), issued_endpoints(text[]),
  lines_of_records(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION organization_of_claim(text, uuid), spend_oauth_state(bytea, bytea), is_workspace_taken(text, uuid), issued_endpoints(text[]),
  lines_of_records(text[]) TO worksights_api;
GRANT EXECUTE ON FUNCTION issued_endpoints(text[]), is_workspace_taken(text, uuid) TO worksights_worker;

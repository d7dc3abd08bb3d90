-- CreateTable
CREATE TABLE "export_ticket" (
    "ticket_hash" BYTEA NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID,
    "actor_name" TEXT NOT NULL,
    "query" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "export_ticket_pkey" PRIMARY KEY ("ticket_hash")
);

-- CreateIndex
CREATE INDEX "export_ticket_expires_at_idx" ON "export_ticket"("expires_at");

-- CreateIndex
CREATE INDEX "activity_attribute_ids_idx" ON "activity" USING GIN ("attribute_ids");

-- CreateIndex
CREATE INDEX "activity_organization_id_subject_id_idx" ON "activity"("organization_id", "subject_id");


-- What Prisma's schema cannot say.

-- Most lines are of no list.
CREATE INDEX "activity_list" ON "activity"("organization_id", "list_id") WHERE "list_id" IS NOT NULL;

-- Records by how their name begins, and by how a word of it begins. The connection is a word too, so that words of other connections are left out early.
-- Cut, since an index holds no text of any length.
CREATE INDEX "label_record_name" ON "label"("connection_id", (left(lower("name"), 100)) COLLATE "C")
  WHERE "type" = 'record' AND "name" IS NOT NULL AND "alias_of" IS NULL;
CREATE INDEX "label_record_words" ON "label" USING GIN ((array_to_tsvector(ARRAY["connection_id"::text]) || to_tsvector('simple', left("name", 200))))
  WHERE "type" = 'record' AND "name" IS NOT NULL AND "alias_of" IS NULL;

ALTER TABLE "export_ticket" ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_organization ON "export_ticket" TO worksights_api USING (organization_id = current_organization()) WITH CHECK (organization_id = current_organization());
CREATE POLICY every_organization ON "export_ticket" TO worksights_worker USING (true) WITH CHECK (true);
GRANT INSERT ON "export_ticket" TO worksights_api;
GRANT SELECT, DELETE ON "export_ticket" TO worksights_worker;

-- Spends a ticket: of all calls with one ticket, one is answered `ok`, with whose it is and what for.
CREATE FUNCTION spend_export_ticket(ticket bytea) RETURNS TABLE (outcome text, organization_id uuid, user_id uuid, actor_name text, query jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN QUERY UPDATE public.export_ticket t SET used_at = now()
    WHERE t.ticket_hash = ticket AND t.used_at IS NULL AND t.expires_at > now()
    RETURNING 'ok', t.organization_id, t.user_id, t.actor_name, t.query;
  IF FOUND THEN RETURN; END IF;
  RETURN QUERY SELECT CASE WHEN t.used_at IS NOT NULL THEN 'used' ELSE 'expired' END, NULL::uuid, NULL::uuid, NULL::text, NULL::jsonb
    FROM public.export_ticket t WHERE t.ticket_hash = ticket;
END $$;

-- The lines in which one of these attributes changed, where there are no more than `most` of them; null where there are more, which are found soon enough
-- by reading lines in their order. By the index, which a policy keeps `&&` from.
CREATE FUNCTION lines_of_rare_attributes(attributes text[], most integer) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off
AS $$ SELECT CASE WHEN count(*) <= most THEN coalesce(array_agg(found.id), '{}') END FROM (
    SELECT a.id FROM public.activity a WHERE a.attribute_ids && attributes AND a.organization_id = public.current_organization() LIMIT most + 1
  ) found $$;

-- Records whose name begins with what was typed, then those in whose name each typed word begins a word; at most `most`, of at most 1,000 looked at.
CREATE FUNCTION records_by_name(typed text, most integer) RETURNS TABLE (connection_id uuid, id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET enable_seqscan = off
AS $$
  WITH own AS MATERIALIZED (SELECT c.id FROM public.connection c WHERE c.organization_id = public.current_organization()),
  asked AS MATERIALIZED (
    SELECT left(lower(typed), 100) COLLATE "C" AS start,
      (SELECT to_tsquery('simple', string_agg(quote_literal(word) || ':*', ' & ')) FROM regexp_split_to_table(lower(typed), '[^[:alnum:]]+') AS word WHERE word <> '') AS words
  ),
  starting AS (
    SELECT l.* FROM own, asked, LATERAL (
      SELECT r.connection_id, r.id, r.name FROM public.label r
      WHERE r.connection_id = own.id AND r.type = 'record' AND r.name IS NOT NULL AND r.alias_of IS NULL
        AND left(lower(r.name), 100) COLLATE "C" >= asked.start AND left(lower(r.name), 100) COLLATE "C" < asked.start || chr(1114111)
      ORDER BY left(lower(r.name), 100) COLLATE "C" LIMIT most
    ) l
  ),
  holding AS (
    SELECT l.* FROM own, asked, LATERAL (
      SELECT r.connection_id, r.id, r.name FROM public.label r
      WHERE r.connection_id = own.id AND r.type = 'record' AND r.name IS NOT NULL AND r.alias_of IS NULL
        AND array_to_tsvector(ARRAY[r.connection_id::text]) || to_tsvector('simple', left(r.name, 200)) @@ (quote_literal(own.id::text)::tsquery && asked.words)
      LIMIT 1000
    ) l
  )
  SELECT found.connection_id, found.id FROM (
    SELECT 0 AS rank, s.* FROM starting s
    UNION ALL
    SELECT 1, h.* FROM holding h WHERE NOT EXISTS (SELECT FROM starting s WHERE s.connection_id = h.connection_id AND s.id = h.id)
  ) found ORDER BY found.rank, lower(found.name), found.id LIMIT most
$$;

REVOKE EXECUTE ON FUNCTION spend_export_ticket(bytea), lines_of_rare_attributes(text[], integer), records_by_name(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION spend_export_ticket(bytea), lines_of_rare_attributes(text[], integer), records_by_name(text, integer) TO worksights_api;

-- CreateTable
CREATE TABLE "sealing_key" (
    "id" TEXT NOT NULL,
    "check_sealed" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sealing_key_pkey" PRIMARY KEY ("id")
);


-- What Prisma's schema cannot say.

-- The keys are the installation's, not an organisation's. A key is made known once and never changed: what was sealed with it opens with no other.
ALTER TABLE "sealing_key" ENABLE ROW LEVEL SECURITY;
CREATE POLICY every_key ON "sealing_key" TO worksights_api USING (true) WITH CHECK (true);
CREATE POLICY every_organization ON "sealing_key" TO worksights_worker USING (true) WITH CHECK (true);
GRANT SELECT, INSERT ON "sealing_key" TO worksights_api, worksights_worker;

-- The ids of the keys that a token or a secret is sealed with, of whichever organisation: what a ring must hold.
CREATE FUNCTION sealing_keys_in_use() RETURNS TABLE (key_id text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$ SELECT c.token_key_id FROM public.connection c WHERE c.token_sealed IS NOT NULL
  UNION SELECT w.secret_key_id FROM public.webhook w WHERE w.secret_sealed IS NOT NULL $$;

REVOKE EXECUTE ON FUNCTION sealing_keys_in_use() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION sealing_keys_in_use() TO worksights_api, worksights_worker;

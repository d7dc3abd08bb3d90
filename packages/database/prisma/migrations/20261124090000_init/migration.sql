-- CreateTable
CREATE TABLE "organization" (
    "id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "organization_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_user" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "email_folded" TEXT NOT NULL,
    "name" TEXT,
    "subject" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "oauth_state" (
    "state_hash" BYTEA NOT NULL,
    "organization_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "browser_hash" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "oauth_state_pkey" PRIMARY KEY ("state_hash")
);

-- CreateTable
CREATE TABLE "connection" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "workspace_id" TEXT NOT NULL,
    "workspace_name" TEXT NOT NULL,
    "workspace_slug" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "state_reason" TEXT,
    "token_sealed" BYTEA,
    "token_key_id" TEXT,
    "scopes" TEXT[],
    "authorized_by_member_id" TEXT,
    "authorized_by_user_id" UUID,
    "last_event_at" TIMESTAMPTZ(3),
    "last_activity_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "connection_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "endpoint_id" TEXT NOT NULL,
    "attio_webhook_id" TEXT,
    "purpose" TEXT NOT NULL,
    "secret_sealed" BYTEA,
    "secret_key_id" TEXT,
    "status" TEXT NOT NULL DEFAULT 'active',
    "checked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "connection_id" UUID NOT NULL,
    "id" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "first_name" TEXT,
    "last_name" TEXT,
    "email" TEXT,
    "email_folded" TEXT,
    "avatar_url" TEXT,
    "access_level" TEXT,
    "user_id" UUID,
    "mapping" TEXT NOT NULL DEFAULT 'auto',
    "synced_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("connection_id","id")
);

-- CreateTable
CREATE TABLE "feature_switch" (
    "organization_id" UUID NOT NULL,
    "area" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "feature_switch_pkey" PRIMARY KEY ("organization_id","area")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,
    "idempotency_key" TEXT,
    "body" BYTEA NOT NULL,
    "event_types" TEXT[],
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'received',
    "reason" TEXT,
    "repeats" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3),
    "trace_context" TEXT,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "delivery_index" INTEGER NOT NULL,
    "event_type" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "lane" TEXT,
    "also_lane" TEXT,
    "facts" JSONB,
    "pending_names" TEXT[],
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "happened_at" TIMESTAMPTZ(3) NOT NULL,
    "window_ms" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3),
    "activity_id" UUID,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "lane" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "feature" TEXT NOT NULL,
    "member_id" TEXT NOT NULL,
    "actor_name" TEXT,
    "subject_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "object_id" TEXT,
    "list_id" TEXT,
    "record_ids" TEXT[],
    "title" TEXT NOT NULL,
    "breadcrumb" TEXT[],
    "detail" TEXT,
    "summary" TEXT NOT NULL,
    "changes" JSONB NOT NULL,
    "related" JSONB NOT NULL,
    "participants" JSONB NOT NULL,
    "participant_ids" TEXT[],
    "subject" JSONB NOT NULL,
    "attribute_ids" TEXT[],
    "url" TEXT,
    "name_state" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "last_event_at" TIMESTAMPTZ(3) NOT NULL,
    "field_count" INTEGER NOT NULL,
    "event_count" INTEGER NOT NULL,
    "late" BOOLEAN NOT NULL DEFAULT false,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "activity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity_alias" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "activity_id" UUID NOT NULL,

    CONSTRAINT "activity_alias_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activity_change" (
    "seq" BIGSERIAL NOT NULL,
    "xid" xid8 NOT NULL DEFAULT pg_current_xact_id(),
    "organization_id" UUID NOT NULL,
    "activity_id" UUID,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "activity_change_pkey" PRIMARY KEY ("seq")
);

-- CreateTable
CREATE TABLE "label" (
    "connection_id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "parent_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "name" TEXT,
    "details" JSONB NOT NULL DEFAULT '{}',
    "fetched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "missing_since" TIMESTAMPTZ(3),
    "alias_of" TEXT,

    CONSTRAINT "label_pkey" PRIMARY KEY ("connection_id","type","id")
);

-- CreateIndex
CREATE UNIQUE INDEX "organization_external_id_key" ON "organization"("external_id");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_organization_id_email_folded_key" ON "app_user"("organization_id", "email_folded");

-- CreateIndex
CREATE INDEX "oauth_state_expires_at_idx" ON "oauth_state"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "connection_organization_id_workspace_id_key" ON "connection"("organization_id", "workspace_id");

-- CreateIndex
CREATE UNIQUE INDEX "webhook_endpoint_id_key" ON "webhook"("endpoint_id");

-- CreateIndex
CREATE INDEX "webhook_connection_id_idx" ON "webhook"("connection_id");

-- CreateIndex
CREATE INDEX "member_organization_id_email_folded_idx" ON "member"("organization_id", "email_folded");

-- CreateIndex
CREATE INDEX "member_user_id_idx" ON "member"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_connection_id_idempotency_key_key" ON "delivery"("connection_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "delivery_connection_id_received_at_id_idx" ON "delivery"("connection_id", "received_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "event_delivery_id_delivery_index_key" ON "event"("delivery_id", "delivery_index");

-- CreateIndex
CREATE INDEX "event_connection_id_lane_happened_at_idx" ON "event"("connection_id", "lane", "happened_at");

-- CreateIndex
CREATE INDEX "event_activity_id_idx" ON "event"("activity_id");

-- CreateIndex
CREATE INDEX "activity_organization_id_occurred_at_id_idx" ON "activity"("organization_id", "occurred_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "activity_connection_id_lane_occurred_at_idx" ON "activity"("connection_id", "lane", "occurred_at");

-- CreateIndex
CREATE INDEX "activity_record_ids_idx" ON "activity" USING GIN ("record_ids");

-- CreateIndex
CREATE INDEX "activity_alias_activity_id_idx" ON "activity_alias"("activity_id");

-- CreateIndex
CREATE INDEX "activity_change_xid_seq_idx" ON "activity_change"("xid", "seq");

-- AddForeignKey
ALTER TABLE "app_user" ADD CONSTRAINT "app_user_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "connection" ADD CONSTRAINT "connection_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "feature_switch" ADD CONSTRAINT "feature_switch_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "label" ADD CONSTRAINT "label_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema cannot say: partial indexes and checks.

-- A workspace belongs to one organisation at a time.
CREATE UNIQUE INDEX "connection_live_workspace" ON "connection"("workspace_id") WHERE "state" <> 'disconnected';

-- Due work is found without reading what is done.
CREATE INDEX "delivery_due" ON "delivery"("connection_id", "due_at") WHERE "due_at" IS NOT NULL;
CREATE INDEX "event_due" ON "event"("connection_id", "due_at") WHERE "due_at" IS NOT NULL;
CREATE INDEX "event_pending_names" ON "event" USING GIN ("pending_names") WHERE "pending_names" <> '{}';
CREATE INDEX "event_also_lane" ON "event"("connection_id", "also_lane") WHERE "also_lane" IS NOT NULL;

-- Finding the lines of a record also under the ids it had before a merge.
CREATE INDEX "label_alias" ON "label"("connection_id", "alias_of") WHERE "alias_of" IS NOT NULL;

ALTER TABLE "delivery" ADD CONSTRAINT "delivery_state" CHECK ("state" IN ('received', 'processed', 'filtered', 'ignored', 'failed', 'dead'));
ALTER TABLE "event" ADD CONSTRAINT "event_state" CHECK ("state" IN ('pending', 'projected', 'duplicate', 'filtered', 'ignored', 'dead'));
-- Whatever is not done has a time at which it is due (I2: nothing stays half-way).
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_due_unless_final" CHECK (("due_at" IS NOT NULL) = ("state" IN ('received', 'failed')));
ALTER TABLE "event" ADD CONSTRAINT "event_due_unless_final" CHECK (("due_at" IS NOT NULL) = ("state" = 'pending'));
ALTER TABLE "connection" ADD CONSTRAINT "connection_state" CHECK ("state" IN ('connected', 'degraded', 'needs_attention', 'disconnected'));
ALTER TABLE "member" ADD CONSTRAINT "member_mapping" CHECK ("mapping" IN ('auto', 'manual', 'none', 'excluded'));
ALTER TABLE "label" ADD CONSTRAINT "label_state" CHECK ("state" IN ('known', 'pending', 'forbidden', 'gone'));

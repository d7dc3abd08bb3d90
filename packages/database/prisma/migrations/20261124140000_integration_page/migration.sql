-- AlterTable
ALTER TABLE "connection" ADD COLUMN     "check_due_at" TIMESTAMPTZ(3),
ADD COLUMN     "checked_at" TIMESTAMPTZ(3),
ADD COLUMN     "members_synced_at" TIMESTAMPTZ(3),
ADD COLUMN     "private_lists_shown" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "state_since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
ADD COLUMN     "token_dead_since" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "webhook" ADD COLUMN     "degraded_since" TIMESTAMPTZ(3),
ADD COLUMN     "silenced_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "connection_state_change" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "from_state" TEXT NOT NULL,
    "from_reason" TEXT,
    "to_state" TEXT NOT NULL,
    "to_reason" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "tell_due_at" TIMESTAMPTZ(3),
    "tell_attempts" INTEGER NOT NULL DEFAULT 0,
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_state_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_gap" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "delivery_gap_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "list_permission" (
    "connection_id" UUID NOT NULL,
    "list_id" TEXT NOT NULL,
    "organization_id" UUID NOT NULL,
    "shown" BOOLEAN NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "list_permission_pkey" PRIMARY KEY ("connection_id","list_id")
);

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "connection_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "params" JSONB NOT NULL DEFAULT '{}',
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "steps" JSONB NOT NULL DEFAULT '[]',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "position" JSONB,
    "error" TEXT,
    "requested_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "attempts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" UUID NOT NULL,
    "organization_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "action" TEXT NOT NULL,
    "user_id" UUID,
    "actor_name" TEXT NOT NULL,
    "connection_id" UUID,
    "details" JSONB NOT NULL DEFAULT '{}',
    "request_id" TEXT,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "connection_state_change_connection_id_at_idx" ON "connection_state_change"("connection_id", "at" DESC);

-- CreateIndex
CREATE INDEX "delivery_gap_connection_id_started_at_idx" ON "delivery_gap"("connection_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "run_organization_id_created_at_idx" ON "run"("organization_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_organization_id_at_id_idx" ON "audit_entry"("organization_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "activity_connection_id_member_id_idx" ON "activity"("connection_id", "member_id");

-- CreateIndex
CREATE UNIQUE INDEX "app_user_organization_id_subject_key" ON "app_user"("organization_id", "subject");

-- CreateIndex
CREATE INDEX "connection_check_due_at_idx" ON "connection"("check_due_at");

-- CreateIndex
CREATE INDEX "delivery_connection_id_state_received_at_id_idx" ON "delivery"("connection_id", "state", "received_at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "connection_state_change" ADD CONSTRAINT "connection_state_change_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_gap" ADD CONSTRAINT "delivery_gap_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "list_permission" ADD CONSTRAINT "list_permission_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connection"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_entry" ADD CONSTRAINT "audit_entry_organization_id_fkey" FOREIGN KEY ("organization_id") REFERENCES "organization"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma's schema cannot say.

-- Asked for the same twice, a long action is one run.
CREATE UNIQUE INDEX "run_live" ON "run"("connection_id", "kind", "params") WHERE "state" IN ('waiting', 'running');
CREATE INDEX "run_due" ON "run"("connection_id", "due_at") WHERE "due_at" IS NOT NULL;
CREATE INDEX "connection_state_change_tell_due" ON "connection_state_change"("tell_due_at") WHERE "tell_due_at" IS NOT NULL;
-- One gap of a kind is open at a time.
CREATE UNIQUE INDEX "delivery_gap_open" ON "delivery_gap"("connection_id", "purpose") WHERE "ended_at" IS NULL;

ALTER TABLE "run" ADD CONSTRAINT "run_kind" CHECK ("kind" IN ('refresh', 'replay', 'disconnect', 'erase'));
ALTER TABLE "run" ADD CONSTRAINT "run_state" CHECK ("state" IN ('waiting', 'running', 'done', 'failed'));
ALTER TABLE "run" ADD CONSTRAINT "run_due_unless_over" CHECK (("due_at" IS NOT NULL) = ("state" IN ('waiting', 'running')));
ALTER TABLE "delivery_gap" ADD CONSTRAINT "delivery_gap_reason" CHECK ("reason" IN ('webhook_inactive', 'webhook_missing', 'token_dead'));

-- Every connection that is alive is looked after from now on.
UPDATE "connection" SET "check_due_at" = now() WHERE "state" <> 'disconnected';

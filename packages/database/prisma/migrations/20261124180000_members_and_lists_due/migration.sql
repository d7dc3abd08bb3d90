-- AlterTable
ALTER TABLE "connection" ADD COLUMN     "sync_due_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateIndex
CREATE INDEX "connection_sync_due_at_idx" ON "connection"("sync_due_at");

GRANT SELECT ("sync_due_at") ON "connection" TO worksights_api;
-- A word on all private lists takes back the words on single ones.
GRANT DELETE ON "list_permission" TO worksights_api;

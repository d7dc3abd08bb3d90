-- DropIndex
DROP INDEX "activity_connection_id_member_id_idx";

-- CreateIndex
CREATE INDEX "activity_hidden" ON "activity"("connection_id", "member_id", "organization_id", "feature", "list_id");

-- What was stored after a backup and is not in the database that was restored from it.
ALTER TABLE "delivery_gap" DROP CONSTRAINT "delivery_gap_reason";
ALTER TABLE "delivery_gap" ADD CONSTRAINT "delivery_gap_reason"
  CHECK ("reason" IN ('webhook_inactive', 'webhook_missing', 'secret_lost', 'token_dead', 'database_restored'));

-- Deliveries are lost too while nobody here can tell that they are Attio's.
ALTER TABLE "delivery_gap" DROP CONSTRAINT "delivery_gap_reason";
ALTER TABLE "delivery_gap" ADD CONSTRAINT "delivery_gap_reason" CHECK ("reason" IN ('webhook_inactive', 'webhook_missing', 'secret_lost', 'token_dead'));

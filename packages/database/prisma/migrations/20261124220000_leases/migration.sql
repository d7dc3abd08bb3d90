-- Whose a lease is was told by the number of attempts, which a replay sets back: a worker that had been stopped for long could take a later lease for its own.
ALTER TABLE "delivery" ADD COLUMN "lease" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "run" ADD COLUMN "lease" INTEGER NOT NULL DEFAULT 0;

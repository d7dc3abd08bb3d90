-- The id of a line that is gone without a successor is kept: what it told may be told again later, and then it leads there.
ALTER TABLE "activity_alias" ALTER COLUMN "activity_id" DROP NOT NULL;

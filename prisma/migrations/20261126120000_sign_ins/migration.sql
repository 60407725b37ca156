-- A sign-in is a row: signing out removes it, and it ends by itself at a fixed time, however often its cookie is renewed.
CREATE TABLE "sign_ins" (
    "uuid" UUID NOT NULL,
    "operator_uuid" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_ins_pkey" PRIMARY KEY ("uuid")
);
CREATE INDEX "sign_ins_operator_uuid_idx" ON "sign_ins"("operator_uuid");
ALTER TABLE "sign_ins" ADD CONSTRAINT "sign_ins_operator_uuid_fkey" FOREIGN KEY ("operator_uuid") REFERENCES "operators"("uuid") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "operators" DROP COLUMN "sign_in_epoch";
ALTER TABLE "operators" ADD COLUMN "password_temporary" BOOLEAN NOT NULL DEFAULT FALSE;

-- Attempts to sign in, per address and per browser: after some failures the next one has to wait.
CREATE TABLE "sign_in_waits" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_waits_pkey" PRIMARY KEY ("key")
);

-- The audit trail shows first what people did, which is rare among what applications do.
CREATE INDEX audit_events_people ON audit_events (project_uuid, at, seq) WHERE actor_kind <> 'api_key';

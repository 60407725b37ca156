-- A part of what is remembered of somebody is erased with a receipt as well: a message, a source, a fact.
ALTER TYPE erasure_scope ADD VALUE 'message' AFTER 'session';
ALTER TYPE identifier_kind ADD VALUE 'message';
ALTER TYPE identifier_kind ADD VALUE 'episode';
ALTER TYPE identifier_kind ADD VALUE 'fact';
CREATE INDEX receipts_identifiers ON receipts USING gin (identifiers);

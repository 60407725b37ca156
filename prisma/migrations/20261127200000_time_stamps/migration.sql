-- A time stamp of an authority over a blinded digest of a receipt (RFC 3161); added once, after the receipt was signed.
ALTER TABLE receipts ADD COLUMN time_stamp bytea, ADD COLUMN blind bytea;
CREATE FUNCTION lethe_time_stamp_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.time_stamp IS NOT NULL OR NEW.time_stamp IS NULL OR NEW.blind IS NULL OR OLD.status <> 'confirmed' THEN
    RAISE EXCEPTION 'a receipt is never changed';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER receipts_time_stamp_kept BEFORE UPDATE ON receipts FOR EACH ROW
WHEN (OLD.time_stamp IS DISTINCT FROM NEW.time_stamp OR OLD.blind IS DISTINCT FROM NEW.blind)
EXECUTE FUNCTION lethe_time_stamp_kept();

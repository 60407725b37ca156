-- Where others have to approve, one person alone makes the policy no looser: they ask for it, and somebody else agrees.
ALTER TABLE privacy_policies ADD COLUMN asked_approvals integer, ADD COLUMN asked_grace integer, ADD COLUMN asked_by uuid,
  ADD COLUMN agreed_by uuid;

CREATE FUNCTION lethe_guard_policy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' THEN
    RAISE EXCEPTION 'a policy is changed and never removed';
  END IF;
  IF NEW.project_uuid <> OLD.project_uuid THEN
    RAISE EXCEPTION 'a policy is of one project';
  END IF;
  IF NEW.asked_by IS DISTINCT FROM OLD.asked_by AND NEW.asked_by IS NOT NULL AND NOT EXISTS (SELECT FROM memberships m
      WHERE m.project_uuid = NEW.project_uuid AND m.operator_uuid = NEW.asked_by AND m.disabled_at IS NULL AND m.role = 'admin') THEN
    RAISE EXCEPTION 'only who settles the policy asks for another' USING ERRCODE = 'LT005';
  END IF;
  IF OLD.approvals_required > 0
    AND (NEW.approvals_required < OLD.approvals_required OR NEW.grace_hours < OLD.grace_hours)
    AND NOT coalesce(OLD.asked_approvals = NEW.approvals_required AND OLD.asked_grace = NEW.grace_hours
      AND NEW.agreed_by <> OLD.asked_by AND EXISTS (SELECT FROM memberships m WHERE m.project_uuid = NEW.project_uuid
        AND m.operator_uuid = NEW.agreed_by AND m.disabled_at IS NULL AND m.role IN ('privacy', 'admin')), FALSE) THEN
    RAISE EXCEPTION 'it takes two people to make this looser' USING ERRCODE = 'LT005';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER privacy_policies_guarded BEFORE UPDATE OR DELETE ON privacy_policies FOR EACH ROW EXECUTE FUNCTION lethe_guard_policy();
CREATE TRIGGER privacy_policies_never_emptied BEFORE TRUNCATE ON privacy_policies FOR EACH STATEMENT EXECUTE FUNCTION lethe_guard_policy();

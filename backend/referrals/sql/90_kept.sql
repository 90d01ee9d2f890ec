-- A referral about a child who has died is kept for review (children/sql/40_death.sql).
DROP TRIGGER IF EXISTS kept ON referrals_referral;
CREATE TRIGGER kept BEFORE DELETE ON referrals_referral FOR EACH ROW EXECUTE FUNCTION app.kept_for_review();

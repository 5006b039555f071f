-- Whoever decides has accepted the instructions in force (E-WHO-07): beside the tables of instructed.sql and
-- after_an_error.sql all others whose row names who decided, and when. Decision 92 says which decisions name
-- nobody in a row.
CREATE TRIGGER decides_on_instructions BEFORE UPDATE ON person
    FOR EACH ROW WHEN (NEW.authorised_by_id IS DISTINCT FROM OLD.authorised_by_id)
    EXECUTE FUNCTION decides_on_instructions('authorised_by_id', 'authorised_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT ON person_step
    FOR EACH ROW WHEN (NEW.what IN (
        'authorise', 'refuse', 'change_role', 'refuse_role', 'lift', 'refuse_to_lift'))
    EXECUTE FUNCTION decides_on_instructions('by_id', 'at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON purpose_change
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('answered_by_id', 'answered_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON combination
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions(
        'decided_by_id', 'decided_at', 'answered_by_id', 'answered_at', 'undone_by_id', 'undone_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON notify_decision
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions(
        'decided_by_id', 'decided_at', 'confirmed_by_id', 'confirmed_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT ON move
    FOR EACH ROW WHEN (NEW.move IN ('order_confirmed', 'order_withdrawn'))
    EXECUTE FUNCTION decides_on_instructions('by_id', 'at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON challenge
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('settled_by_id', 'settled_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON withholding
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('by_id', 'at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON opened_kind
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('approved_by_id', 'approved_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT ON recall
    FOR EACH ROW WHEN (NEW.why = 'wrongly_sent')
    EXECUTE FUNCTION decides_on_instructions('by_id', 'at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON originator_notice
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('told_by_id', 'told_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON document_word
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('published_by_id', 'published_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON yearly_report
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('published_by_id', 'published_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON schedule_version
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('approved_by_id', 'approved_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON sign_off
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('signed_by_id', 'signed_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON review
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('settled_by_id', 'settled_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT ON disposal
    FOR EACH ROW WHEN (NEW.released_by_id IS NOT NULL)
    EXECUTE FUNCTION decides_on_instructions('released_by_id', 'at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON breach
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('closed_by_id', 'closed_at');
-- The first facts are noted by whoever reports a breach, which decides nothing.
CREATE TRIGGER decides_on_instructions BEFORE INSERT ON breach_note
    FOR EACH ROW WHEN (NEW.what <> 'facts')
    EXECUTE FUNCTION decides_on_instructions('by_id', 'at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT ON breach_phase
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('by_id', 'at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT ON breach_group
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('by_id', 'at');
-- A hold is ended by who was asked to, or by the clock with the reply to the request that it was for: then its
-- row says that it was asked for at that moment, and names who approved the reply, who decided that then.
CREATE TRIGGER decides_on_instructions BEFORE UPDATE ON hold
    FOR EACH ROW WHEN (NEW.kind <> 'foi' OR NEW.asked_at IS NOT DISTINCT FROM OLD.asked_at)
    EXECUTE FUNCTION decides_on_instructions('ended_by_id', 'ended_at');

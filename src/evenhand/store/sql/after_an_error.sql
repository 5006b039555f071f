-- Beside those of instructed.sql: replies to requests, and figures. The others are in decides.sql.
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON foi_part
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('confirmed_by_id', 'confirmed_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON foi_letter
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('approved_by_id', 'approved_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON rights_letter
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('answered_by_id', 'answered_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON rights_review
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('answered_by_id', 'answered_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON figure
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions('published_by_id', 'published_at');
CREATE TRIGGER decides_on_instructions BEFORE INSERT OR UPDATE ON erratum
    FOR EACH ROW EXECUTE FUNCTION decides_on_instructions(
        'by_id', 'at', 'confirmed_by_id', 'confirmed_at', 'declined_by_id', 'declined_at');

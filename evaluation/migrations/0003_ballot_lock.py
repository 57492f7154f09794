"""What no ballot may hold or become, whoever writes: one trigger, asked row by row."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION evaluation_guard_ballot() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    allowed_points jsonb;
    scale jsonb;
    entry record;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.state = 'sealed' THEN
            RAISE EXCEPTION 'ballot %: sealed, it stays', OLD.id USING ERRCODE = 'check_violation';
        END IF;
        PERFORM evaluation_meeting_goes_on(OLD.meeting_id);
        RETURN OLD;
    END IF;

    IF TG_OP = 'UPDATE' THEN
        IF (NEW.meeting_id, NEW.assessment_id, NEW.seat_id, NEW.attempt, NEW.published_id)
            IS DISTINCT FROM
           (OLD.meeting_id, OLD.assessment_id, OLD.seat_id, OLD.attempt, OLD.published_id) THEN
            RAISE EXCEPTION 'ballot %: whose it is never changes', OLD.id USING ERRCODE = 'check_violation';
        END IF;
        IF OLD.state = 'sealed' AND (NEW.levels, NEW.opinion, NEW.total, NEW.stars)
            IS DISTINCT FROM (OLD.levels, OLD.opinion, OLD.total, OLD.stars) THEN
            RAISE EXCEPTION 'ballot %: sealed, reopen it first', OLD.id USING ERRCODE = 'check_violation';
        END IF;
        PERFORM evaluation_meeting_goes_on(NEW.meeting_id);
        IF NEW.levels = OLD.levels THEN
            RETURN NEW;
        END IF;
    ELSE
        PERFORM evaluation_meeting_goes_on(NEW.meeting_id);
    END IF;

    IF jsonb_typeof(NEW.levels) <> 'object' THEN
        RAISE EXCEPTION 'ballot %: levels is no object', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    SELECT allowed INTO STRICT allowed_points FROM evaluation_publishedset WHERE id = NEW.published_id;
    FOR entry IN SELECT key AS code, value AS level FROM jsonb_each(NEW.levels) LOOP
        scale := allowed_points -> entry.code;
        IF scale IS NULL THEN
            RAISE EXCEPTION 'ballot %: no criterion %', NEW.id, entry.code USING ERRCODE = 'check_violation';
        END IF;
        IF jsonb_typeof(entry.level) <> 'object' THEN
            RAISE EXCEPTION 'ballot %: % is no level', NEW.id, entry.code USING ERRCODE = 'check_violation';
        END IF;
        IF NOT entry.level ? 'p' THEN
            IF entry.level ? 'case' THEN
                RAISE EXCEPTION 'ballot %: % has a case without points', NEW.id, entry.code
                    USING ERRCODE = 'check_violation';
            END IF;
            CONTINUE;  -- only a note so far
        END IF;
        IF jsonb_typeof(entry.level -> 'p') <> 'number' OR entry.level ->> 'p' !~ '^[0-9]+$' THEN
            RAISE EXCEPTION 'ballot %: points of % are no whole number', NEW.id, entry.code
                USING ERRCODE = 'check_violation';
        END IF;
        IF jsonb_typeof(scale) = 'object' THEN
            IF NOT entry.level ? 'case' AND entry.level -> 'p' = '0' THEN
                CONTINUE;  -- none of the cases, so none of their levels
            END IF;
            scale := scale -> (entry.level ->> 'case');
        ELSIF entry.level ? 'case' THEN
            scale := NULL;
        END IF;
        IF scale IS NULL THEN
            RAISE EXCEPTION 'ballot %: wrong case of %', NEW.id, entry.code USING ERRCODE = 'check_violation';
        END IF;
        IF NOT scale @> (entry.level -> 'p') THEN
            RAISE EXCEPTION 'ballot %: % has no level of % points', NEW.id, entry.code, entry.level ->> 'p'
                USING ERRCODE = 'check_violation';
        END IF;
    END LOOP;
    RETURN NEW;
END $$;
"""

# FOR SHARE waits for a conclusion under way and then reads its result: no save slips in beside the digest.
GOES_ON = """
CREATE FUNCTION evaluation_meeting_goes_on(meeting bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    meeting_state text;
BEGIN
    SELECT state INTO meeting_state FROM evaluation_meeting WHERE id = meeting FOR SHARE;
    IF meeting_state = 'concluded' THEN
        RAISE EXCEPTION 'meeting %: concluded, its ballots stand', meeting USING ERRCODE = 'check_violation';
    END IF;
END $$;
"""

TRIGGER = """
CREATE TRIGGER evaluation_ballot_guard BEFORE INSERT OR UPDATE OR DELETE ON evaluation_ballot
    FOR EACH ROW EXECUTE FUNCTION evaluation_guard_ballot();
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0002_append_only")]
    operations = [
        migrations.RunSQL(GOES_ON, "DROP FUNCTION evaluation_meeting_goes_on(bigint)"),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION evaluation_guard_ballot()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER evaluation_ballot_guard ON evaluation_ballot"),
    ]

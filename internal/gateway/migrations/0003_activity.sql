-- When there was activity last, as Apollo counts it; 0 where that is not known, as
-- of all that was read before.
ALTER TABLE opportunity ADD COLUMN active INTEGER NOT NULL DEFAULT 0;

-- What was kept before does not say how a field is written: it is read again.
DELETE FROM list WHERE name = 'fields';

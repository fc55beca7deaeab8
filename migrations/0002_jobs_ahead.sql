-- migrate:up
ALTER TABLE job SET (fillfactor=70);

ALTER TABLE job ADD is_begun boolean NOT NULL DEFAULT TRUE;

-- migrate:down
ALTER TABLE job DROP COLUMN is_begun;

ALTER TABLE job RESET (fillfactor);

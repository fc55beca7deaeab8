-- migrate:up
ALTER TABLE job ADD is_begun boolean NOT NULL DEFAULT TRUE;

-- migrate:down
ALTER TABLE job DROP COLUMN is_begun;

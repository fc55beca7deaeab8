-- migrate:up
DROP INDEX ix_upload_sha256;

ALTER TABLE job ADD trace_parent text;

CREATE INDEX ix_upload_sha256 ON upload (sha256) INCLUDE (size);

-- migrate:down
DROP INDEX ix_upload_sha256;

ALTER TABLE job DROP COLUMN trace_parent;

CREATE INDEX ix_upload_sha256 ON upload (sha256);

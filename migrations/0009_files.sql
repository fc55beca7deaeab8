-- migrate:up
ALTER TABLE upload ADD sharing integer NOT NULL DEFAULT 0;

CREATE TABLE content_check (
    sha256 text NOT NULL,
    checked timestamp with time zone NOT NULL,
    problem text,
    CONSTRAINT pk_content_check PRIMARY KEY (sha256)
);

CREATE TABLE resumable_upload (
    id text NOT NULL,
    user_id uuid NOT NULL,
    filename text NOT NULL,
    size bigint NOT NULL,
    received bigint NOT NULL,
    created timestamp with time zone NOT NULL,
    expires timestamp with time zone NOT NULL,
    upload_id text,
    CONSTRAINT pk_resumable_upload PRIMARY KEY (id)
);

CREATE INDEX ix_content_check_checked ON content_check (checked) WHERE problem IS NOT NULL;

CREATE INDEX ix_resumable_upload_expires ON resumable_upload (expires);

CREATE INDEX ix_resumable_upload_user_id ON resumable_upload (user_id);

-- migrate:down
DROP TABLE content_check;

DROP TABLE resumable_upload;

ALTER TABLE upload DROP COLUMN sharing;

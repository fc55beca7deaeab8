-- migrate:up
ALTER TABLE upload_grant DROP CONSTRAINT fk_upload_grant_upload_id;

CREATE TABLE deleted_upload (
    id text NOT NULL,
    sha256 text NOT NULL,
    CONSTRAINT pk_deleted_upload PRIMARY KEY (id)
);

INSERT INTO upload_grant (data_id, upload_id)
SELECT DISTINCT data.id, upload.id
FROM process
JOIN data ON data.id = process.data_id
CROSS JOIN LATERAL regexp_matches(data.value, '"drs://[^"/]+/([^"/]+)"', 'gi') AS link (parts)
JOIN upload ON upload.id = link.parts[1]
WHERE data.value ILIKE '%drs://%' AND upload.user_id IS NOT NULL
ON CONFLICT DO NOTHING;

-- migrate:down
DROP TABLE deleted_upload;

DELETE FROM upload_grant WHERE upload_id NOT IN (SELECT id FROM upload);

ALTER TABLE upload_grant ADD CONSTRAINT fk_upload_grant_upload_id FOREIGN KEY (upload_id) REFERENCES upload (id) ON DELETE CASCADE;

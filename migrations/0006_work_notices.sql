-- migrate:up
CREATE TABLE work_notice (
    user_id uuid NOT NULL,
    playbook_id uuid NOT NULL,
    asked timestamp with time zone NOT NULL,
    CONSTRAINT pk_work_notice PRIMARY KEY (user_id, playbook_id),
    CONSTRAINT fk_work_notice_user_id FOREIGN KEY (user_id) REFERENCES user_account (id) ON DELETE CASCADE
);

CREATE INDEX ix_work_notice_asked ON work_notice (asked);

-- migrate:down
DROP TABLE work_notice;

-- migrate:up
CREATE TABLE session_ticket (
    key_hash text NOT NULL,
    browser_hash text NOT NULL,
    session_id uuid NOT NULL,
    sign_in_id uuid NOT NULL,
    expires timestamp with time zone NOT NULL,
    CONSTRAINT pk_session_ticket PRIMARY KEY (key_hash),
    CONSTRAINT fk_session_ticket_session_id FOREIGN KEY (session_id) REFERENCES proxy_session (id) ON DELETE CASCADE,
    CONSTRAINT fk_session_ticket_sign_in_id FOREIGN KEY (sign_in_id) REFERENCES user_session (id) ON DELETE CASCADE
);

CREATE INDEX ix_session_ticket_expires ON session_ticket (expires);

CREATE INDEX ix_session_ticket_session_id ON session_ticket (session_id);

CREATE INDEX ix_session_ticket_sign_in_id ON session_ticket (sign_in_id);

-- migrate:down
DROP TABLE session_ticket;

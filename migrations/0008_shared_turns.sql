-- migrate:up
CREATE TABLE shared_turn (
    work text NOT NULL,
    taken timestamp with time zone NOT NULL,
    CONSTRAINT pk_shared_turn PRIMARY KEY (work)
);

-- migrate:down
DROP TABLE shared_turn;

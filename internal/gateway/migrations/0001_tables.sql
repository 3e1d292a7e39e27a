-- The gateway's tables, for SQLite and for D1. A statement ends with a semicolon
-- at the end of a line that is followed by an empty line or by the end of the file.
-- Times are milliseconds since 1970, ids are Apollo's, "" is nothing.

CREATE TABLE token (
  hash     TEXT PRIMARY KEY, -- SHA-256 of the token in hexadecimal: the token itself is nowhere
  team     TEXT NOT NULL,
  rep      TEXT NOT NULL,    -- the rep's name within the team
  user_id  TEXT NOT NULL,    -- the rep in Apollo: the owner of what they create
  scope    TEXT NOT NULL CHECK (scope IN ('read', 'write', 'admin')),
  created  INTEGER NOT NULL,
  used     INTEGER NOT NULL,
  expires  INTEGER,          -- set by a rotation
  revoked  INTEGER,
  minute   INTEGER NOT NULL DEFAULT 0, -- when the window of the counts began
  requests INTEGER NOT NULL DEFAULT 0,
  writes   INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

CREATE INDEX token_rep ON token (team, rep);

-- The team's requests to Apollo: one row for each endpoint, three windows each. A
-- limit is NULL where there is none.
CREATE TABLE budget (
  team         TEXT NOT NULL,
  endpoint     TEXT NOT NULL,
  minute       INTEGER NOT NULL,
  minute_used  INTEGER NOT NULL,
  minute_limit INTEGER,
  hour         INTEGER NOT NULL,
  hour_used    INTEGER NOT NULL,
  hour_limit   INTEGER,
  day          INTEGER NOT NULL,
  day_used     INTEGER NOT NULL,
  day_limit    INTEGER,
  until        INTEGER NOT NULL DEFAULT 0, -- Apollo asked to wait so long
  PRIMARY KEY (team, endpoint)
) WITHOUT ROWID;

-- One row for each write that a rep asked for, by the id that the rep's program
-- gave it. Whoever sets lease carries it out until then.
CREATE TABLE operation (
  team    TEXT NOT NULL,
  id      TEXT NOT NULL,
  rep     TEXT NOT NULL,
  name    TEXT NOT NULL,    -- such as opportunity.create
  request TEXT NOT NULL,    -- SHA-256 of what was asked for, in hexadecimal
  fields  TEXT NOT NULL,    -- names of the fields, for the audit
  target  TEXT NOT NULL,    -- the opportunity to change
  created INTEGER NOT NULL,
  lease   INTEGER NOT NULL DEFAULT 0,
  holder  TEXT NOT NULL DEFAULT '',
  due     INTEGER,          -- when it is to be looked at without being asked; NULL for never
  status  INTEGER,          -- of the stored answer; NULL while there is none
  answer  TEXT,
  PRIMARY KEY (team, id)
) WITHOUT ROWID;

CREATE INDEX operation_created ON operation (team, created);

CREATE INDEX operation_due ON operation (due) WHERE due IS NOT NULL;

-- The records of package outbox: an entry for each operation, and a note for each
-- team. version makes compare-and-set of every change.
CREATE TABLE outbox (
  team    TEXT NOT NULL,
  key     TEXT NOT NULL,
  value   TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (team, key)
) WITHOUT ROWID;

CREATE TABLE audit (
  seq       INTEGER PRIMARY KEY AUTOINCREMENT,
  team      TEXT NOT NULL,
  at        INTEGER NOT NULL,
  rep       TEXT NOT NULL,
  name      TEXT NOT NULL, -- the operation's
  operation TEXT NOT NULL, -- its id
  object    TEXT NOT NULL, -- what was written, by Apollo's id
  fields    TEXT NOT NULL, -- names only
  result    TEXT NOT NULL
);

CREATE INDEX audit_team ON audit (team, seq);

CREATE UNIQUE INDEX audit_once ON audit (team, operation, result);

CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit is append-only');
END;

CREATE TRIGGER audit_remains BEFORE DELETE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit is append-only');
END;

-- The index: what the team has in Apollo, as it was seen last.

CREATE TABLE account (
  team     TEXT NOT NULL,
  id       TEXT NOT NULL,
  name     TEXT NOT NULL,
  folded   TEXT NOT NULL, -- the name in lower case
  domain   TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  seen     INTEGER NOT NULL,
  PRIMARY KEY (team, id)
) WITHOUT ROWID;

CREATE INDEX account_domain ON account (team, domain);

-- An amount is its exact text, and for sums three whole numbers whose sums stay
-- below 2^53: billions, units below a billion, millionths.
CREATE TABLE opportunity (
  team       TEXT NOT NULL,
  id         TEXT NOT NULL,
  name       TEXT NOT NULL,
  folded     TEXT NOT NULL, -- the name in lower case
  amount     TEXT NOT NULL,
  currency   TEXT NOT NULL,
  billions   INTEGER NOT NULL,
  units      INTEGER NOT NULL,
  millionths INTEGER NOT NULL,
  stage_id   TEXT NOT NULL,
  close_date TEXT NOT NULL,
  owner_id   TEXT NOT NULL,
  account_id TEXT NOT NULL,
  closed     INTEGER NOT NULL,
  won        INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  walk       INTEGER NOT NULL, -- the last walk that met it
  seen       INTEGER NOT NULL,
  PRIMARY KEY (team, id)
) WITHOUT ROWID;

CREATE INDEX opportunity_account ON opportunity (team, account_id, created_at, id);

CREATE INDEX opportunity_created ON opportunity (team, created_at, id);

CREATE INDEX opportunity_stage ON opportunity (team, stage_id, created_at, id);

CREATE INDEX opportunity_owner ON opportunity (team, owner_id, created_at, id);

CREATE INDEX opportunity_walk ON opportunity (team, walk);

-- When Apollo was asked about something, also where it has nothing: "domain acme.com",
-- "name acme", "account 65f0…".
CREATE TABLE asked (
  team  TEXT NOT NULL,
  about TEXT NOT NULL,
  at    INTEGER NOT NULL,
  whole INTEGER NOT NULL, -- all of its opportunities were given
  PRIMARY KEY (team, about)
) WITHOUT ROWID;

-- Short lists as JSON: stages, users, fields.
CREATE TABLE list (
  team  TEXT NOT NULL,
  name  TEXT NOT NULL,
  value TEXT NOT NULL,
  seen  INTEGER NOT NULL,
  PRIMARY KEY (team, name)
) WITHOUT ROWID;

-- The walk through all opportunities. page is the next to be read, 0 for none.
CREATE TABLE walk (
  team     TEXT PRIMARY KEY,
  number   INTEGER NOT NULL,
  page     INTEGER NOT NULL,
  total    INTEGER NOT NULL,
  gaps     INTEGER NOT NULL,
  began    INTEGER NOT NULL,
  complete INTEGER NOT NULL, -- when the last one that missed nothing ended; 0 for never
  head     INTEGER NOT NULL, -- when the newest were read last
  lease    INTEGER NOT NULL
) WITHOUT ROWID;

/** Published mappings, drift, and messages by their time of receipt. Columns as in `schema.ts`. */
export const SCHEMA_2 = `
  CREATE TABLE publishedMappings (
    seq INTEGER PRIMARY KEY, mapping TEXT NOT NULL, scope TEXT NOT NULL, number INTEGER NOT NULL,
    text TEXT NOT NULL, cases TEXT NOT NULL, note TEXT, "by" TEXT NOT NULL, at REAL NOT NULL);
  CREATE UNIQUE INDEX publishedMappingsByNumber ON publishedMappings (mapping, scope, number);

  CREATE TABLE drift (
    seq INTEGER PRIMARY KEY, tenant TEXT NOT NULL, connection TEXT NOT NULL, topic TEXT NOT NULL, kind TEXT NOT NULL,
    pointer TEXT NOT NULL, value TEXT NOT NULL, count INTEGER NOT NULL, firstAt REAL NOT NULL, lastAt REAL NOT NULL,
    sample TEXT NOT NULL, message TEXT NOT NULL);
  CREATE UNIQUE INDEX driftByFinding ON drift (connection, topic, kind, pointer, value);
  CREATE INDEX driftByTime ON drift (lastAt);

  CREATE INDEX messagesByTime ON messages (tenant, connection, topic, receivedAt);
`

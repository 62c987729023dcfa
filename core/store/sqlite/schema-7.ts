/** Forgetting people: what documents are found by, what was erased, and who must not come back. */
export const SCHEMA_7 = `
  ALTER TABLE messages ADD COLUMN erased TEXT;
  CREATE INDEX messagesErased ON messages (json_extract(erased, '$.by')) WHERE erased IS NOT NULL;
  ALTER TABLE documents ADD COLUMN erased TEXT;
  CREATE TABLE documentSubjects (subject TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (subject, seq)) WITHOUT ROWID;
  INSERT INTO documentSubjects SELECT 'unindexed', seq FROM documents WHERE resource IN ('order', 'return', 'shipment');
  CREATE TABLE erasureMarks (digest TEXT PRIMARY KEY, at REAL NOT NULL, since REAL NOT NULL) WITHOUT ROWID;
`

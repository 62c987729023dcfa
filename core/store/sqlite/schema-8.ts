/** What is held back by a rule: whose it is and until when. Documents that are late at a certain time. */
export const SCHEMA_8 = `
  ALTER TABLE deadLetters ADD COLUMN rule TEXT;
  ALTER TABLE deadLetters ADD COLUMN owner TEXT;
  ALTER TABLE deadLetters ADD COLUMN dueAt REAL;
  ALTER TABLE deadLetters ADD COLUMN escalateTo TEXT;
  ALTER TABLE deadLetters ADD COLUMN escalatedAt REAL;
  CREATE INDEX deadLettersByOwner ON deadLetters (owner) WHERE owner IS NOT NULL;
  CREATE INDEX deadLettersDue ON deadLetters (dueAt) WHERE dueAt IS NOT NULL AND state = 'open' AND escalatedAt IS NULL;
  ALTER TABLE documents ADD COLUMN deadline REAL;
  CREATE INDEX documentsDue ON documents (deadline) WHERE deadline IS NOT NULL;
`

/**
 * Columns are named as the members of the contract's records. `seq` is the order of arrival: lists sort by it and
 * cursors hold it. Bodies of messages have their own table, so that a change of state does not rewrite them.
 * What each index is for is in the README of this folder.
 */
export const SCHEMA_1 = `
  CREATE TABLE messages (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    tenant TEXT NOT NULL, connection TEXT NOT NULL, topic TEXT NOT NULL, via TEXT NOT NULL, dedupeKey TEXT NOT NULL,
    receivedAt REAL NOT NULL, eventAt REAL, priority INTEGER NOT NULL, bytes INTEGER NOT NULL,
    state TEXT NOT NULL, reason TEXT, nextAt REAL NOT NULL, readyAt REAL, claimToken TEXT, claims INTEGER NOT NULL,
    spent INTEGER NOT NULL, attempts TEXT NOT NULL, documents TEXT NOT NULL, editedBy TEXT, editedAt REAL);
  CREATE INDEX messagesByState ON messages (connection, state);
  CREATE INDEX messagesReady ON messages (connection, priority, readyAt) WHERE readyAt IS NOT NULL;
  CREATE TABLE messageBodies (
    seq INTEGER PRIMARY KEY, headers TEXT NOT NULL, body BLOB NOT NULL, editedBody BLOB);
  CREATE TABLE messageDocuments (document TEXT NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (document, seq)) WITHOUT ROWID;

  CREATE TABLE documents (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    resource TEXT NOT NULL, "key" TEXT NOT NULL, tenant TEXT NOT NULL, connection TEXT NOT NULL, externalId TEXT NOT NULL,
    number TEXT, orderRevision REAL NOT NULL, orderEvent REAL NOT NULL, orderArrival REAL NOT NULL, hash TEXT NOT NULL,
    mapping TEXT NOT NULL, message TEXT NOT NULL, receivedAt REAL NOT NULL, dependsOn TEXT NOT NULL,
    revision INTEGER NOT NULL, createdAt REAL NOT NULL, updatedAt REAL NOT NULL, body TEXT NOT NULL);
  CREATE INDEX documentsByResource ON documents (connection, resource);
  CREATE INDEX documentsByExternalId ON documents (externalId);
  CREATE INDEX documentsByNumber ON documents (number) WHERE number IS NOT NULL;

  CREATE TABLE deliveries (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    document TEXT NOT NULL, resource TEXT NOT NULL, tenant TEXT NOT NULL, source TEXT NOT NULL, destination TEXT NOT NULL,
    flow TEXT NOT NULL, revision INTEGER NOT NULL, receivedAt REAL NOT NULL, priority INTEGER NOT NULL,
    state TEXT NOT NULL, confirmedRevision INTEGER NOT NULL, claimedRevision INTEGER, reason TEXT, waitsFor TEXT,
    nextAt REAL NOT NULL, readyAt REAL, claimToken TEXT, claims INTEGER NOT NULL, spent INTEGER NOT NULL,
    wantedAt REAL NOT NULL, uncertain INTEGER NOT NULL, attempts TEXT NOT NULL, confirmedAt REAL);
  CREATE INDEX deliveriesByState ON deliveries (destination, state);
  CREATE INDEX deliveriesReady ON deliveries (destination, priority, readyAt) WHERE readyAt IS NOT NULL;
  CREATE INDEX deliveriesByDocument ON deliveries (document);
  CREATE INDEX deliveriesWaiting ON deliveries (waitsFor, destination) WHERE waitsFor IS NOT NULL;
  CREATE INDEX deliveriesOldest ON deliveries (destination, state, wantedAt) WHERE state <> 'confirmed';

  CREATE TABLE tallies (
    kind TEXT NOT NULL, place TEXT NOT NULL, state TEXT NOT NULL, tenant TEXT NOT NULL, topic TEXT NOT NULL,
    origin TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (kind, state, place, tenant, topic, origin)) WITHOUT ROWID;

  CREATE TABLE deadLetters (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL, subject TEXT NOT NULL, tenant TEXT NOT NULL, connection TEXT NOT NULL, resource TEXT, topic TEXT,
    document TEXT, code TEXT NOT NULL, cause TEXT NOT NULL, summary TEXT NOT NULL, title TEXT NOT NULL, at REAL NOT NULL,
    state TEXT NOT NULL, times INTEGER NOT NULL, openedAt REAL NOT NULL, closedAt REAL, closedBy TEXT, closeReason TEXT);
  CREATE INDEX deadLettersByState ON deadLetters (state);
  CREATE INDEX deadLettersByCause ON deadLetters (cause);
  CREATE INDEX deadLettersCauses ON deadLetters (cause, state, connection, resource, tenant, code, kind, at, openedAt);
  CREATE INDEX deadLettersByDocument ON deadLetters (document) WHERE document IS NOT NULL;

  CREATE TABLE connections (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    tenant TEXT NOT NULL, connector TEXT NOT NULL, settings TEXT NOT NULL, secrets TEXT NOT NULL, tables TEXT NOT NULL,
    state TEXT NOT NULL, stateReason TEXT, declared INTEGER NOT NULL, updatedAt REAL NOT NULL);

  CREATE TABLE cursors (
    connection TEXT NOT NULL, resource TEXT NOT NULL, value TEXT NOT NULL, updatedAt REAL NOT NULL,
    PRIMARY KEY (connection, resource)) WITHOUT ROWID;

  CREATE TABLE links (
    document TEXT NOT NULL, connection TEXT NOT NULL, externalId TEXT NOT NULL, createdAt REAL NOT NULL,
    PRIMARY KEY (document, connection)) WITHOUT ROWID;
  CREATE INDEX linksByExternalId ON links (connection, externalId);

  CREATE TABLE leases (name TEXT PRIMARY KEY, owner TEXT, token INTEGER NOT NULL, until REAL NOT NULL) WITHOUT ROWID;

  CREATE TABLE stats (
    minute REAL NOT NULL, series TEXT NOT NULL, counts TEXT NOT NULL, latency TEXT NOT NULL,
    PRIMARY KEY (minute, series)) WITHOUT ROWID;

  CREATE TABLE audit (
    seq INTEGER PRIMARY KEY, at REAL NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL, subject TEXT NOT NULL,
    detail TEXT NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL);

  CREATE TABLE keys (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL, role TEXT NOT NULL, tenant TEXT, label TEXT, digest TEXT NOT NULL UNIQUE,
    createdAt REAL NOT NULL, expiresAt REAL, revokedAt REAL);
`

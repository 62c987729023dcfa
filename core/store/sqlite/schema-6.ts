/** The ledger of stock. */
export const SCHEMA_6 = `
  CREATE TABLE stock (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, tenant TEXT NOT NULL, sku TEXT NOT NULL, version INTEGER NOT NULL,
    counts TEXT NOT NULL, reservations TEXT NOT NULL, offers TEXT NOT NULL, nextAt REAL, updatedAt REAL NOT NULL);
  CREATE INDEX stockByTenant ON stock (tenant, sku);
  CREATE INDEX stockBySku ON stock (sku, tenant);
  CREATE INDEX stockDue ON stock (nextAt, id) WHERE nextAt IS NOT NULL;
`

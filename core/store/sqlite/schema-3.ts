/** The fence of refreshed credentials. */
export const SCHEMA_3 = 'ALTER TABLE connections ADD COLUMN fence REAL'

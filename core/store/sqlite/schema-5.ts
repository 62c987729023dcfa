/** What a merged document was put together from. */
export const SCHEMA_5 = 'ALTER TABLE documents ADD COLUMN parts TEXT'

/** What the hub found of a connection's webhook subscriptions. */
export const SCHEMA_4 = 'ALTER TABLE connections ADD COLUMN subscriptions TEXT'

import { ALERTS, APPS, CONNECTIONS, FLOWS, HOLDS, TENANTS } from './declared-schema.ts'
import { PROCESS_ROLES } from './schema.ts'
import { type ConfigNode, group, list, text, whole } from './schema-node.ts'
import { STOCK } from './stock-schema.ts'

const DAYS = 36_500

/** The one description of every setting: environment and `HUB_CONFIG` file, summary and REFERENCE.md come from it. */
export const CONFIG_SCHEMA: ConfigNode = group('Settings of the hub.', {
  port: { ...whole('Port that the web role listens on.', 8080, 0, 65_535), 'x-env': 'HUB_PORT' },
  opsPort: {
    type: 'integer',
    description: 'Port for `/livez`, `/readyz` and `/metrics` of a process without the web role.',
    'x-env': 'HUB_OPS_PORT',
    'x-default': '`<port>`',
    minimum: 0,
    maximum: 65_535,
  },
  publicUrl: text('Address that partners and people reach the hub at: `http(s)://host`, no query.', {
    'x-env': 'HUB_PUBLIC_URL',
    'x-default': '`http://localhost:<port>`',
    pattern: '^https?://[^\\s?#@]+$',
    format: 'uri',
  }),
  dataDir: text('Folder for the database and generated keys.', {
    'x-env': 'HUB_DATA_DIR',
    default: './data',
    minLength: 1,
  }),
  roles: list(
    'Roles that this process plays: `all`, or some of them (a comma list in the environment).',
    text('A role.', { enum: ['all', ...PROCESS_ROLES] }),
    { 'x-env': 'HUB_ROLES', default: ['all'], minItems: 1 },
  ),
  storeUrl: text('Store: `sqlite:` (in the data folder), `sqlite:<file>`, or `mongodb://…`.', {
    'x-env': 'HUB_STORE_URL',
    'x-secret': 'userinfo',
    default: 'sqlite:',
    pattern: '^(sqlite:\\S*|mongodb(\\+srv)?://\\S+)$',
  }),
  queueUrl: text('Queue: `embedded:` (in the process), or `redis://…` / `rediss://…`.', {
    'x-env': 'HUB_QUEUE_URL',
    'x-secret': 'userinfo',
    default: 'embedded:',
    pattern: '^(embedded:|rediss?://\\S+)$',
  }),
  kek: {
    type: ['string', 'null'],
    description:
      'Key that encrypts the keys of stored credentials: 32 bytes in base64 (`openssl rand -base64 32`). Several, separated by commas: all open, the first one seals, so a key is changed by putting the new one before the old.',
    'x-env': 'HUB_KEK',
    'x-secret': 'value',
    'x-default': 'made in the data folder',
    default: null,
    pattern: '^[A-Za-z0-9+/]{43}=(,[A-Za-z0-9+/]{43}=)*$',
  },
  logLevel: text('Least level of log lines.', {
    'x-env': 'HUB_LOG_LEVEL',
    default: 'info',
    enum: ['debug', 'info', 'warn', 'error', 'silent'],
  }),
  tenants: TENANTS,
  connections: CONNECTIONS,
  apps: APPS,
  flows: FLOWS,
  holds: HOLDS,
  stock: STOCK,
  alerts: ALERTS,
  mappings: {
    ...group('Mappings.', {
      overlays: {
        type: ['string', 'null'],
        description: 'Folder of own mappings and overlays (`*.overlay.yaml`), from the folder of this file.',
        'x-default': 'none',
        default: null,
        minLength: 1,
      },
    }),
    default: {},
  },
  security: {
    ...group('Security.', {
      allowPrivateHosts: list(
        'Hosts in private networks that the hub may call.',
        text('A host.', { minLength: 1 }),
        { default: [] },
      ),
    }),
    default: {},
  },
  inbox: {
    ...group('Receiving.', {
      maxBodyBytes: whole('Largest webhook body, unpacked.', 5_242_880, 1_024, 268_435_456),
      highWater: whole(
        'Messages not yet translated at which webhooks are answered 503 and polls pause.',
        500_000,
        1,
        1_000_000_000,
      ),
    }),
    default: {},
  },
  retention: {
    ...group('How long things are kept.', {
      messagesDays: whole('Days that finished messages are kept.', 30, 1, DAYS),
      statsDays: whole('Days that minute statistics are kept.', 90, 1, DAYS),
    }),
    default: {},
  },
  engine: {
    ...group('The engine; the defaults suit nearly everybody.', {
      translateConcurrency: whole('Translations at the same time in this process.', 32, 1, 1_000),
      deliverConcurrency: whole('Deliveries at the same time in this process.', 32, 1, 1_000),
      publishConcurrency: whole(
        'Deliveries of stock and catalogue at the same time in this process, beside those of orders.',
        256,
        1,
        1_000,
      ),
      leaseMs: whole(
        'How long a claim holds before another process may take the work.',
        60_000,
        100,
        3_600_000,
      ),
      sweepMs: whole('How often due work is looked for in the store.', 1_000, 10, 3_600_000),
      httpTimeoutMs: whole('How long a partner may take to answer.', 15_000, 10, 600_000),
      dependencyWaitHours: whole(
        'How long a delivery waits for another document before it is a dead letter.',
        72,
        1,
        8_760,
      ),
      crashLimit: whole('Claims without an end after which work is taken for poison.', 5, 2, 100),
      drainMs: whole(
        'How long running work may take to end after SIGTERM; then its calls are broken off and it is handed back.',
        25_000,
        0,
        3_600_000,
      ),
      farewellMs: whole(
        'How long a stopping process with the web role still answers, not ready, so that a load balancer moves on.',
        1_000,
        0,
        600_000,
      ),
    }),
    default: {},
  },
})

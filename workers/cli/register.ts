import { ROLES } from '#core/accounts/roles.ts'
import { DRIFT_KINDS } from '#core/health/drift-findings.ts'
import type { CommandRow, OptionRow } from './command.ts'
import { PAGE_OPTIONS } from './text/page.ts'

/** What stands behind the first word of several commands. */
export const GROUPS: Readonly<Record<string, string>> = {
  connections: 'Accounts at partners.',
  keys: 'API keys and sign-in links.',
  mappings: 'From what partners send to canonical documents, and back.',
  'dead-letters': 'What needs a human.',
  causes: 'Dead letters of the same origin.',
  drift: 'Where live payloads differ from the declared source schemas.',
  stock: 'What is counted, reserved and offered.',
  messages: 'What arrived.',
  privacy: 'What is kept of people: handing it over, and forgetting it.',
  deliveries: 'What destinations should hold.',
  reports: 'Money and promises.',
  config: 'What the hub was told.',
  connector: 'The partner systems that the hub knows.',
}

const tenant: OptionRow = { flags: '--tenant <id>', summary: 'Of this tenant only.' }
const connection: OptionRow = { flags: '--connection <id>', summary: 'Of this connection only.' }
const code: OptionRow = { flags: '--code <code>', summary: 'With this error code only.' }
const RESOURCES = ['order', 'inventory', 'shipment', 'return', 'product', 'settlement']
const resource: OptionRow = {
  flags: '--resource <resource>',
  summary: 'Of this kind only.',
  choices: RESOURCES,
}
const dir: OptionRow = { flags: '--dir <folder>', summary: 'Folder of the mappings.', default: 'mappings' }

const overlays: OptionRow = {
  flags: '--overlays <folder>',
  summary: 'Folder of overlays laid over them, as `mappings.overlays` of the configuration.',
}
const file = 'File with the payload; `-` is standard input.'

const topic: OptionRow = {
  flags: '--topic <topic>',
  summary: 'Topic of the payload; the first of the mapping unless told.',
}

const states = (...choices: string[]): OptionRow => ({
  flags: '--state <state>',
  summary: 'In this state only.',
  choices,
})

const set: OptionRow = {
  flags: '--set <name=value>',
  summary: 'A setting; the value as JSON where it is JSON, else as text.',
  many: true,
}
const secret: OptionRow = {
  flags: '--secret <name=value>',
  summary: 'A secret; `name=-` reads standard input. Repeated for one name: newest first.',
  many: true,
}

const DRIFT_FILTER: readonly OptionRow[] = [
  connection,
  { flags: '--topic <topic>', summary: 'Of this topic only.' },
  { flags: '--kind <kind>', summary: 'Of this kind only.', choices: DRIFT_KINDS },
  tenant,
]

const HOLDER: readonly OptionRow[] = [
  { flags: '--role <role>', summary: 'What it may do.', choices: ROLES, required: true },
  { flags: '--label <text>', summary: 'Whom or what it is for.' },
  { flags: '--tenant <id>', summary: 'Sees this tenant only; a merchant needs one.' },
]

const WHOM: readonly OptionRow[] = [
  { flags: '--request <message>', summary: 'Whom the partner’s request names: id of its message.' },
  { flags: '--connection <id>', summary: 'Without a request: where the person is known.' },
  { flags: '--customer <id>', summary: 'Their id at the partner.', many: true },
  { flags: '--email <address>', summary: 'Their e-mail address.', many: true },
  { flags: '--phone <number>', summary: 'Their telephone number.', many: true },
  { flags: '--order <id>', summary: 'An order of theirs, by its id at the partner.', many: true },
]

const connections = () => import('./commands/connections.ts')
const keys = () => import('./commands/keys.ts')
const deadLetters = () => import('./commands/dead-letters.ts')
const causes = () => import('./commands/causes.ts')
const messages = () => import('./commands/messages.ts')
const privacy = () => import('./commands/privacy.ts')
const drift = () => import('./commands/drift.ts')
const stock = () => import('./commands/stock.ts')
const deliveries = () => import('./commands/deliveries.ts')
const config = () => import('./commands/config.ts')

/** Every command of `hub`. */
export const COMMANDS: readonly CommandRow[] = [
  {
    usage: 'connections add <id>',
    summary: 'Makes a connection; its secrets are sealed in the store.',
    options: [
      { flags: '--tenant <id>', summary: 'Whose account it is.', required: true },
      { flags: '--connector <id>', summary: 'Partner system: see `hub connector list`.', required: true },
      set,
      secret,
    ],
    example:
      'connections add acme-erp --tenant acme --connector rest-erp --set baseUrl=https://erp.example --secret token=-',
    load: async () => (await connections()).add,
  },
  {
    usage: 'connections list',
    summary: 'All connections, declared and made by hand.',
    options: [
      tenant,
      { flags: '--connector <id>', summary: 'At this partner system only.' },
      states('active', 'paused', 'unauthorized'),
    ],
    load: async () => (await connections()).list,
  },
  {
    usage: 'connections show <id>',
    summary: 'One connection; of its secrets only which are set.',
    load: async () => (await connections()).show,
  },
  {
    usage: 'connections change <id>',
    summary: 'Changes settings and secrets of a connection made by hand.',
    options: [set, { flags: '--unset <name>', summary: 'Takes a setting away.', many: true }, secret],
    example: 'connections change acme-erp --secret token=-',
    load: async () => (await connections()).change,
  },
  {
    usage: 'connections pause <id>',
    summary: 'Holds its deliveries and polls; webhooks are still received.',
    options: [
      { flags: '--reason <text>', summary: 'Shown to everybody.', default: 'Paused by an operator.' },
    ],
    load: async () => (await connections()).pause,
  },
  {
    usage: 'connections resume <id>',
    summary: 'Goes on, and lets go what was held.',
    load: async () => (await connections()).resume,
  },
  {
    usage: 'connections probe <id>',
    summary: 'Proves settings and secrets at the partner, without changing anything.',
    load: async () => (await connections()).probe,
  },
  {
    usage: 'connections authorize <id>',
    summary: 'Prints a link by which the merchant connects the store, or connects it again.',
    options: [
      tenant,
      { flags: '--connector <id>', summary: 'Of a connection that is made by it.' },
      { ...set, summary: 'A setting of a connection that is made by it, as name=value.' },
    ],
    example:
      'connections authorize acme-shopify --connector shopify --tenant acme --set shop=acme.myshopify.com',
    load: async () => (await connections()).authorize,
  },
  {
    usage: 'connections subscribe <id>',
    summary: 'Looks at its webhook subscriptions at the partner now, and repairs them.',
    load: async () => (await connections()).subscribe,
  },
  {
    usage: 'connections remove <id>',
    summary: 'Removes a connection made by hand; what it brought stays.',
    load: async () => (await connections()).remove,
  },
  {
    usage: 'keys create',
    summary: 'Makes an API key and prints it, this once.',
    options: [...HOLDER, { flags: '--expires <instant>', summary: 'RFC 3339; without it, never.' }],
    example: 'keys create --role operator --label "night shift" --json',
    load: async () => (await keys()).create,
  },
  {
    usage: 'keys list',
    summary: 'All API keys, without their secrets.',
    load: async () => (await keys()).list,
  },
  { usage: 'keys revoke <id>', summary: 'Ends a key for good.', load: async () => (await keys()).revoke },
  {
    usage: 'keys sign-in',
    summary: 'Prints a link that opens one session on the pages, once.',
    options: HOLDER.map(option =>
      option.required ? { ...option, required: undefined, default: 'admin' } : option,
    ),
    load: async () => (await keys()).signIn,
  },
  {
    usage: 'mappings lint',
    summary: 'Every problem of every mapping, with its line.',
    options: [
      {
        flags: '--format <format>',
        summary: 'How they are printed.',
        choices: ['text', 'json', 'github'],
        default: 'text',
      },
      dir,
      overlays,
    ],
    load: async () => (await import('./commands/mappings/lint.ts')).lint,
  },
  {
    usage: 'mappings test [mappings...]',
    summary: 'Runs the cases beside the mappings, and shows where a document differs and by which rule.',
    options: [
      {
        flags: '--watch',
        summary: 'Runs again what a changed file concerns, until it is interrupted.',
      },
      dir,
      overlays,
    ],
    example: 'mappings test shopify/order --watch',
    load: async () => (await import('./commands/mappings/test.ts')).test,
  },
  {
    usage: 'mappings run <mapping> <file>',
    summary: `Maps one payload and checks the documents, storing nothing. ${file}`,
    options: [topic, set, dir, overlays],
    example: 'mappings run shopify/order order.json',
    load: async () => (await import('./commands/mappings/run.ts')).run,
  },
  {
    usage: 'mappings explain <mapping> [file]',
    summary: 'Which field of a payload, rule and table entry made each value; without a file, all rules.',
    options: [
      { flags: '--pointer <pointer>', summary: 'This part of the document only; also in place of the file.' },
      { flags: '--case <name>', summary: 'Explains a case that stands beside the mapping.' },
      topic,
      set,
      dir,
      overlays,
    ],
    example: 'mappings explain shopify/order order.json --pointer /totals',
    load: async () => (await import('./commands/mappings/explain.ts')).explain,
  },
  {
    usage: 'mappings coverage <mapping> [files...]',
    summary: 'Which fields of payloads a mapping reads, and which its source schema does not know.',
    options: [
      { flags: '--all', summary: 'Also the fields that are read and known.' },
      { flags: '--topic <topic>', summary: 'Topic of the payloads; the first of the mapping unless told.' },
      {
        flags: '--last <n>',
        summary: 'Without files: how many stored messages, newest first.',
        number: 'whole',
        default: '200',
      },
      { flags: '--connection <id>', summary: 'Without files: messages of this connection only.' },
      dir,
    ],
    example: 'mappings coverage shopify/order payloads/*.json',
    load: async () => (await import('./commands/mappings/coverage.ts')).coverage,
  },
  {
    usage: 'mappings shadow <file>',
    summary: 'Which documents a changed mapping or overlay would change, over the newest stored messages.',
    options: [
      { flags: '--last <n>', summary: 'How many messages, newest first.', number: 'whole', default: '500' },
      connection,
      { flags: '--show <n>', summary: 'How many documents are listed.', number: 'whole', default: '20' },
      dir,
    ],
    example: 'mappings shadow mappings/storefronts/shopify/order.map.yaml --last 1000',
    load: async () => (await import('./commands/mappings/shadow.ts')).shadow,
  },
  {
    usage: 'mappings publish <file>',
    summary: 'Lets a mapping or an overlay hold in the running hub; refused while its cases fail.',
    options: [
      { flags: '--cases <file>', summary: 'Its test file; the one beside it unless told.' },
      { flags: '--note <text>', summary: 'Why, for those who come later.' },
      dir,
    ],
    load: async () => (await import('./commands/mappings/publish.ts')).publish,
  },
  {
    usage: 'mappings versions <mapping>',
    summary: 'What was published, newest first.',
    options: [
      { flags: '--scope <scope>', summary: 'For `*`, `tenant:<id>` or `connection:<id>` only.' },
      ...PAGE_OPTIONS,
      dir,
    ],
    load: async () => (await import('./commands/mappings/versions.ts')).versions,
  },
  {
    usage: 'mappings rollback <mapping>',
    summary: 'Lets what was published before hold again.',
    options: [
      {
        flags: '--to <number>',
        summary: 'The number whose text holds again; 0: nothing published.',
        required: true,
      },
      {
        flags: '--scope <scope>',
        summary: 'For whom: `*`, `tenant:<id>` or `connection:<id>`.',
        default: '*',
      },
      dir,
    ],
    example: 'mappings rollback shopify/order --to 0',
    load: async () => (await import('./commands/mappings/rollback.ts')).rollback,
  },
  {
    usage: 'mappings replay <mapping>',
    summary: 'Translates stored messages again with the mapping that holds now, after saying how many.',
    options: [
      { flags: '--from <time>', summary: 'Received at this time or later: 2026-01-31T08:00:00Z.' },
      { flags: '--to <time>', summary: 'Received before this time.' },
      connection,
      { flags: '--yes', summary: 'Does not ask.' },
      { flags: '--dry-run', summary: 'Says how many, and changes nothing.' },
      { flags: '--rate <n>', summary: 'How many become due in a second; 200 unless told.', number: 'any' },
      dir,
    ],
    example: 'mappings replay shopify/order --from 2026-01-31T08:00:00Z --dry-run',
    load: async () => (await import('./commands/mappings/replay.ts')).replay,
  },
  {
    usage: 'dead-letters list',
    summary: 'Dead letters, newest first.',
    options: [
      { ...states('open', 'replayed', 'resolved', 'discarded', 'all'), default: 'open' },
      { flags: '--cause <id>', summary: 'Of this cause only.' },
      code,
      { flags: '--kind <kind>', summary: 'Of this kind only.', choices: ['message', 'delivery'] },
      { flags: '--owner <name>', summary: 'Held orders that this owner is to decide.' },
      connection,
      tenant,
      ...PAGE_OPTIONS,
    ],
    load: async () => (await deadLetters()).list,
  },
  {
    usage: 'dead-letters show <id>',
    summary: 'One dead letter with its cause, tries and payload.',
    load: async () => (await deadLetters()).show,
  },
  {
    usage: 'dead-letters edit <id>',
    summary: 'Translates an edited payload from now on; what was received stays.',
    options: [{ flags: '--file <path>', summary: file, required: true }],
    load: async () => (await deadLetters()).edit,
  },
  {
    usage: 'dead-letters replay <ids...>',
    summary: 'Tries again with a fresh budget.',
    load: async () => (await deadLetters()).replay,
  },
  {
    usage: 'dead-letters discard <ids...>',
    summary: 'Gives up, for a reason that stays in the audit.',
    options: [{ flags: '--reason <text>', summary: 'Why it is right to give up.', required: true }],
    load: async () => (await deadLetters()).discard,
  },
  {
    usage: 'dead-letters release <ids...>',
    summary: 'Lets held orders pass the rule that holds them, for a reason that stays in the audit.',
    options: [{ flags: '--reason <text>', summary: 'Why it may pass.', required: true }],
    example: 'dead-letters release 3f2a9c… --reason "Paid by bank transfer"',
    load: async () => (await deadLetters()).release,
  },
  {
    usage: 'causes list',
    summary: 'Origins of dead letters: one repair each.',
    options: [code, connection, tenant, ...PAGE_OPTIONS],
    load: async () => (await causes()).list,
  },
  {
    usage: 'causes show <cause>',
    summary: 'One cause with its newest open letters.',
    load: async () => (await causes()).show,
  },
  {
    usage: 'causes replay <cause>',
    summary: 'Replays every open letter of a cause, after saying how many.',
    options: [
      { flags: '--yes', summary: 'Does not ask.' },
      { flags: '--dry-run', summary: 'Says how many, and changes nothing.' },
      { flags: '--rate <n>', summary: 'How many become due in a second; 20 unless told.', number: 'any' },
    ],
    load: async () => (await causes()).replay,
  },
  {
    usage: 'drift list',
    summary: 'Where live payloads differ from the declared source schemas, newest seen first.',
    options: [...DRIFT_FILTER, ...PAGE_OPTIONS],
    example: 'drift list --connection acme-shopify --kind new-value',
    load: async () => (await drift()).list,
  },
  {
    usage: 'drift clear',
    summary: 'Forgets what matches, for example once the source schema is up to date.',
    options: [
      ...DRIFT_FILTER,
      { flags: '--pointer <pointer>', summary: 'Of this field only.' },
      { flags: '--yes', summary: 'Does not ask.' },
    ],
    load: async () => (await drift()).clear,
  },
  {
    usage: 'stock list',
    summary: 'Items of the ledger, by SKU.',
    options: [tenant, { flags: '--sku <sku>', summary: 'Of this SKU only.' }, ...PAGE_OPTIONS],
    load: async () => (await stock()).list,
  },
  {
    usage: 'stock show <sku>',
    summary: 'One item: its counts, and what every channel shows and ought to show.',
    options: [tenant],
    load: async () => (await stock()).show,
  },
  {
    usage: 'stock compare',
    summary: 'Has the running hub compare, now instead of by night, what channels show, and repair it.',
    options: [tenant],
    load: async () => (await stock()).compare,
  },
  {
    usage: 'messages list',
    summary: 'Messages, newest first.',
    options: [
      states('pending', 'done', 'skipped', 'stale', 'dead', 'discarded'),
      { flags: '--topic <topic>', summary: 'Of this topic only.' },
      connection,
      tenant,
      ...PAGE_OPTIONS,
    ],
    load: async () => (await messages()).list,
  },
  {
    usage: 'messages show <id>',
    summary: 'One message with its tries and payload.',
    load: async () => (await messages()).show,
  },
  {
    usage: 'messages replay <id>',
    summary: 'Translates it again.',
    load: async () => (await messages()).replay,
  },
  {
    usage: 'privacy list',
    summary: 'What people or partners asked for and a human has still to do, with its last day.',
    options: [connection, tenant],
    load: async () => (await privacy()).list,
  },
  {
    usage: 'privacy export',
    summary: 'All that is kept of a person, nothing masked, as JSON; the audit names who asked.',
    options: WHOM,
    example: 'privacy export --connection acme-shopify --email ada@example.com',
    load: async () => (await privacy()).exportPerson,
  },
  {
    usage: 'privacy erase',
    summary: 'Erases a person from everything that the hub keeps; figures stay.',
    options: [
      ...WHOM,
      { flags: '--everybody', summary: 'Everybody of the connection.' },
      { flags: '--yes', summary: 'Does not ask.' },
    ],
    example: 'privacy erase --connection acme-shopify --customer 191167 --order 299938',
    load: async () => (await privacy()).erase,
  },
  {
    usage: 'privacy copies <request>',
    summary: 'Records at other systems that were made from what a request erased here.',
    load: async () => (await privacy()).copies,
  },
  {
    usage: 'deliveries list',
    summary: 'Deliveries, newest first.',
    options: [
      states('pending', 'waiting', 'held', 'confirmed', 'skipped', 'dead', 'discarded'),
      resource,
      { flags: '--source <id>', summary: 'From this connection only.' },
      { flags: '--destination <id>', summary: 'To this connection only.' },
      { flags: '--document <id>', summary: 'Of this document only.' },
      tenant,
      ...PAGE_OPTIONS,
    ],
    load: async () => (await deliveries()).list,
  },
  {
    usage: 'deliveries replay <id>',
    summary: 'Sends it again.',
    load: async () => (await deliveries()).replay,
  },
  {
    usage: 'reports settlements [payout]',
    summary: 'Payouts tied to their orders, with what nothing explains; of one, the orders that do not fit.',
    options: [connection, tenant, ...PAGE_OPTIONS],
    load: async () => (await import('./commands/reports.ts')).settlements,
  },
  {
    usage: 'reports ship-by',
    summary: 'Orders that must be shipped and are not known at their channel to be.',
    options: [tenant],
    load: async () => (await import('./commands/reports.ts')).shipBy,
  },
  {
    usage: 'trace <number>',
    summary: 'The way of an order from the first byte to the last confirmation.',
    options: [connection, resource],
    example: "trace '#1001'",
    load: async () => (await import('./commands/trace.ts')).trace,
  },
  {
    usage: 'backfill <connection>',
    summary:
      'Reads a resource at the partner from a time on, behind everything else; goes on where it was interrupted.',
    options: [
      { flags: '--resource <resource>', summary: 'What is read.', choices: RESOURCES, required: true },
      {
        flags: '--since <time>',
        summary: 'Changed at this time or later: 2026-01-31, or 2026-01-31T08:00:00Z.',
        required: true,
      },
      { flags: '--until <time>', summary: 'Changed before this time; up to now unless told.' },
    ],
    example: 'backfill acme-shopify --resource order --since 2026-01-01',
    load: async () => (await import('./commands/backfill.ts')).backfill,
  },
  {
    usage: 'reconcile',
    summary: 'What landed, what it became, what was confirmed, and a name for every difference.',
    load: async () => (await import('./commands/reconcile.ts')).reconcile,
  },
  {
    usage: 'migrate-store',
    summary:
      'Copies the whole store to an empty one of any kind, and compares both; goes on where it was interrupted.',
    options: [
      {
        flags: '--from <url>',
        summary: 'The store, as in HUB_STORE_URL; no hub may work on it.',
        required: true,
      },
      {
        flags: '--to <url>',
        summary: 'An empty one, or one that this command began to fill.',
        required: true,
      },
    ],
    example: 'migrate-store --from sqlite: --to mongodb://127.0.0.1:27017/crossdock',
    load: async () => (await import('./commands/migrate-store.ts')).migrateStore,
  },
  {
    usage: 'config check',
    summary: 'Everything that is wrong with the configuration.',
    load: async () => (await config()).check,
  },
  {
    usage: 'config show',
    summary: 'The configuration in effect, without secrets.',
    load: async () => (await config()).show,
  },
  {
    usage: 'doctor',
    summary: 'Looks whether the hub can run here, and says what to do where it cannot.',
    options: [{ flags: '--probe', summary: 'Asks every partner.' }],
    load: async () => (await import('./commands/doctor.ts')).doctor,
  },
  {
    usage: 'connector list',
    summary: 'Partner systems, their API versions and what the hub can do with each.',
    load: async () => (await import('./commands/connector.ts')).list,
  },
  {
    usage: 'connector test [id]',
    summary: 'Runs the conformance checks of a connector against its simulator, and says what is wrong.',
    options: [
      { flags: '--all', summary: 'Every connector that there is.' },
      dir,
      {
        flags: '--fixtures <folder>',
        summary: 'Folder of real partner payloads, for published signature vectors.',
        default: '../shared/fixtures',
      },
    ],
    example: 'connector test shopify',
    load: async () => (await import('./commands/connector-test.ts')).test,
  },
  {
    usage: 'connector new <kind/id>',
    summary:
      'Writes the folder of a new connector, which compiles and fails the checks until it is finished.',
    options: [{ flags: '--into <folder>', summary: 'Another project folder than this one.' }],
    example: 'connector new storefront/my-shop',
    load: async () => (await import('./commands/connector-new.ts')).create,
  },
  {
    usage: 'connector record <connection>',
    summary: 'Turns a live exchange into a fixture: secrets out, people replaced by invented ones.',
    options: [
      {
        flags: '--feed <feed>',
        summary: 'Polls this from its beginning; no cursor moves.',
        choices: [...RESOURCES, 'queue', 'file'],
      },
      { flags: '--webhook <topic>', summary: 'Takes the newest messages of this topic that arrived.' },
      {
        flags: '--count <n>',
        summary: 'How many messages, and how many exchanges.',
        number: 'whole',
        default: '5',
      },
      { flags: '--out <file>', summary: 'Where the fixture goes.', required: true },
    ],
    example: 'connector record acme-shopify --feed order --out orders.json',
    load: async () => (await import('./commands/connector-record.ts')).record,
  },
]

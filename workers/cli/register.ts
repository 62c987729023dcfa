import { ROLES } from '#core/accounts/roles.ts'
import type { CommandRow, OptionRow } from './command.ts'
import { PAGE_OPTIONS } from './text/page.ts'

/** What stands behind the first word of several commands. */
export const GROUPS: Readonly<Record<string, string>> = {
  connections: 'Accounts at partners.',
  keys: 'API keys and sign-in links.',
  mappings: 'From what partners send to canonical documents, and back.',
  'dead-letters': 'What needs a human.',
  causes: 'Dead letters of the same origin.',
  messages: 'What arrived.',
  deliveries: 'What destinations should hold.',
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
const file = 'File with the payload; `-` is standard input.'

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

const HOLDER: readonly OptionRow[] = [
  { flags: '--role <role>', summary: 'What it may do.', choices: ROLES, required: true },
  { flags: '--label <text>', summary: 'Whom or what it is for.' },
  { flags: '--tenant <id>', summary: 'Sees this tenant only; a merchant needs one.' },
]

const connections = () => import('./commands/connections.ts')
const keys = () => import('./commands/keys.ts')
const mappings = () => import('./commands/mappings.ts')
const deadLetters = () => import('./commands/dead-letters.ts')
const causes = () => import('./commands/causes.ts')
const messages = () => import('./commands/messages.ts')
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
    ],
    load: async () => (await mappings()).lint,
  },
  {
    usage: 'mappings test [mappings...]',
    summary: 'Runs the cases beside the mappings.',
    options: [dir],
    example: 'mappings test shopify/order',
    load: async () => (await mappings()).test,
  },
  {
    usage: 'mappings run <mapping> <file>',
    summary: 'Maps one payload and checks the document, storing nothing.',
    options: [
      { flags: '--topic <topic>', summary: 'Topic of the payload; the first of the mapping unless told.' },
      dir,
    ],
    example: 'mappings run shopify/order order.json',
    load: async () => (await mappings()).run,
  },
  {
    usage: 'mappings explain <mapping> [pointer]',
    summary: 'Where each canonical field comes from.',
    options: [dir],
    example: 'mappings explain shopify/order /totals',
    load: async () => (await mappings()).explain,
  },
  {
    usage: 'dead-letters list',
    summary: 'Dead letters, newest first.',
    options: [
      { ...states('open', 'replayed', 'resolved', 'discarded', 'all'), default: 'open' },
      { flags: '--cause <id>', summary: 'Of this cause only.' },
      code,
      { flags: '--kind <kind>', summary: 'Of this kind only.', choices: ['message', 'delivery'] },
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
    usage: 'trace <number>',
    summary: 'The way of an order from the first byte to the last confirmation.',
    options: [connection, resource],
    example: "trace '#1001'",
    load: async () => (await import('./commands/trace.ts')).trace,
  },
  {
    usage: 'reconcile',
    summary: 'What landed, what it became, what was confirmed, and a name for every difference.',
    load: async () => (await import('./commands/reconcile.ts')).reconcile,
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
]

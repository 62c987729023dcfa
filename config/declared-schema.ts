import { type ConfigNode, group, id, list, text, whole } from './schema-node.ts'

export const TENANTS: ConfigNode = list(
  'Merchant organisations.',
  group('A tenant.', { id: id('Its id'), name: text('Its name on screen.', { minLength: 1 }) }, [
    'id',
    'name',
  ]),
  { default: [] },
)

export const CONNECTIONS: ConfigNode = list(
  'Accounts at partners, declared beside those that people make on the pages.',
  group(
    'A connection.',
    {
      id: id('Its id, part of its webhook address'),
      tenant: text('Id of its tenant.'),
      connector: text('Id of its connector.'),
      settings: {
        type: 'object',
        description:
          'Checked against the settings schema of the connector’s manifest, which also gives the defaults.',
        default: {},
      },
      secrets: {
        type: 'object',
        description:
          'Secrets of the manifest, each a reference to the environment; a list (newest first) while one is rotated.',
        default: {},
        'x-secret': 'value',
        additionalProperties: list('Live values, newest first.', text('A value.')),
      },
    },
    ['id', 'tenant', 'connector'],
  ),
  { default: [] },
)

export const APPS: ConfigNode = {
  type: 'object',
  description:
    'What this hub is registered as at partners whose stores merchants connect by agreement: connector id → its app.',
  default: {},
  additionalProperties: group(
    'An app.',
    {
      clientId: text('Client id that the partner gave.', { minLength: 1 }),
      clientSecret: list(
        'Client secret, as a reference; a list (newest first) while it is rotated.',
        text('A value.', { minLength: 1 }),
        {
          minItems: 1,
          'x-secret': 'value',
        },
      ),
      redirectUri: text(
        'Name by which the partner knows the callback address, where it is not the address (eBay: RuName).',
        {
          minLength: 1,
        },
      ),
    },
    ['clientId', 'clientSecret'],
  ),
}

export const FLOWS: ConfigNode = list(
  'Which documents from where go where.',
  group(
    'A flow.',
    {
      id: { ...id('Its id'), 'x-default': '`<resource>-<n>`' },
      resource: text('Kind of document.', {
        enum: ['order', 'inventory', 'shipment', 'return', 'product', 'settlement'],
      }),
      from: list('Sources: connection ids, connector ids or kinds.', text('A source.'), { minItems: 1 }),
      to: list(
        'Destinations: connection ids, connector ids or kinds; `origin`: where the order of a shipment or return came from.',
        text('A destination.'),
        { minItems: 1 },
      ),
      when: text('JSONata over the document; false leaves it out.', { 'x-default': 'every document' }),
      lines: text('Of orders: JSONata over each line; only lines for which it holds go there.', {
        'x-default': 'every line',
      }),
    },
    ['resource', 'from', 'to'],
  ),
  { default: [] },
)

export const HOLDS: ConfigNode = list(
  'Orders that do not go to a destination until they no longer fit, or somebody releases them; the first rule that fits counts.',
  group(
    'A rule.',
    {
      id: id('Its id'),
      when: text(
        'JSONata over the order; also `$addressProblems` (what its shipping address lacks) and `$unknownSkus` (what the destination has no product for).',
        { minLength: 1 },
      ),
      to: list('Destinations: connection ids, connector ids or kinds.', text('A destination.'), {
        minItems: 1,
      }),
      owner: text('Who decides.', { minLength: 1 }),
      hours: whole('Hours after which it is escalated.', 24, 1, 8_760),
      escalate: text('To whom it is escalated.', { minLength: 1, 'x-default': '`<owner>`' }),
    },
    ['id', 'when', 'to', 'owner'],
  ),
  { default: [] },
)

export const ALERTS: ConfigNode = {
  ...group('What is called out before it is too late.', {
    shipByHours: whole(
      'Hours before its `shipBy` at which an order that is not shipped is called out.',
      4,
      0,
      720,
    ),
  }),
  default: {},
}

import { type ConfigNode, group, id, list, text, whole } from './schema-node.ts'

const MOST = 1_000_000_000

const CHANNEL: ConfigNode = group('How much of the stock a channel may show.', {
  locations: list(
    'Locations whose units it sells, by code, id or name as their source tells them.',
    text('A location.', { minLength: 1 }),
    { 'x-default': 'all', minItems: 1 },
  ),
  buffer: whole('Units kept back from it.', 0, 0, MOST),
  percent: whole('Percent of what can be sold that it may show.', 100, 0, 100),
  cap: {
    type: 'integer',
    description: 'The most it shows.',
    'x-default': 'none',
    minimum: 0,
    maximum: MOST,
  },
  minimum: whole('It shows nothing rather than fewer.', 0, 0, MOST),
  priority: whole('Lower ones are served first where the pool is split.', 1, 1, 100),
  at: text('Its own name of the place whose stock is written: an id, a code or a name there.', {
    'x-default': 'as the settings of the connection say',
    minLength: 1,
  }),
})

/** Ledger, reservations and allocation of stock. */
export const STOCK: ConfigNode = list(
  'How the stock of a tenant is counted, reserved and offered to its channels.',
  group(
    'The stock of a tenant.',
    {
      tenant: id('Id of its tenant'),
      sources: list(
        'Connections whose counts hold and which hold the orders; of two that count one location, the first.',
        text('Id of a connection.'),
        { minItems: 1 },
      ),
      staleMinutes: whole(
        'Age at which a count is stale, for sources that tell everything regularly; 0: never.',
        0,
        0,
        525_600,
      ),
      staleHoldBack: whole('Percent of a stale count that is not offered.', 100, 0, 100),
      reservationHours: whole(
        'How long an order holds units of which no source of counts has heard.',
        72,
        1,
        8_760,
      ),
      settleSeconds: whole(
        'How late a sale at a channel, or the count after an order, may be heard of.',
        900,
        1,
        86_400,
      ),
      splitBelow: whole(
        'Up to this many units, the pool is split between the channels, so that none is sold twice.',
        50,
        0,
        MOST,
      ),
      channels: {
        type: 'object',
        description: 'Connection id → how much of the stock it may show.',
        default: {},
        additionalProperties: CHANNEL,
      },
      bundles: {
        type: 'object',
        description: 'SKU of a bundle → SKU of a component → how many of it are in the bundle.',
        default: {},
        additionalProperties: {
          type: 'object',
          description: 'Components.',
          additionalProperties: { type: 'integer', description: 'How many.', minimum: 1, maximum: MOST },
        },
      },
    },
    ['tenant', 'sources'],
  ),
  { default: [] },
)

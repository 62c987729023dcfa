import { type ConnectionView, type JsonSchema, settingsOf } from '../../sdk/index.ts'

const party = (title: string, description: string, length: number) =>
  ({ type: 'string', minLength: 1, maxLength: length, title, description }) as const

const separator = (title: string, value: string, description: string) =>
  ({ type: 'string', minLength: 1, maxLength: 1, default: value, title, description }) as const

const folder = (title: string, description: string) =>
  ({ type: 'string', pattern: '^/[^\\u0000]*$', title, description }) as const

export const settingsSchema = {
  type: 'object',
  required: ['inFolder', 'outFolder', 'stateFolder', 'senderId', 'receiverId'],
  dependentRequired: { sftpHost: ['sftpUser', 'hostKeySha256'] },
  additionalProperties: false,
  properties: {
    inFolder: folder(
      'Incoming folder',
      'Where the partner’s files arrive; on its SFTP server where one is set.',
    ),
    outFolder: folder('Outgoing folder', 'Where our files are put for the partner.'),
    archiveFolder: folder(
      'Archive',
      'Where read files are kept as they came. Without it: `archive` in the incoming folder.',
    ),
    stateFolder: folder(
      'State folder',
      'On this machine: control numbers, what was sent and what is still to be acknowledged. Connections of one partner share it.',
    ),
    sftpHost: {
      type: 'string',
      minLength: 1,
      title: 'SFTP host',
      description: 'Without it, the folders are on this machine.',
    },
    sftpPort: {
      type: 'integer',
      minimum: 1,
      maximum: 65_535,
      default: 22,
      title: 'SFTP port',
      description: 'Port of the SFTP server.',
    },
    sftpUser: { type: 'string', minLength: 1, title: 'SFTP user', description: 'User at the SFTP server.' },
    hostKeySha256: {
      type: 'string',
      pattern: '^(SHA256:)?[A-Za-z0-9+/]{43}=?$',
      title: 'Host key',
      description:
        'Fingerprint of the server’s host key as `ssh-keygen -lf` prints it (SHA256:…). Any other is refused.',
    },
    senderQualifier: {
      type: 'string',
      pattern: '^[A-Z0-9]{2}$',
      default: 'ZZ',
      title: 'Our qualifier',
      description: 'ISA05 of what we send.',
    },
    senderId: party('Our id', 'ISA06 of what we send.', 15),
    receiverQualifier: {
      type: 'string',
      pattern: '^[A-Z0-9]{2}$',
      default: 'ZZ',
      title: 'Partner’s qualifier',
      description: 'ISA07 of what we send.',
    },
    receiverId: party('Partner’s id', 'ISA08 of what we send.', 15),
    groupSender: party('Our group code', 'GS02 where it is not our id.', 15),
    groupReceiver: party('Partner’s group code', 'GS03 where it is not the partner’s id.', 15),
    version: {
      type: 'string',
      pattern: '^00[3-8]0[0-9]0[A-Z]{0,6}$',
      default: '004010',
      title: 'Version',
      description: 'GS08 of what we send: 004010, 005010, 004010VICS …',
    },
    usage: {
      type: 'string',
      enum: ['P', 'T'],
      default: 'P',
      title: 'Usage',
      description: 'ISA15 of what we send: production or test.',
    },
    elementSeparator: separator('Element separator', '*', 'Between elements of what we send.'),
    componentSeparator: separator('Component separator', '>', 'ISA16 of what we send.'),
    repetitionSeparator: separator(
      'Repetition separator',
      '^',
      'ISA11 of what we send, from version 00402 on.',
    ),
    segmentTerminator: separator('Segment terminator', '~', 'After each segment of what we send.'),
    lineBreaks: {
      type: 'boolean',
      default: true,
      title: 'Line breaks',
      description: 'A line break after each terminator.',
    },
    encoding: {
      type: 'string',
      enum: ['utf-8', 'latin1'],
      default: 'utf-8',
      title: 'Encoding',
      description: 'Of the files, both ways.',
    },
    utcOffset: {
      type: 'string',
      pattern: '^[+-][0-9]{2}:[0-9]{2}$',
      default: '+00:00',
      title: 'UTC offset',
      description: 'Of the partner’s clock; X12 times have no zone.',
    },
    currency: {
      type: 'string',
      pattern: '^[A-Z]{3}$',
      default: 'USD',
      title: 'Currency',
      description: 'Where a document names none.',
    },
    warehouse: party(
      'Warehouse',
      'Code of the partner’s warehouse: N104 of N1*WH, and the location of its stock.',
      80,
    ),
    unit: {
      type: 'string',
      pattern: '^[A-Z0-9]{2}$',
      default: 'EA',
      title: 'Unit',
      description: 'Unit code of quantities that we send.',
    },
    skuQualifier: {
      type: 'string',
      pattern: '^[A-Z0-9]{2}$',
      default: 'VN',
      title: 'SKU qualifier',
      description: 'Qualifier (235) under which our SKU is sent, and read before all others.',
    },
    sendAcknowledgements: {
      type: 'boolean',
      default: true,
      title: 'Send 997',
      description: 'A 997 for every group that arrives (and a TA1 where it is asked for).',
    },
    acknowledgeWithinHours: {
      type: 'number',
      exclusiveMinimum: 0,
      default: 24,
      title: 'Await 997',
      description: 'Hours after which a group that we sent and nobody acknowledged becomes a dead letter.',
    },
    controlNumbers: {
      type: 'string',
      enum: ['strict', 'lenient'],
      default: 'strict',
      title: 'Control numbers',
      description:
        '`strict`: a number with other content than before, a gap and a broken envelope become dead letters. `lenient`: they are logged.',
    },
    syntaxErrors: {
      type: 'string',
      enum: ['note', 'reject'],
      default: 'note',
      title: 'Syntax errors',
      description:
        '`note`: a set that breaks a syntax note is taken and acknowledged with E. `reject`: it becomes a dead letter and is acknowledged with R.',
    },
    firstControlNumber: {
      type: 'integer',
      minimum: 1,
      default: 1,
      title: 'First control number',
      description: 'Where a partner already knows numbers of another system: the next one.',
    },
    settleSeconds: {
      type: 'number',
      minimum: 0,
      maximum: 60,
      default: 2,
      title: 'Settle time',
      description: 'A file is read when its size stayed the same this long.',
    },
    mapping: {
      type: 'object',
      additionalProperties: { type: 'string' },
      default: { order: 'fulfilment/edi-x12/order-940', shipment: 'fulfilment/edi-x12/shipment-856' },
      title: 'Outgoing mapping',
      description: 'Per resource, what makes the transaction sets of the canonical document.',
    },
    pollSeconds: {
      type: 'integer',
      minimum: 5,
      default: 60,
      title: 'Poll interval',
      description: 'Seconds between two looks into the incoming folder.',
    },
  },
} as const satisfies JsonSchema

export type EdiSettings = ReturnType<typeof ediSettings>

/** The connection’s settings with their defaults; they were validated against the schema before. */
export function ediSettings(connection: Pick<ConnectionView, 'settings'>) {
  const settings = settingsOf(settingsSchema, connection)
  return {
    ...settings,
    archiveFolder: settings.archiveFolder ?? `${settings.inFolder.replace(/\/+$/, '')}/archive`,
    groupSender: settings.groupSender ?? settings.senderId,
    groupReceiver: settings.groupReceiver ?? settings.receiverId,
  }
}

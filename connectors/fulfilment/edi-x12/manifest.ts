import type { Manifest } from '../../sdk/index.ts'
import { settingsSchema } from './settings.ts'
import { TOPICS } from './topics.ts'

export const manifest: Manifest = {
  id: 'edi-x12',
  name: 'EDI X12',
  kind: 'fulfilment',
  // A standard, not a service: releases are never switched off; which one a partner speaks is a setting.
  api: { version: '004010', docs: 'https://x12.org/products/transaction-sets' },
  settings: settingsSchema,
  secrets: {
    sftpPassword: { description: 'Password of the SFTP user.', required: false },
    sftpPrivateKey: {
      description: 'Private key of the SFTP user (OpenSSH or PEM), instead of a password.',
      required: false,
    },
  },
  topics: TOPICS,
  polls: { file: { everySeconds: 60 } },
  pushes: { order: 'state', shipment: 'state' },
}

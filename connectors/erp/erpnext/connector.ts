import { defineConnector } from '../../sdk/index.ts'
import { manifest } from './manifest.ts'
import { poll } from './poll.ts'
import { probe } from './probe.ts'
import { push } from './push.ts'

export const erpnext = defineConnector({ manifest, poll, push, probe })

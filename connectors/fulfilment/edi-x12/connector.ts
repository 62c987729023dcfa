import { defineConnector } from '../../sdk/index.ts'
import { decode } from './decode.ts'
import { manifest } from './manifest.ts'
import { poll } from './poll.ts'
import { probe } from './probe.ts'
import { push } from './push.ts'

export const ediX12 = defineConnector({ manifest, poll, decode, push, probe })

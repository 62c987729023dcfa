import { defineConnector } from '../../sdk/index.ts'
import { decode } from './decode.ts'
import { manifest } from './manifest.ts'
import { probe } from './probe.ts'
import { push } from './push.ts'
import { receive } from './receive.ts'

export const ups = defineConnector({ manifest, receive, decode, push, probe })

import { onMongo } from '../support/mongo-suite.ts'
import { privacySuite } from './privacy.suite.ts'

onMongo('erasure', store => privacySuite('MongoDB', store))

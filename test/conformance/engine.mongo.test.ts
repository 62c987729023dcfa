import { onMongo } from '../support/mongo-suite.ts'
import { engineSuite } from './engine.suite.ts'

onMongo('the engine', store => engineSuite({ name: 'MongoDB', store, orders: 6 }))

import { onMongo } from '../support/mongo-suite.ts'
import { stockSuite } from './stock.suite.ts'

onMongo('stock', store => stockSuite('MongoDB', store))

import { sqlitePlace } from './store-move/places.ts'
import { storeMoveSuite } from './store-move.suite.ts'

storeMoveSuite(sqlitePlace, sqlitePlace)

import { describe } from '@jest/globals'
import { mongoUrl } from '../support/mongo.ts'
import { mongoPlace, sqlitePlace } from './store-move/places.ts'
import { storeMoveSuite } from './store-move.suite.ts'

const server = mongoUrl()
const onServer = server ? describe : describe.skip

onServer('with a MongoDB server', () => {
  const mongo = mongoPlace(server ?? '')
  storeMoveSuite(sqlitePlace, mongo)
  storeMoveSuite(mongo, sqlitePlace)
  storeMoveSuite(mongo, mongo)
})

import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { TopicJobs } from '#core/queue/embedded/topic-jobs.ts'

const NOW = 1_000

/** Ids in the order in which they are taken. */
function takeAll(jobs: TopicJobs): string[] {
  const taken: string[] = []
  for (let job = jobs.take(); job; job = jobs.take()) taken.push(job.id)
  return taken
}

describe('the jobs of a topic', () => {
  it('hold no more than their capacity, and count what they drop', () => {
    const jobs = new TopicJobs(3)
    for (const id of ['a', 'b', 'c', 'd', 'e']) jobs.add(id, { priority: 10, at: NOW }, NOW)
    expect([jobs.waiting, jobs.dropped]).toEqual([3, 2])
    expect(takeAll(jobs)).toEqual(['a', 'b', 'c'])
  })

  it('make room for a more urgent job by dropping a less urgent one', () => {
    const jobs = new TopicJobs(3)
    for (const id of ['a', 'b', 'c']) jobs.add(id, { priority: 40, at: NOW }, NOW)
    jobs.add('order', { priority: 10, at: NOW }, NOW)
    expect(takeAll(jobs)).toEqual(['order', 'a', 'b'])
    expect(jobs.dropped).toBe(1)
  })

  it('make room for a job that is ready by dropping a delayed one, never the other way round', () => {
    const jobs = new TopicJobs(2)
    jobs.add('ready', { priority: 10, at: NOW }, NOW)
    jobs.add('delayed', { priority: 0, at: NOW + 5 }, NOW)
    jobs.add('now', { priority: 40, at: NOW }, NOW)
    jobs.add('later', { priority: 0, at: NOW + 5 }, NOW)
    expect([jobs.waiting, jobs.delayed, jobs.dropped]).toEqual([2, 0, 2])
  })

  it('give nothing that is not more urgent than asked for', () => {
    const jobs = new TopicJobs(10)
    jobs.add('stock', { priority: 20, at: NOW }, NOW)
    expect(jobs.take(20)).toBeUndefined()
    jobs.add('order', { priority: 10, at: NOW }, NOW)
    expect(jobs.take(20)).toMatchObject({ id: 'order', priority: 10 })
    expect(jobs.take()).toMatchObject({ id: 'stock' })
  })

  it('take an id that waits again without room being needed', () => {
    const jobs = new TopicJobs(1)
    jobs.add('a', { priority: 40, at: NOW + 9 }, NOW)
    jobs.add('a', { priority: 10, at: NOW }, NOW)
    expect([takeAll(jobs), jobs.dropped]).toEqual([['a'], 0])
  })

  it('promote delayed jobs by their time and tell the next time', () => {
    const jobs = new TopicJobs(9)
    jobs.add('late', { priority: 0, at: NOW + 9 }, NOW)
    jobs.add('early', { priority: 0, at: NOW + 5 }, NOW)
    expect(jobs.nextAt).toBe(NOW + 5)
    jobs.promote(NOW + 5)
    expect([takeAll(jobs), jobs.nextAt]).toEqual([['early'], NOW + 9])
  })

  const wishes = fc.array(
    fc.record({
      id: fc.integer({ min: 0, max: 30 }).map(String),
      priority: fc.integer({ min: 0, max: 4 }),
      delay: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 80 },
  )

  it('take in the order of the most urgent wish and the first arrival, whatever was wished', () => {
    fc.assert(
      fc.property(wishes, given => {
        const jobs = new TopicJobs(1_000)
        const model = new Map<string, { priority: number; arrival: number }>()
        given.forEach(({ id, priority, delay }, arrival) => {
          jobs.add(id, { priority, at: NOW + delay }, NOW)
          const known = model.get(id)
          model.set(id, {
            priority: Math.min(priority, known?.priority ?? priority),
            arrival: known?.arrival ?? arrival,
          })
        })
        jobs.promote(NOW + 3)
        const expected = [...model].sort(([, a], [, b]) => a.priority - b.priority || a.arrival - b.arrival)
        expect(takeAll(jobs)).toEqual(expected.map(([id]) => id))
      }),
    )
  })
})

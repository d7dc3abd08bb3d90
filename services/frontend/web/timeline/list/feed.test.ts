import { describe, expect, test } from '@jest/globals'
import { ProblemError, type StreamOptions, type TimelinePage } from '@worksights/api-client'
import { createFeed, type Feed } from './feed.ts'
import { line, page } from './testing/lines.ts'

type Asked = { cursor?: string; limit: number; answer: (answer: TimelinePage) => Promise<void>; fail: (error: unknown) => Promise<void> }
type Stream = Pick<StreamOptions, 'cursor' | 'signal' | 'onEvent' | 'onPlace' | 'onState'> & { refuse: (error: unknown) => Promise<void> }

/** Answers, and waits until whoever waited for it has gone on. */
const after = (answer: () => void) => {
  answer()
  return new Promise<void>(resolve => setImmediate(resolve))
}
const names = (feed: Feed) => feed.state().shown.map(({ id }) => id)

/** A feed whose requests wait for the test to answer them. */
function open(first: TimelinePage) {
  const asked: Asked[] = []
  const streams: Stream[] = []
  const clock = { now: 0 }
  const feed = createFeed({
    key: 'everything',
    first,
    readPage: request =>
      new Promise((resolve, reject) => {
        asked.push({
          ...request,
          answer: answer => after(() => resolve(answer)),
          fail: error => after(() => reject(error)),
        })
      }),
    stream: options =>
      new Promise((_, reject) => {
        streams.push({ ...options, refuse: error => after(() => reject(error)) })
      }),
    schedule: tell => tell(),
    now: () => clock.now,
  })
  const one = <T>(all: T[], at: number): T => {
    const found = all.at(at)
    if (!found) throw new Error('Nothing was asked for.')
    return found
  }
  return { feed, asked, clock, request: (at = -1) => one(asked, at), stream: (at = -1) => one(streams, at), streams }
}

const tell = (stream: Stream, id: string, at: number, summary = id) => stream.onEvent({ type: 'activity', line: line(id, at, { summary }) })

describe('older lines', () => {
  test('are asked for once, whoever asks, and follow what is shown', async () => {
    const { feed, asked, request } = open(page([line('b', 20)], 'next'))
    void feed.readOlder()
    void feed.readOlder()
    expect(feed.state().older).toBe('loading')
    expect(asked.map(({ cursor }) => cursor)).toEqual(['next'])
    await request().answer(page([line('a', 10)], null))
    expect(names(feed)).toEqual(['b', 'a'])
    await feed.readOlder()
    expect(asked).toHaveLength(1)
  })

  test('that were removed or grew while they were on their way are not brought back or made old', async () => {
    const { feed, request, stream } = open(page([line('d', 40)], 'next'))
    feed.follow()
    void feed.readOlder()
    stream().onEvent({ type: 'removed', id: 'b' })
    tell(stream(), 'a', 10, 'grown')
    await request().answer(page([line('b', 20), line('a', 10)], null))
    expect(names(feed)).toEqual(['d', 'a'])
    expect(feed.state().shown[1]?.summary).toBe('grown')
  })

  test('that could not be read are told, and can be asked for again', async () => {
    const { feed, request } = open(page([line('b', 20)], 'next'))
    void feed.readOlder()
    const cause = new TypeError('no network')
    await request().fail(cause)
    expect(feed.state()).toMatchObject({ older: 'failed', error: { of: 'older', cause } })
    void feed.readOlder()
    await request().answer(page([line('a', 10)], null))
    expect(feed.state()).toMatchObject({ older: 'idle', error: null })
    expect(names(feed)).toEqual(['b', 'a'])
  })
})

describe('the stream', () => {
  test('goes on from the first page, and later from the last place it saw', () => {
    const { feed, stream } = open(page([], null, 'place 7'))
    const leave = feed.follow()
    expect(stream().cursor).toBe('place 7')
    stream().onPlace?.('place 9')
    leave()
    expect(stream().signal.aborted).toBe(true)
    feed.follow()
    expect(stream().cursor).toBe('place 9')
  })

  test('that is refused is told, and can be followed again from where it was', async () => {
    const { feed, stream, streams } = open(page([], null, 'place 7'))
    feed.follow()
    const cause = new ProblemError({ type: 'about:blank', title: 'No', status: 403, detail: 'No.', code: 'forbidden', request_id: 'r' })
    await stream().refuse(cause)
    expect(feed.state()).toMatchObject({ stream: 'refused', error: { of: 'stream', cause } })
    feed.followAgain()
    expect(feed.state()).toMatchObject({ stream: 'connecting', error: null })
    expect(streams.map(({ cursor }) => cursor)).toEqual(['place 7', 'place 7'])
  })

  test('marks what came or grew for some seconds', () => {
    const { feed, stream, clock } = open(page([line('a', 10)], null))
    feed.follow()
    tell(stream(), 'a', 10)
    expect(feed.changedAt('a')).toBeNull()
    clock.now = 1_000
    tell(stream(), 'a', 10, 'grown')
    expect(feed.changedAt('a')).toBe(1_000)
    clock.now = 10_000
    expect(feed.changedAt('a')).toBeNull()
  })

  test('has new lines kept back while somebody reads, and shown when they are done', () => {
    const { feed, stream } = open(page([line('a', 10)], null))
    feed.follow()
    feed.hold(true)
    tell(stream(), 'b', 20)
    expect([names(feed), feed.state().held.length]).toEqual([['a'], 1])
    feed.hold(false)
    expect([names(feed), feed.state().held.length]).toEqual([['b', 'a'], 0])
  })
})

describe('a reset', () => {
  test('reads the list again as far as it is looked at, with what the stream tells meanwhile on top', async () => {
    const { feed, asked, request, stream } = open(page([line('d', 40), line('c', 30)], 'next'))
    feed.follow()
    void feed.readOlder()
    await request().answer(page([line('b', 20), line('a', 10)], 'later'))
    feed.lookingAt(line('b', 20))
    stream().onEvent({ type: 'reset' })
    tell(stream(), 'e', 50)
    stream().onEvent({ type: 'removed', id: 'd' })
    await request().answer(page([line('d', 40), line('c', 30)], 'again'))
    expect(request().cursor).toBe('again')
    await request().answer(page([line('b', 20)], 'further'))
    expect(asked).toHaveLength(3)
    expect(names(feed)).toEqual(['e', 'c', 'b'])
    expect(feed.state().next).toBe('further')
  })

  test('while older lines are on their way leaves out the page of the old list', async () => {
    const { feed, request, stream } = open(page([line('b', 20)], 'next'))
    feed.follow()
    void feed.readOlder()
    stream().onEvent({ type: 'reset' })
    await request(1).answer(page([line('b', 20)], 'other'))
    await request(0).answer(page([line('hidden by now', 10)], null))
    expect(names(feed)).toEqual(['b'])
    expect(feed.state()).toMatchObject({ next: 'other', older: 'idle' })
  })

  test('that is followed by another is read for the last one', async () => {
    const { feed, request, stream } = open(page([line('a', 10)], null))
    feed.follow()
    stream().onEvent({ type: 'reset' })
    stream().onEvent({ type: 'reset' })
    await request(1).answer(page([line('new', 20)], null))
    await request(0).answer(page([line('old', 20)], null))
    expect(names(feed)).toEqual(['new'])
  })

  test('whose list cannot be read leaves what is shown, says so, and can be tried again', async () => {
    const { feed, request, stream } = open(page([line('a', 10)], null))
    feed.follow()
    stream().onEvent({ type: 'reset' })
    await request().fail(new TypeError('no network'))
    expect(names(feed)).toEqual(['a'])
    expect(feed.state().error?.of).toBe('reset')
    void feed.readAgain()
    await request().answer(page([line('b', 20)], null))
    expect([names(feed), feed.state().error]).toEqual([['b'], null])
  })
})

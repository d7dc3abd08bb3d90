import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createKeyRing } from '@worksights/runtime'
import { execa } from 'execa'
import { type Bench, key, openBench } from './testing/bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const ENCRYPTION_KEYS = key('key1', 1)

/** The command as a process of its own, with this environment and no other. */
async function worksights(argv: string[], env: Record<string, string> = {}) {
  const cli = fileURLToPath(new URL('cli.ts', import.meta.url))
  return await execa(process.execPath, [cli, ...argv], { env, extendEnv: false, reject: false, stdin: 'ignore' })
}

describe('the exit code tells', () => {
  test('0: done, with the result on stdout', async () => {
    const { exitCode, stdout, stderr } = await worksights(['keys', '--json'], { DATABASE_URL: bench.urls.workerUrl, ENCRYPTION_KEYS })
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({
      keys: [{ key_id: 'key1', role: 'seals', tokens: 0, secrets: 0, unreadable: 0 }],
      faults: [],
      unreadable: [],
    })
  })

  test('1: not done, with the reason on stderr and no password in it', async () => {
    const DATABASE_URL = 'postgres://nobody:nothing@127.0.0.1:1/nowhere'
    const { exitCode, stdout, stderr } = await worksights(['reseal'], { DATABASE_URL, ENCRYPTION_KEYS })
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(stderr).toContain('ECONNREFUSED')
    expect(stderr).not.toContain('nothing')
  })

  test.each([
    [['keys'], 'DATABASE_URL: is missing'],
    [['keys', '--no-such-option'], 'unknown option'],
    [['no-such-command'], 'unknown command'],
    [['retarget', '--connection', 'x'], 'expected an id'],
    [['replay', '--connection', '0198c9a5-4ac5-7f06-a6a5-7c9a8c0d7b11', '--from', 'yesterday'], 'expected a date'],
    [['forget'], '--key'],
    [['restored', '--from', '2026-01-31T10:00:00Z'], '--to'],
    [[], 'Usage: worksights'],
  ])('2: wrongly called, %j', async (argv, told) => {
    const { exitCode, out, err } = await bench.run(argv, { DATABASE_URL: '' })
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' })
    expect(err).toContain(told)
  })

  test('2: a key that is none, without showing it', async () => {
    const { exitCode, stderr } = await worksights(['keys'], { DATABASE_URL: bench.urls.workerUrl, ENCRYPTION_KEYS: 'key1:dG9vc2hvcnQ=' })
    expect(exitCode).toBe(2)
    expect(stderr).toContain('8 bytes where 32 are needed')
    expect(stderr).not.toContain('dG9vc2hvcnQ')
  })
})

test.each(['migrate', 'keys', 'reseal', 'forget', 'retarget', 'replay', 'erase', 'restored'])(
  '%s --help tells its options and its environment',
  async command => {
    const { exitCode, out } = await bench.run([command, '--help'])
    expect(exitCode).toBe(0)
    expect(out).toMatch(/--json/)
    expect(out).toMatch(/Environment: DATABASE_URL/)
  },
)

describe('the login', () => {
  test('of the API is refused: it would see nothing, and call everything done', async () => {
    const { exitCode, err } = await bench.run(['reseal'], { DATABASE_URL: bench.urls.apiUrl, ENCRYPTION_KEYS })
    expect(exitCode).toBe(1)
    expect(err).toContain('does not see every organisation')
  })

  test('of the owner and of the workers do', async () => {
    for (const DATABASE_URL of [bench.urls.url, bench.urls.workerUrl]) {
      expect((await bench.run(['keys'], { DATABASE_URL, ENCRYPTION_KEYS })).exitCode).toBe(0)
    }
  })
})

test('a workspace’s name cannot write over what the operator reads', async () => {
  const connection = await bench.connect(createKeyRing(ENCRYPTION_KEYS))
  const name = 'Acme\u001b[2K\u001b[1A\r\u202eGlobex'
  await bench.database.pool.query('update connection set workspace_name = $2 where id = $1', [connection.id, name])
  const env = { DATABASE_URL: bench.urls.workerUrl, QUEUE_URL: bench.urls.workerUrl, ENCRYPTION_KEYS }
  const { exitCode, err } = await bench.run(['erase', '--connection', connection.id], env)
  expect(exitCode).toBe(2)
  expect(err).toContain('all data of Acme\ufffd[2K\ufffd[1A\ufffd\ufffdGlobex for good')
})

describe('migrate', () => {
  test('makes a database and its queues of an empty one, and run again finds nothing to do', async () => {
    const name = `empty_${Date.now()}`
    await bench.database.pool.query(`create database ${name}`)
    const url = Object.assign(new URL(bench.urls.url), { pathname: `/${name}` }).href
    const env = { DATABASE_URL: url, QUEUE_URL: url, ENCRYPTION_KEYS }
    try {
      const before = await bench.run(['keys'], env)
      expect(before).toMatchObject({ exitCode: 1, err: expect.stringContaining('worksights migrate') })
      const first = await bench.run(['migrate', '--json'], env)
      expect(first.exitCode).toBe(0)
      expect((JSON.parse(first.out) as { applied: string[] }).applied.length).toBeGreaterThan(3)
      expect(first.err).toContain('applying 20261124090000_init')
      expect(await bench.run(['migrate'], env)).toMatchObject({ exitCode: 0, out: 'The database was up to date.\n' })
      expect((await bench.run(['keys'], env)).exitCode).toBe(0)
    } finally {
      await bench.database.pool.query(`drop database ${name} with (force)`)
    }
  })
})

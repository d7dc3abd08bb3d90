import pg from 'pg'

/*
 * Lines of the past, made by plain SQL from those of the demonstration day, so that they are as various: events cannot happen before the connection.
 */

const visible = `select a.* from activity a join member m on m.connection_id = a.connection_id and m.id = a.member_id where m.user_id is not null`

/** Makes a timeline `count` visible lines long: the day again, every three hours of the weeks before. Resolves with how many there are. */
export async function makeManyLines(databaseUrl: string, count: number): Promise<number> {
  return await withDatabase(databaseUrl, async client => {
    const earlier = `again * interval '3 hours'`
    await client.query(
      `insert into activity ${await copyOf(client, earlier)}
       from (${visible}) line, generate_series(1, $1::int) again
       order by again, occurred_at desc
       limit greatest(0, $1::int - (select count(*) from (${visible}) line))`,
      [count],
    )
    await client.query('analyze activity')
    const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from (${visible}) line`)
    return rows[0]?.count ?? 0
  })
}

/** Spreads the day over the last hours, minutes apart, and makes a month of working days before it, some busier than others. */
export async function makeMonth(databaseUrl: string): Promise<void> {
  await withDatabase(databaseUrl, async client => {
    await client.query(
      `update activity set occurred_at = occurred_at - place * interval '6 minutes 40 seconds', last_event_at = last_event_at - place * interval '6 minutes 40 seconds'
       from (select id, row_number() over (order by occurred_at desc, id desc) - 1 as place from activity) line where line.id = activity.id`,
    )
    await client.query(
      `insert into activity ${await copyOf(client, `again * interval '1 day'`)}
       from (${visible}) line, generate_series(1, 29) again
       where extract(isodow from occurred_at - again * interval '1 day') < 6
         and abs(hashtext(id::text || again)) % 10 < 2 + again * 7 % 5`,
    )
  })
}

/** The columns of `activity`, and what selects them from `line`, an activity, as another that was `earlier`. */
async function copyOf(client: pg.Client, earlier: string): Promise<string> {
  const { rows } = await client.query<{ name: string }>(
    `select column_name as name from information_schema.columns where table_name = 'activity' and table_schema = current_schema()`,
  )
  const own: Record<string, string> = {
    id: 'gen_random_uuid()',
    lane: `lane || ' again ' || again`,
    occurred_at: `occurred_at - ${earlier}`,
    last_event_at: `last_event_at - ${earlier}`,
  }
  const names = rows.map(({ name }) => name)
  return `(${names.join(', ')}) select ${names.map(name => own[name] ?? name).join(', ')}`
}

async function withDatabase<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

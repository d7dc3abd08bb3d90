import pg from 'pg'

/**
 * Makes a timeline `count` visible lines long, all of them in the past: the lines that are there, each again every few hours of the weeks before, so that
 * they are as various as the demonstration day's. Resolves with how many there are.
 */
export async function makeManyLines(databaseUrl: string, count: number): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const visible = `select a.* from activity a join member m on m.connection_id = a.connection_id and m.id = a.member_id where m.user_id is not null`
    const { rows: columns } = await client.query<{ name: string }>(
      `select column_name as name from information_schema.columns where table_name = 'activity' and table_schema = current_schema()`,
    )
    const own: Record<string, string> = {
      id: 'gen_random_uuid()',
      lane: `lane || ' again ' || again`,
      occurred_at: `occurred_at - again * interval '3 hours'`,
      last_event_at: `last_event_at - again * interval '3 hours'`,
    }
    const names = columns.map(({ name }) => name)
    await client.query(
      `insert into activity (${names.join(', ')})
       select ${names.map(name => own[name] ?? name).join(', ')}
       from (${visible}) line, generate_series(1, $1::int) again
       order by again, occurred_at desc
       limit greatest(0, $1::int - (select count(*) from (${visible}) line))`,
      [count],
    )
    await client.query('analyze activity')
    const { rows } = await client.query<{ count: number }>(`select count(*)::int as count from (${visible}) line`)
    return rows[0]?.count ?? 0
  } finally {
    await client.end()
  }
}

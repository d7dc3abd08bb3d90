export const exports = {
  button: 'Export',
  all: 'Every activity of this view, newest first',
  some_one: '{{count}} activity of this view',
  some_other: '{{count}} activities of this view, newest first',
  csv: 'CSV, for spreadsheets',
  ndjson: 'NDJSON, for programs',
  begun: 'The download has begun: your browser saves the file.',
} as const

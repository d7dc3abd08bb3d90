export const common = {
  retry: 'Try again',
  cancel: 'Cancel',
  close: 'Close',
  loading: 'Loading',
  never: 'never',
  more: 'Show more',
  requestId: 'Request id',
  copy: 'Copy',
  copied: 'Copied',
  offline: {
    title: 'The server does not answer',
    detail: 'Check your connection. If it works, the service may be restarting: try again in a moment.',
  },
  broken: {
    title: 'This page broke',
    detail: 'That is a fault of ours. Trying again may help; if it does not, tell your administrator what you did.',
  },
  notChanged: 'Nothing was changed',
  adminsOnly: 'Only administrators of your organisation can change this.',
  count: {
    activities_one: '{{count}} activity',
    activities_other: '{{count}} activities',
    people_one: '{{count}} person',
    people_other: '{{count}} people',
  },
  categories: { default: 'CRM', task: 'Task', meeting: 'Meeting' },
  features: { crm: 'CRM', deals: 'Deals', tasks: 'Tasks', notes: 'Notes & Comments', calls: 'Calls' },
} as const

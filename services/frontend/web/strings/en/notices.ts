export const notices = {
  label: 'Notices',
  hidden: '{{people}}, {{activities}} hidden until mapped.',
  map: 'Map them',
  overview: 'See why',
  dismiss: 'Hide this until you close the tab',
  state: {
    degraded: '{{workspace}} is degraded.',
    needs_attention: '{{workspace}} needs attention.',
    disconnected: '{{workspace}} is disconnected: nothing new arrives.',
  },
  losing: 'Events are being lost at this moment.',
  tellAdmin: 'An administrator of your organisation can mend it.',
  permissions: '{{workspace}} lacks permissions that activities need to be named in full.',
  empty: {
    notConnected: {
      title: 'Attio is not connected yet',
      admin: 'Connect it, and what your team does there appears here as it happens.',
      member: 'Ask an administrator of your organisation to connect it. What your team does there then appears here as it happens.',
      action: 'Connect Attio',
    },
    disconnected: {
      title: 'Attio is disconnected',
      admin: 'Nothing arrives until it is connected again.',
      member: 'Nothing arrives until an administrator of your organisation connects it again.',
      action: 'Connect it again',
    },
    nothingYet: {
      title: 'No activities yet',
      waiting: 'Waiting for the first one: change anything in Attio, and it appears here by itself.',
      why: 'If you expected some by now:',
      reasons: {
        justConnected: 'Attio was connected just now. The first activity takes a moment.',
        nobody: 'Nobody has done anything in Attio since it was connected. What was there before is not brought in.',
        hidden: '{{people}}, {{activities}} hidden, because they are not mapped to anybody here.',
        broken: 'The connection needs attention.',
        refresh: 'The connection may be stuck.',
        refreshMember: 'The connection may be stuck: an administrator can refresh it.',
      },
      map: 'Map people',
      refresh: 'Refresh the connection',
    },
    noMatch: {
      title: 'No activities match',
      detail: 'Nothing in the timeline has all of these. Take a filter away, or look at everything.',
      action: 'Clear all',
    },
  },
} as const

export const integration = {
  title: 'Attio',
  tabs: 'Attio integration',
  overview: 'Overview',
  users: 'Users',
  features: 'Features',
  connections: 'Connections',
  readOnly: 'You see this page read-only: changing the integration is for administrators of your organisation.',
  state: { connected: 'Connected', degraded: 'Degraded', needs_attention: 'Needs attention', disconnected: 'Disconnected' },
} as const

import type { StateTable } from '../states.ts';

export type ResourceState =
  'creating' | 'active' | 'updating' | 'suspended' | 'frozen' | 'releasing' | 'released' | 'error';

export const resourceStates: StateTable<ResourceState> = {
  creating: ['active', 'releasing', 'error'],
  active: ['updating', 'suspended', 'releasing', 'error'],
  updating: ['active', 'error'],
  suspended: ['active', 'frozen', 'releasing'],
  frozen: ['active', 'releasing'],
  releasing: ['released', 'error'],
  released: [],
  error: ['active', 'releasing'],
};

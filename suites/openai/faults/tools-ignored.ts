import type { Fault } from 'assay/pack';
import { deafTo } from './change.ts';

export const toolsIgnored: Fault = {
  id: 'tools-ignored',
  breaks: 'tool-choice-kept',
  what: 'Takes tools and never calls one',
  operations: ['createChatCompletion'],
  request: deafTo('tools', 'tool_choice', 'functions', 'function_call'),
};

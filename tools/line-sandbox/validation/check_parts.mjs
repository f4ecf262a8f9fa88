// The two steps that every kind of message shares. `report(property, message)` takes what is wrong.

import * as limits from './limits.mjs';
import { graphemes } from './rules.mjs';

// Applies a table's rules to an object's properties.
export function checkProperties(object, rules = {}, path, report) {
  for (const [name, rule] of Object.entries(rules)) {
    const value = object[name];
    const wrong = value !== undefined ? rule(value) : rule.needed && 'May not be empty';
    if (wrong) report(path ? `${path}.${name}` : name, wrong);
  }
}

// An action and its label; `place` is a key of LABELS.
export function checkAction(action, path, place, report) {
  checkProperties(action, limits.ACTIONS[action.type], path, report);
  const [longest, labelNeeded] = limits.LABELS[place];
  if (action.label === undefined && labelNeeded) report(`${path}.label`, 'May not be empty');
  if (action.label !== undefined) {
    const wrong = graphemes(1, longest)(action.label);
    if (wrong) report(`${path}.label`, wrong);
  }
  if (action.displayText !== undefined && action.text !== undefined) {
    report(`${path}.text`, 'May not stand together with displayText');
  }
  if (action.altUri && place === 'quickReply') report(`${path}.altUri`, 'May not stand in a quick reply');
}

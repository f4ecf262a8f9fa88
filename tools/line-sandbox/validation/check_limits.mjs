// Walks a request body of sound structure and holds everything in it against the limits table.

import { checkFlexContents } from './check_flex.mjs';
import { checkAction, checkProperties } from './check_parts.mjs';
import * as limits from './limits.mjs';
import { graphemes } from './rules.mjs';

// Returns [{property, message}].
export function checkLimits(typeName, body) {
  const found = [];
  const report = (property, message) => found.push({ property, message });
  checkProperties(body, limits.REQUESTS[typeName], '', report);
  checkRecipients(typeName, body, report);
  body.messages?.forEach((message, i) => checkMessage(message, `messages[${i}]`, report));
  return found;
}

function checkRecipients(typeName, body, report) {
  body.customAggregationUnits?.forEach((unit, i) => {
    const wrong = limits.aggregationUnit(unit);
    if (wrong) report(`customAggregationUnits[${i}]`, wrong);
  });
  if (typeName !== 'MulticastRequest') return;
  const seen = new Set();
  body.to.forEach((userId, i) => {
    const wrong = limits.userId(userId) ?? (seen.has(userId) ? 'Stands in the list twice' : undefined);
    if (wrong) report(`to[${i}]`, wrong);
    seen.add(userId);
  });
}

function checkMessage(message, path, report) {
  checkProperties(message, limits.MESSAGES[message.type], path, report);
  if (message.sender) checkProperties(message.sender, limits.SENDER, `${path}.sender`, report);
  if (message.quickReply) checkQuickReply(message.quickReply, `${path}.quickReply`, report);
  if (message.type === 'text') checkEmojis(message, path, report);
  if (message.type === 'textV2') checkSubstitution(message, path, report);
  if (message.type === 'template') checkTemplate(message.template, `${path}.template`, report);
  if (message.type === 'flex') checkFlexContents(message.contents, `${path}.contents`, report);
}

function checkQuickReply(quickReply, path, report) {
  checkProperties(quickReply, limits.QUICK_REPLY, path, report);
  quickReply.items?.forEach((item, i) => {
    const at = `${path}.items[${i}]`;
    checkProperties(item, limits.QUICK_REPLY_ITEM, at, report);
    if (item.action) checkAction(item.action, `${at}.action`, 'quickReply', report);
  });
}

function checkEmojis({ text, emojis = [] }, path, report) {
  emojis.forEach((emoji, i) => {
    const at = `${path}.emojis[${i}]`;
    checkProperties(emoji, limits.EMOJI, at, report);
    if (text[emoji.index] !== '$') report(`${at}.index`, 'Must be the place of a "$" in the text');
  });
}

const PLACEHOLDER = /\{\{|\}\}|\{([0-9a-zA-Z_]{1,20})\}|[{}]/g;

// Braces in textV2 are placeholders or doubled; user text that slips in unescaped is refused here.
function checkSubstitution({ text, substitution = {} }, path, report) {
  if (Object.keys(substitution).length > 100)
    report(`${path}.substitution`, 'Number of elements must be between 0 and 100');
  for (const [written, key] of text.matchAll(PLACEHOLDER)) {
    if (written === '{' || written === '}')
      report(`${path}.text`, 'Holds a brace that is neither doubled nor a placeholder');
    if (key !== undefined && !Object.hasOwn(substitution, key))
      report(`${path}.text`, `No substitution for {${key}}`);
  }
}

function checkTemplate(template, path, report) {
  checkProperties(template, limits.TEMPLATES[template.type], path, report);
  checkTemplateText(template, template.type, path, report);
  template.actions?.forEach((action, i) => checkAction(action, `${path}.actions[${i}]`, 'template', report));
  template.columns?.forEach((column, i) =>
    checkColumn(column, template.type, `${path}.columns[${i}]`, report),
  );
  if (
    template.type === 'carousel' &&
    new Set(template.columns.map((column) => column.actions.length)).size > 1
  ) {
    report(`${path}.columns`, 'All columns must have the same number of actions');
  }
}

function checkColumn(column, templateType, path, report) {
  checkProperties(column, limits.COLUMNS[templateType], path, report);
  checkTemplateText(column, templateType, path, report);
  column.actions?.forEach((action, i) => checkAction(action, `${path}.actions[${i}]`, 'template', report));
  if (column.action) checkAction(column.action, `${path}.action`, 'imageCarousel', report);
}

function checkTemplateText({ text, title, thumbnailImageUrl }, templateType, path, report) {
  if (text === undefined || !(templateType in limits.TEMPLATE_TEXT)) return;
  const [beside, alone] = limits.TEMPLATE_TEXT[templateType];
  const wrong = graphemes(1, title || thumbnailImageUrl ? beside : alone)(text);
  if (wrong) report(`${path}.text`, wrong);
}

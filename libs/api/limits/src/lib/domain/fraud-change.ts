import { normalizeRange } from '@tollgate/api/http';
import { DomainError } from '@tollgate/api/kernel';
import type { FraudRuleChange } from '@tollgate/contracts';
import type { AllowList } from './fraud-allow';
import type { FraudRule } from './fraud-defaults';

/** The rules with changes applied; parameters that are not named stay. */
export function changedFraudRules(rules: readonly FraudRule[], changes: readonly FraudRuleChange[]): FraudRule[] {
  return rules.map((rule): FraudRule => {
    return changes
      .filter((change) => change.rule === rule.rule)
      .reduce<FraudRule>(
        (current, { mode, parameters = {} }) => ({
          rule: current.rule,
          mode: mode ?? current.mode,
          parameters: {
            floor: parameters.floor ?? current.parameters.floor,
            of_peak: parameters.of_peak ?? current.parameters.of_peak,
            of_recent: parameters.of_recent ?? current.parameters.of_recent,
            in_flight: parameters.in_flight ?? current.parameters.in_flight,
          },
        }),
        rule,
      );
  });
}

type Lists = { [K in keyof AllowList]?: readonly string[] | undefined };

/**
 * The allow-list with the lists that are given in place of the old ones; networks as they are kept.
 * @throws DomainError invalid_address_range
 */
export function changedAllowList(before: AllowList, lists: Lists | undefined): AllowList {
  return {
    networks: lists?.networks === undefined ? before.networks : lists.networks.map(range),
    countries: lists?.countries ?? before.countries,
    prefixes: lists?.prefixes ?? before.prefixes,
  };
}

function range(text: string): string {
  const normalized = normalizeRange(text);
  if (normalized === null) throw new DomainError('invalid_address_range', { param: 'allow.networks' });
  return normalized;
}

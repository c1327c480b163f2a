package dev.sockreel.unseen;

import java.util.List;

/** All rules, in the order in which their sentences are printed. */
final class UnseenRules {
    static final List<UnseenRule> ALL = List.of(
            new HandlerRule(),
            new OnlyTextRule(),
            new NotAskedRule(),
            new PingRule(),
            new BrokenTextRule(),
            new NamespacesRule(),
            new OwnersRule(),
            new PrivilegeRule(),
            new SourceRule(),
            new ModulesLoadedRule());

    private UnseenRules() {}
}

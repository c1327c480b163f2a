package dev.sockreel.unseen;

import dev.sockreel.capture.record.DumpEnd;
import dev.sockreel.capture.record.RecorderNote;
import dev.sockreel.dump.Dump;
import dev.sockreel.dump.DumpVerdict;
import dev.sockreel.nlmsg.DiagModule;
import dev.sockreel.nlmsg.Family;
import dev.sockreel.snapshot.ProcFile;
import dev.sockreel.wording.Counted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Families whose handler was missing, or was not asked because that would have loaded it. */
final class HandlerRule implements UnseenRule {
    /**
     * The reasons why handlers did not answer, and the remedies. {@code %s} stands for their modules, {@code %m} for
     * the arguments of modprobe, {@code %c} for the configuration symbols that build them.
     */
    private enum Reason {
        NOT_ASKED("handler-not-loaded", "%s is not loaded and was not asked for (--no-modprobe)",
                "%s are not loaded and were not asked for (--no-modprobe)",
                "run modprobe %m first, or record without --no-modprobe"),
        NOT_SURELY_LOADED("handler-not-loaded", "%s may not be loaded and was not asked for (--no-modprobe)",
                "%s may not be loaded and were not asked for (--no-modprobe)", NOT_ASKED.remedy),
        NOT_INSTALLED("handler-missing", "this host has no %s, neither loaded nor installed", "",
                "install the modules that belong to this kernel (%c)"),
        NOT_BUILT("handler-missing", "this kernel was built without %s and loads no modules", "",
                "use a kernel that is built with %c"),
        REFUSED("handler-missing", "%s is there, but the kernel could not load it",
                "%s are there, but the kernel could not load them",
                "find out why modprobe %m fails (a blacklist, kernel.modules_disabled)"),
        DENIED("handler-missing", "the kernel had no %s when asked", "",
                "run modprobe %m on that host and record again");

        private final String id;
        private final String why;
        private final String whyOfMany;
        private final String remedy;

        /**
         * Creates a reason.
         *
         * @param whyOfMany the plural of {@code why}; empty when it is the same
         */
        Reason(String id, String why, String whyOfMany, String remedy) {
            this.id = id;
            this.why = why;
            this.whyOfMany = whyOfMany.isEmpty() ? why : whyOfMany;
            this.remedy = remedy;
        }
    }

    private record Group(Reason reason, DiagModule module) {}

    @Override
    public List<Unseen> of(Circumstances circumstances) {
        Map<Group, List<Dump>> groups = new LinkedHashMap<>();
        for (Dump dump : circumstances.snapshot().dumps()) {
            Family family =
                    dump.verdict() == DumpVerdict.UNAVAILABLE ? Family.ofIdOrKind(dump.family()) : null;
            if (family != null && !family.isPart()) {
                Reason reason = reason(dump, family.module(), circumstances);
                groups.computeIfAbsent(new Group(reason, family.module()), g -> new ArrayList<>()).add(dump);
            }
        }
        List<Unseen> found = new ArrayList<>();
        Map<Reason, List<Group>> unknown = new LinkedHashMap<>();
        groups.forEach((group, dumps) -> {
            Hidden hidden = hidden(dumps, circumstances);
            if (hidden.isUnknown()) {
                unknown.computeIfAbsent(group.reason(), r -> new ArrayList<>()).add(group);
            } else if (hidden.sockets() > 0) {
                found.add(unseen(group.reason(), List.of(group.module()), families(dumps), hidden.what(),
                        hidden.sockets()));
            }
        });
        unknown.forEach((reason, some) -> found.add(notCounted(reason, some, groups)));
        return found;
    }

    private static Reason reason(Dump dump, DiagModule module, Circumstances c) {
        DumpEnd end = dump.end();
        long known = c.handler(module.name());
        if (end != null && end.outcome() == DumpEnd.Outcome.NOT_LOADED) {
            return reason(known, Reason.NOT_ASKED, Reason.NOT_SURELY_LOADED);
        }
        return reason(known, Reason.REFUSED, Reason.DENIED);
    }

    private static Reason reason(long known, Reason loadable, Reason notKnown) {
        return known == RecorderNote.Kind.LOADABLE ? loadable
                : known == RecorderNote.Kind.MISSING ? Reason.NOT_INSTALLED
                : known == RecorderNote.Kind.NOT_BUILT ? Reason.NOT_BUILT : notKnown;
    }

    /**
     * The sockets of a group that are not or not fully shown.
     *
     * @param kinds  their kinds, as a phrase
     * @param shown  sockets of which the text of /proc/net shows a part
     * @param lacks  what the text does not show
     * @param hidden sockets that nothing shows, by the kernel's own count; -1 when that is not known
     */
    private record Hidden(String kinds, long shown, String lacks, long hidden) {
        boolean isUnknown() {
            return shown == 0 && hidden < 0;
        }

        long sockets() {
            return shown + Math.max(0, hidden);
        }

        String what() {
            String text = shown == 0 ? "" : UnseenPhrases.unknown(lacks, shown, kinds);
            String nothing = hidden <= 0 ? ""
                    : Counted.of(hidden, kinds + " socket is", kinds + " sockets are") + " not shown at all";
            return text + (text.isEmpty() || nothing.isEmpty() ? "" : "; ") + nothing;
        }
    }

    private static Hidden hidden(List<Dump> dumps, Circumstances c) {
        long shown = 0;
        long hidden = 0;
        boolean counted = true;
        String lacks = "";
        for (Dump dump : dumps) {
            ProcFile text = c.snapshot().textInsteadOf(dump);
            OptionalLong inUse = c.inUse(dump.family(), dump.begin().netns());
            if (text != null) {
                shown += c.rows(text);
                lacks = UnseenPhrases.lackOf(dump.family());
            } else if (inUse.isPresent()) {
                hidden += inUse.getAsLong();
            } else {
                counted = false;
            }
        }
        return new Hidden(UnseenPhrases.list(UnseenPhrases.kinds(families(dumps))), shown, lacks,
                counted ? hidden : -1);
    }

    private static List<String> families(List<Dump> dumps) {
        return List.copyOf(new TreeSet<>(dumps.stream().map(Dump::family).toList()));
    }

    private static Unseen notCounted(Reason reason, List<Group> some, Map<Group, List<Dump>> groups) {
        List<String> families = new ArrayList<>();
        some.forEach(g -> families.addAll(families(groups.getOrDefault(g, List.of()))));
        return unseen(reason, some.stream().map(Group::module).toList(), families, UnseenPhrases.whether(families),
                Unseen.NOT_KNOWN);
    }

    private static Unseen unseen(
            Reason reason, List<DiagModule> modules, List<String> families, String what, long sockets) {
        List<String> names = modules.stream().map(DiagModule::name).distinct().toList();
        List<String> configs = modules.stream().map(DiagModule::config).distinct().toList();
        String why = names.size() > 1 ? reason.whyOfMany : reason.why;
        String modprobe = (names.size() > 1 ? "-a " : "") + String.join(" ", names);
        return new Unseen(
                reason.id, families, why.replace("%s", UnseenPhrases.list(names)), what, sockets,
                reason.remedy.replace("%m", modprobe).replace("%c", UnseenPhrases.list(configs)), true);
    }
}

package dev.sockreel.nlmsg;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the table in {@link Family} while it is written down: one kind, from which its families are made. */
final class FamilyRow {
    /** All attributes that idiag_ext can ask for: MEMINFO INFO VEGASINFO CONG TOS TCLASS SKMEMINFO SHUTDOWN. */
    private static final long IDIAG_EXT = 0xff;
    /** States 0 to 11; 0x3fff would add bound-inactive sockets by a second walk of the tables. */
    private static final long IDIAG_STATES = 0xfff;

    private record Part(String id, long states, long show) {}

    private final String kind;
    private final int af;
    private final int protocol;
    private final List<Part> parts = new ArrayList<>();
    private RecordLayout layout = Family.INET_DIAG_MSG;
    private RequestLayout request = RequestLayout.INET_DIAG_REQ_V2;
    private int requestProtocol;
    private long states = IDIAG_STATES;
    private long show = IDIAG_EXT;
    private @Nullable DiagModule module;
    private Family.Count count = Family.Count.NONE;
    private Family.Count count6 = Family.Count.NONE;
    private @Nullable String textLacks;
    private Family.Asked asked = Family.Asked.IF_COUNTED;
    private Family.Names names;

    private FamilyRow(String kind, int af, int protocol) {
        this.kind = kind;
        this.af = af;
        this.protocol = protocol;
        this.requestProtocol = protocol;
        this.names = new Family.Names(kind, List.of(), null);
    }

    /** A protocol of inet: its families are the kind with a 4 and with a 6 behind it. */
    static FamilyRow inet(String kind, int protocol) {
        return new FamilyRow(kind, Family.AF_INET, protocol);
    }

    /** Another address family: its id is the kind. */
    static FamilyRow of(String kind, int af) {
        return new FamilyRow(kind, af, 0);
    }

    FamilyRow layout(RecordLayout layout) {
        this.layout = layout;
        return this;
    }

    FamilyRow request(RequestLayout layout, int protocol, long states, long show) {
        this.request = layout;
        this.requestProtocol = protocol;
        this.states = states;
        this.show = show;
        return this;
    }

    /** A second dump that lists some of the sockets with more attributes. */
    FamilyRow part(String id, long states, long show) {
        parts.add(new Part(id, states, show));
        return this;
    }

    FamilyRow module(String name, String config) {
        return module(name, name + "_dump", config);
    }

    FamilyRow module(String name, String symbol, String config) {
        module = new DiagModule(name, symbol, "CONFIG_" + config);
        return this;
    }

    /** Rows of /proc/net/protocols; of inet those of IPv4 and those of IPv6. */
    FamilyRow counted(List<String> rows, List<String> rows6) {
        count = new Family.Count(rows, false, "");
        count6 = new Family.Count(rows6, false, "");
        return this;
    }

    FamilyRow counted(List<String> rows) {
        return counted(rows, List.of());
    }

    FamilyRow exactly() {
        count = new Family.Count(count.protocols(), true, count.sockstat());
        count6 = new Family.Count(count6.protocols(), true, count6.sockstat());
        return this;
    }

    FamilyRow sockstat(String line, String line6) {
        count = new Family.Count(count.protocols(), count.isExact(), line);
        count6 = new Family.Count(count6.protocols(), count6.isExact(), line6);
        return this;
    }

    /** The text has the kind's name, of IPv6 with a 6 behind it. */
    FamilyRow text(String lacks) {
        textLacks = lacks;
        return this;
    }

    FamilyRow always() {
        asked = Family.Asked.ALWAYS;
        return this;
    }

    FamilyRow ifListed() {
        asked = Family.Asked.IF_LISTED;
        return this;
    }

    FamilyRow title(String title) {
        names = new Family.Names(title, names.options(), names.ss());
        return this;
    }

    FamilyRow options(String... options) {
        names = new Family.Names(names.title(), List.of(options), names.ss());
        return this;
    }

    FamilyRow ss(String name) {
        names = new Family.Names(names.title(), names.options(), name);
        return this;
    }

    List<Family> families() {
        if (Family.isInet(af)) {
            return List.of(
                    family(kind + 4, Family.AF_INET, count, kind),
                    family(kind + 6, Family.AF_INET6, count6, kind + 6));
        }
        List<Family> families = new ArrayList<>();
        families.add(family(kind, af, count, kind));
        for (Part part : parts) {
            FamilyRequest asks = new FamilyRequest(request, af, requestProtocol, part.states(), part.show());
            families.add(new Family(
                    part.id(), kind, af, protocol, layout, asks, true, requireNonNull(module, kind), Family.Count.NONE,
                    null, asked, names));
        }
        return families;
    }

    private Family family(String id, int idAf, Family.Count idCount, String textName) {
        FamilyRequest asks = new FamilyRequest(request, idAf, requestProtocol, states, show);
        Family.Text text = textLacks == null ? null : new Family.Text(textName, textLacks);
        return new Family(
                id, kind, idAf, protocol, layout, asks, false, requireNonNull(module, kind), idCount, text, asked,
                names);
    }
}

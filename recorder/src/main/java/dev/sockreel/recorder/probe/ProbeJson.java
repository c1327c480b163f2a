package dev.sockreel.recorder.probe;

import dev.sockreel.wording.JsonEscapes;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Prints {@code probe} for programs: {@code {"kernel":…,"effectiveUid":…,"capabilitiesEffective":"hex",
 * "handlers":[{"family","state","evidence"}],"privileges":[{"name","held","changes"}],
 * "namespaces":[{"name","inode","own"}],"unseen":[sentence]}}.
 */
public final class ProbeJson {
    public static String of(Probe probe) {
        return JsonEscapes.in("{\"kernel\":" + text(probe.kernel())
                + ",\"effectiveUid\":" + probe.effectiveUid()
                + ",\"capabilitiesEffective\":" + text(Long.toHexString(probe.capabilities()))
                + ",\"handlers\":" + array(probe.handlers(), h -> "{\"family\":" + text(h.family())
                        + ",\"state\":" + text(h.state().name().toLowerCase(Locale.ROOT))
                        + ",\"evidence\":" + text(h.evidence()) + "}")
                + ",\"privileges\":"
                + array(probe.privileges(), p -> "{\"name\":" + text(p.name()) + ",\"held\":" + p.held()
                        + ",\"changes\":" + text(p.changes()) + "}")
                + ",\"namespaces\":"
                + array(probe.namespaces(),
                        n -> "{\"name\":" + text(n.name()) + ",\"inode\":" + n.inode() + ",\"own\":" + n.own() + "}")
                + ",\"unseen\":" + array(probe.unseen(), ProbeJson::text)
                + "}\n");
    }

    private static <T> String array(List<T> items, Function<T, String> each) {
        return "[" + String.join(",", items.stream().map(each).toList()) + "]";
    }

    private static String text(String value) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }

    private ProbeJson() {}
}

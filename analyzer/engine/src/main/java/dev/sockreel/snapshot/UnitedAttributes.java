package dev.sockreel.snapshot;

import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.ValueSink;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Merges the attributes of several dumps of one socket into one object: the first dump that has a name provides its
 * value.
 */
final class UnitedAttributes implements ValueSink {
    private final ValueSink out;
    private final Set<String> taken = new HashSet<>();
    private int depth;
    private boolean skipping;

    private UnitedAttributes(ValueSink out) {
        this.out = out;
    }

    /** Writes one object with the attributes of a socket and those that only its other dumps have. */
    static void write(Socket socket, List<Socket> others, ValueSink out) {
        if (others.isEmpty()) {
            socket.attributes(out);
            return;
        }
        UnitedAttributes united = new UnitedAttributes(out);
        out.beginObject();
        socket.attributes(united);
        others.forEach(other -> other.attributes(united));
        out.endObject();
    }

    /** Returns {@link Socket#pendingClients} of the first dump that has any. */
    static @Nullable Set<Long> pendingClients(Socket socket, List<Socket> others) {
        long[] inodes = socket.pendingClients();
        for (int i = 0; inodes == null && i < others.size(); i++) {
            inodes = others.get(i).pendingClients();
        }
        return inodes == null ? null : Arrays.stream(inodes).boxed().collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void beginObject() {
        if (depth++ > 0 && !skipping) {
            out.beginObject();
        }
    }

    @Override
    public void endObject() {
        if (--depth > 0 && !skipping) {
            out.endObject();
        }
    }

    @Override
    public void beginArray() {
        depth++;
        if (!skipping) {
            out.beginArray();
        }
    }

    @Override
    public void endArray() {
        depth--;
        if (!skipping) {
            out.endArray();
        }
    }

    @Override
    public void name(String name) {
        if (depth == 1) {
            skipping = !taken.add(name);
        }
        if (!skipping) {
            out.name(name);
        }
    }

    @Override
    public void number(long value) {
        if (!skipping) {
            out.number(value);
        }
    }

    @Override
    public void unsigned(long value) {
        if (!skipping) {
            out.unsigned(value);
        }
    }

    @Override
    public void text(String value) {
        if (!skipping) {
            out.text(value);
        }
    }

    @Override
    public void truth(boolean value) {
        if (!skipping) {
            out.truth(value);
        }
    }

    @Override
    public void nothing() {
        if (!skipping) {
            out.nothing();
        }
    }

    @Override
    public void hex(byte[] bytes) {
        if (!skipping) {
            out.hex(bytes);
        }
    }
}

package dev.sockreel.snapshot;

import dev.sockreel.sockdiag.Socket;
import dev.sockreel.sockdiag.attribute.ValueSink;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Joins the attribute objects of several dumps of one socket into one: the first that has a name gives its value. */
final class UnitedAttributes<E extends Exception> implements ValueSink<E> {
    private final ValueSink<E> out;
    private final Set<String> taken = new HashSet<>();
    private int depth;
    private boolean skipping;

    private UnitedAttributes(ValueSink<E> out) {
        this.out = out;
    }

    /** One object with the attributes of a socket and what its other dumps have beyond them. */
    static <E extends Exception> void write(Socket socket, List<Socket> others, ValueSink<E> out) throws E {
        if (others.isEmpty()) {
            socket.attributes(out);
            return;
        }
        UnitedAttributes<E> united = new UnitedAttributes<>(out);
        out.beginObject();
        socket.attributes(united);
        for (Socket other : others) {
            other.attributes(united);
        }
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
    public void beginObject() throws E {
        if (depth++ > 0 && !skipping) {
            out.beginObject();
        }
    }

    @Override
    public void endObject() throws E {
        if (--depth > 0 && !skipping) {
            out.endObject();
        }
    }

    @Override
    public void beginArray() throws E {
        depth++;
        if (!skipping) {
            out.beginArray();
        }
    }

    @Override
    public void endArray() throws E {
        depth--;
        if (!skipping) {
            out.endArray();
        }
    }

    @Override
    public void name(String name) throws E {
        if (depth == 1) {
            skipping = !taken.add(name);
        }
        if (!skipping) {
            out.name(name);
        }
    }

    @Override
    public void number(long value) throws E {
        if (!skipping) {
            out.number(value);
        }
    }

    @Override
    public void unsigned(long value) throws E {
        if (!skipping) {
            out.unsigned(value);
        }
    }

    @Override
    public void text(String value) throws E {
        if (!skipping) {
            out.text(value);
        }
    }

    @Override
    public void truth(boolean value) throws E {
        if (!skipping) {
            out.truth(value);
        }
    }

    @Override
    public void nothing() throws E {
        if (!skipping) {
            out.nothing();
        }
    }

    @Override
    public void hex(byte[] bytes) throws E {
        if (!skipping) {
            out.hex(bytes);
        }
    }
}

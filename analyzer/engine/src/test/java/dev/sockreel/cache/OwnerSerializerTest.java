package dev.sockreel.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import dev.sockreel.capture.record.ReceiveTime;
import dev.sockreel.process.CommandLine;
import dev.sockreel.process.Container;
import dev.sockreel.process.ControlGroup;
import dev.sockreel.process.OwnerProcess;
import dev.sockreel.process.ProcessFacts;
import dev.sockreel.process.ThreadWait;
import dev.sockreel.snapshot.Owner;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Owners come back as they were. */
class OwnerSerializerTest {
    private static final ControlGroup GROUP =
            new ControlGroup("/a/b.service", "b.service", new Container("0123", "docker"));
    private static final List<Owner> EACH = List.of(
            new Owner(new OwnerProcess(7, "", null, ProcessFacts.UNKNOWN, -1, null), 3, ReceiveTime.NONE),
            new Owner(
                    new OwnerProcess(8, "nginx", "S",
                            new ProcessFacts(5, new CommandLine("nginx -c 'ä'", 3), "www", GROUP, 4026531840L, 62), 40,
                            List.of()),
                    4, new ReceiveTime(6, 7)),
            new Owner(
                    new OwnerProcess(Integer.MAX_VALUE, "x", "T",
                            new ProcessFacts(-5, CommandLine.UNKNOWN, null,
                                    new ControlGroup(null, null, new Container("web", null)), -1, -1),
                            0,
                            List.of(new ThreadWait(8, "S", "sendto", 4, "sk_wait", null),
                                    new ThreadWait(9, null, null, ThreadWait.NO_FD, null, "running"))),
                    -1, new ReceiveTime(Long.MAX_VALUE, ReceiveTime.UNKNOWN)));

    @Test
    void allOfThemComesBack() {
        Output out = new Output(4096);
        OwnerSerializer.owners(out, EACH);
        Input in = new Input(out.toBytes());
        List<Owner> again = OwnerSerializer.owners(in);
        assertEquals(EACH, again);
        assertEquals(in.limit(), in.position());
        Output second = new Output(4096);
        OwnerSerializer.owners(second, again);
        assertArrayEquals(out.toBytes(), second.toBytes());
    }
}

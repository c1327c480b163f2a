package dev.sockreel.recorder.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sockreel.capture.record.RecorderNote;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checks the note of a recording that made the kernel load modules. */
class ModuleWatchTest {
    private static Set<String> names(String modules) {
        return ModuleWatch.names(new ProcFiles.Text(modules.getBytes(StandardCharsets.US_ASCII), 0));
    }

    @Test
    void handlersThatCameAreCountedAndNamedWithAllThatCameAlong() {
        Set<String> before = names("virtio 20480 2 - Live 0x0\n");
        Set<String> now = names("sctp_diag 16384 0 - Live 0x0\nsctp 430080 2 sctp_diag, Live 0x0\n"
                + "inet_diag 24576 1 sctp_diag, Live 0x0\nvirtio 20480 2 - Live 0x0\n");
        RecorderNote note = ModuleWatch.note(7, before, now);
        assertNotNull(note);
        assertEquals(RecorderNote.Kind.MODULES_LOADED, note.kind());
        assertEquals(7, note.snapshot());
        assertEquals(2, note.value());
        assertEquals("the host changed: during the dumps, the kernel loaded inet_diag, sctp, sctp_diag", note.text());
    }

    @Test
    void otherModulesAreNoneOfItsBusiness() {
        assertNull(ModuleWatch.note(0, Set.of("tcp_diag"), Set.of("tcp_diag", "nf_tables")));
        assertNull(ModuleWatch.note(0, Set.of("tcp_diag", "unix_diag"), Set.of("tcp_diag")));
    }
}

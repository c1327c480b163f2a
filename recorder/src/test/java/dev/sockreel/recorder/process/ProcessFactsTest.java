package dev.sockreel.recorder.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sockreel.capture.record.Processes;
import dev.sockreel.recorder.host.ProcFiles;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ProcessFactsTest {
    private static ProcessFacts.Cmdline cmdline(String text) {
        return ProcessFacts.cmdline(new ProcFiles.Text(text.getBytes(StandardCharsets.ISO_8859_1), 0));
    }

    private static String text(ProcessFacts.Cmdline cmdline) {
        return new String(cmdline.bytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aShortCommandLineIsStoredWhole() {
        ProcessFacts.Cmdline got = cmdline("app\0--port\0" + "80\0");
        assertEquals("app\0--port\0" + "80\0", text(got));
        assertEquals(0, got.flags());
        assertEquals(0, cmdline("").flags(), "a kernel thread has none");
    }

    /** Cut first, the URL would have no "@" and would not be recognized. */
    @Test
    void secretsAreMaskedBeforeTheCut() {
        for (int before = 4065; before < 4100; before++) {
            ProcessFacts.Cmdline got =
                    cmdline("app\0" + "x".repeat(before - 5) + "\0postgres://u:hunter2@host/db\0--password\0hunter2\0");
            assertEquals(Processes.MAX_CMDLINE_BYTES, got.bytes().length);
            assertEquals(Processes.CMDLINE_CUT | Processes.CMDLINE_MASKED, got.flags());
            assertFalse(text(got).contains("hun"), "cut at " + before);
        }
    }

    /** The last word that was read may be cut in the middle. */
    @Test
    void theEndOfAHugeCommandLineIsDropped() {
        String words = "0123456789abcde\0".repeat(200);
        String text = "app\0" + words + "y".repeat(ProcessFacts.MAX_READ_BYTES - 4 - words.length() - 20)
                + "\0postgres://u:secre";
        assertEquals(ProcessFacts.MAX_READ_BYTES - 1, text.length());
        ProcessFacts.Cmdline got = cmdline(text + "t");
        assertEquals(Processes.CMDLINE_CUT, got.flags());
        assertEquals(Processes.MAX_CMDLINE_BYTES, got.bytes().length);
        ProcessFacts.Cmdline oneWord = cmdline("z".repeat(ProcessFacts.MAX_READ_BYTES));
        assertEquals(0, oneWord.bytes().length, "no word is whole");
        assertEquals(Processes.CMDLINE_CUT, oneWord.flags());
    }

    @Test
    void aCommandLineThatCannotBeRead() {
        ProcessFacts.Cmdline got = ProcessFacts.cmdline(new ProcFiles.Text(new byte[0], 13));
        assertEquals(Processes.CMDLINE_UNREADABLE, got.flags());
        assertEquals(0, got.bytes().length);
    }

    @Test
    void theEffectiveUserIsTheSecondNumber() {
        assertEquals(33, ProcessFacts.effectiveUid("Name:\tUid:\t7\nState:\tS\nUid:\t0\t33\t0\t0\nGid:\t0\t0\t0\t0\n"));
        assertEquals(-2, ProcessFacts.effectiveUid("Name:\tx\nUid:\t0\t4294967294\t0\t0\n"), "unsigned");
        String status = "Name:\tx\nUid:\t0\t33\t";
        for (int length = 0; length < status.length(); length++) {
            assertEquals(-1, ProcessFacts.effectiveUid(status.substring(0, length)), "cut at " + length);
        }
    }

    @Test
    void theMachineOfAProgram() {
        byte[] elf = new byte[20];
        elf[0] = 0x7f;
        elf[1] = 'E';
        elf[2] = 'L';
        elf[3] = 'F';
        elf[5] = 1;
        elf[18] = (byte) 0xb7;
        assertEquals(183, ProcessFacts.machine(elf));
        elf[5] = 2;
        assertEquals(0xb700, ProcessFacts.machine(elf));
        elf[5] = 3;
        assertEquals(0, ProcessFacts.machine(elf));
        for (int length = 0; length < elf.length; length++) {
            assertEquals(0, ProcessFacts.machine(Arrays.copyOf(elf, length)));
        }
        assertEquals(0, ProcessFacts.machine("#!/bin/sh and more text".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void usersOfTheHost() {
        UserNames users = UserNames.of("""
                root:x:0:0:root:/root:/bin/bash
                # a comment
                broken
                toor:x:0:0::/root:/bin/sh
                www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
                none:x::1::
                big:x:4294967294:1::/:
                huge:x:99999999999:1::/:
                +::::::
                """);
        assertEquals("root", users.name(0), "the first of two");
        assertEquals("www-data", users.name(33));
        assertEquals("big", users.name(-2));
        assertEquals("", users.name(1000));
    }

    @Test
    void aReaderThatIsStuckIsLeftBehind() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        PatientReader reader = new PatientReader(Duration.ofMillis(400));
        for (int i = 0; i < PatientReader.MAX_STUCK; i++) {
            assertEquals("read", reader.read(files -> "read"));
            assertNull(reader.read(files -> awaited(never)));
        }
        assertNull(reader.read(files -> "read"), "too many are stuck");
        never.countDown();
    }

    private static String awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return "too late";
    }

}

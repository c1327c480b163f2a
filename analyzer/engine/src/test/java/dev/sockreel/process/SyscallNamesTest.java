package dev.sockreel.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.capture.record.Threads;
import dev.sockreel.nlmsg.Errno;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SyscallNamesTest {
    private static final int X86_64 = 62;
    private static final int I386 = 3;
    private static final int ARM = 40;
    private static final int AARCH64 = 183;

    private static ThreadWait wait(int machine, int call, int argument) {
        return wait(machine, new Threads.Thread(7, 'S', call, argument, 0, "x"));
    }

    private static ThreadWait wait(int machine, Threads.Thread thread) {
        return SyscallNames.waits(new Threads.Process(7, 0, List.of(thread)), 1, machine).getFirst();
    }

    @ParameterizedTest
    @CsvSource({
        X86_64 + ", 44, 7, sendto, 7",
        X86_64 + ", 202, 7, futex, -1",
        X86_64 + ", 7, 7, poll, -1",
        X86_64 + ", 281, 4, epoll_pwait, 4",
        X86_64 + ", 441, 4, epoll_pwait2, 4",
        X86_64 + ", 426, 4, io_uring_enter, 4",
        X86_64 + ", 42, -1, connect, -1",
        X86_64 + ", 9999, 7, 9999, -1",
        X86_64 + ", 1073741825, 7, write, 7", // x32
        X86_64 + ", 1073751824, 7, 1073751824, -1",
        I386 + ", 102, 11, sendto, -1",
        I386 + ", 102, 3, connect, -1",
        I386 + ", 102, 99, socketcall, -1",
        I386 + ", 369, 7, sendto, 7",
        I386 + ", 422, 7, futex_time64, -1",
        ARM + ", 290, 7, sendto, 7",
        ARM + ", 252, 7, epoll_wait, 7",
        AARCH64 + ", 206, 7, sendto, 7",
        AARCH64 + ", 98, 7, futex, -1",
        "243, 206, 7, sendto, 7",
        "0, 44, 7, 44, -1",
        "22, 44, 7, 44, -1"})
    void callsHaveTheNamesOfTheirMachine(int machine, int call, int argument, String name, int fd) {
        ThreadWait wait = wait(machine, call, argument);
        assertEquals(name, wait.syscall());
        assertEquals(fd, wait.fd());
        assertEquals(null, wait.why());
    }

    @ParameterizedTest
    @CsvSource({Threads.NO_CALL + ", 0, no-call", Threads.RUNNING + ", 0, running",
        Threads.UNREADABLE + ", " + Errno.EPERM + ", not-permitted",
        Threads.UNREADABLE + ", " + Errno.EACCES + ", not-permitted",
        Threads.UNREADABLE + ", " + Errno.ESRCH + ", ended", Threads.UNREADABLE + ", " + Errno.EIO + ", unreadable",
        "-2147483648, 0, unreadable"})
    void noCallHasAReason(int call, int errno, String why) {
        ThreadWait wait = wait(X86_64, new Threads.Thread(7, 'D', call, 3, errno, ""));
        assertEquals(new ThreadWait(7, "D", null, ThreadWait.NO_FD, null, why), wait);
    }

    @Test
    void namesAreOfTheDescriptorTheyWorkOn() {
        ThreadWait sending = wait(X86_64, 44, 7);
        assertTrue(sending.isSendingOn(7));
        assertFalse(sending.isSendingOn(8));
        assertFalse(sending.isReceivingFrom(7));
        assertTrue(wait(X86_64, 45, 7).isReceivingFrom(7));
        assertTrue(wait(X86_64, 288, 7).isAcceptingOn(7));
        assertTrue(wait(X86_64, 42, 7).isConnecting(7));
        assertFalse(wait(X86_64, 202, 7).isConnecting(7));
        assertFalse(wait(X86_64, new Threads.Thread(7, 0, -1, 7, 0, "")).isConnecting(7));
    }

    @ParameterizedTest
    @EnumSource(Abi.class)
    void eachMachineHasTheCallsOfASocket(Abi abi) {
        List<String> found = new java.util.ArrayList<>();
        for (int i = 0; i < 500; i++) {
            found.add(String.valueOf(abi.name(i)));
        }
        assertTrue(found.containsAll(List.of("read", "write", "readv", "writev", "recvfrom", "recvmsg", "recvmmsg",
                "sendto", "sendmsg", "sendmmsg", "connect", "accept4", "ppoll", "pselect6", "epoll_pwait", "futex",
                "nanosleep", "clock_nanosleep", "wait4", "waitid", "sendfile", "splice", "io_uring_enter", "flock",
                "fsync", "openat")), abi + " " + found);
        assertNotNull(abi.name(441));
    }

    @Test
    void unprintableTextIsEscaped() {
        ThreadWait wait = wait(X86_64, new Threads.Thread(7, 7, 0, 3, 0, "a\u001b"));
        assertEquals("a\\x1b", wait.wchan());
        assertEquals(null, wait.state());
    }

    /** A budget may end before all threads were read: what the others do is not known. */
    @Test
    void threadsThatWereNotReadAreNotKnown() {
        Threads.Thread thread = new Threads.Thread(7, 'S', 202, Threads.NO_ARGUMENT, 0, "");
        List<ThreadWait> waits = SyscallNames.waits(new Threads.Process(7, 0, List.of(thread)), 2, 62);
        assertEquals(List.of("futex", "not-read"), waits.stream().map(w -> w.syscall() != null ? w.syscall() : w.why())
                .toList());
        assertEquals(List.of(true, false), waits.stream().map(ThreadWait::isKnown).toList());
    }
}

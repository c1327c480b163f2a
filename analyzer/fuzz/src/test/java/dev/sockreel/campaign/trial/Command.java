package dev.sockreel.campaign.trial;

import com.sun.management.ThreadMXBean;
import dev.sockreel.cli.Main;
import dev.sockreel.cli.printing.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A command that runs on a thread of its own in this JVM. */
final class Command implements Runnable {
    private static final long MAX_SECONDS = 120;
    private static final int MAX_OUTPUT_BYTES = 256 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final String[] words;
    private final Output out = new Output();
    private final Output err = new Output();
    private int exit;
    private long cpuNs;
    private long allocatedBytes;
    private @Nullable Throwable thrown;

    private Command(List<String> words) {
        this.words = words.toArray(String[]::new);
    }

    /**
     * Runs a command to its end.
     *
     * @throws HangException when it does not end
     */
    static CommandResult run(List<String> words) throws HangException {
        Command command = new Command(words);
        Thread thread = Thread.ofPlatform().daemon().name("command").start(command);
        try {
            if (!thread.join(Duration.ofSeconds(MAX_SECONDS))) {
                throw new HangException(String.join(" ", words), thread);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + String.join(" ", words), e);
        }
        if (command.thrown != null) {
            throw new ThrownException(String.join(" ", words), command.thrown);
        }
        return new CommandResult(words, command.exit, command.out.toByteArray(), command.err.toByteArray(),
                command.cpuNs, command.allocatedBytes);
    }

    @Override
    public void run() {
        long cpu = THREADS.getCurrentThreadCpuTime();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        try {
            exit = Main.run(Streams.of(InputStream.nullInputStream(), out, err), words);
        } catch (Throwable e) {
            thrown = e; // whatever a command throws is a finding
        }
        cpuNs = THREADS.getCurrentThreadCpuTime() - cpu;
        allocatedBytes = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    }

    /** Thrown when a command let a throwable escape. */
    static final class ThrownException extends RuntimeException {
        private static final long serialVersionUID = 1;
        final String command;
        final Throwable thrown;

        ThrownException(String command, Throwable cause) {
            super(cause);
            this.thrown = cause;
            this.command = command;
        }
    }

    /** Thrown when a command does not end. Its thread still runs, so the JVM is of no more use. */
    public static final class HangException extends RuntimeException {
        private static final long serialVersionUID = 1;
        final String command;

        HangException(String command, Thread thread) {
            super("ran for " + TimeUnit.SECONDS.toMinutes(MAX_SECONDS) + " minutes, and is at "
                    + List.of(thread.getStackTrace()).stream().limit(12).toList());
            this.command = command;
        }
    }

    /** Keeps what is written, up to a bound. */
    private static final class Output extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            if (kept.size() + count > MAX_OUTPUT_BYTES) {
                throw new IOException("the output has no end");
            }
            kept.write(bytes, from, count);
        }

        byte[] toByteArray() {
            return kept.toByteArray();
        }
    }
}

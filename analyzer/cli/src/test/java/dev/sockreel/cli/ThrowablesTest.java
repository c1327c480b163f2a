package dev.sockreel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sockreel.cli.printing.Streams;
import dev.sockreel.failure.LastResort;
import java.io.ByteArrayOutputStream;
import java.io.IOError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** Whatever is thrown, wherever: one sentence and exit code 3. */
class ThrowablesTest {
    /** A command that throws what it is given, where it is told to. */
    @Command(name = "throw")
    private static final class Thrower implements Callable<Integer> {
        private final Throwable what;

        Thrower(Throwable what) {
            this.what = what;
        }

        @Option(names = "--word", converter = Converter.class)
        @SuppressWarnings("UnusedVariable") // its conversion throws
        private String word = "";

        @Override
        public Integer call() {
            Thrower.<RuntimeException>hide(what);
            return 0;
        }

        /** Throws it, whatever it is. */
        @SuppressWarnings("unchecked")
        private static <T extends Throwable> void hide(Throwable e) throws T {
            throw (T) e;
        }
    }

    /** Throws an error at each word. */
    static final class Converter implements ITypeConverter<String> {
        @Override
        public String convert(String word) {
            throw new NoClassDefFoundError(word);
        }
    }

    private static final class Broken {
        static final int VALUE = Integer.parseInt(System.getProperty("sockreel.no.such.property", "no number"));
    }

    static Stream<Arguments> throwables() {
        return Stream.of(
                Arguments.of(new NoClassDefFoundError("a/B"), "is missing or does not fit (NoClassDefFoundError: a/B)"),
                Arguments.of(new UnsatisfiedLinkError("lib.so"), "(UnsatisfiedLinkError: lib.so)"),
                Arguments.of(new VerifyError("bad\n  in\n  many lines"), "(VerifyError: bad)"),
                Arguments.of(new ExceptionInInitializerError("alone"), "ExceptionInInitializerError"),
                Arguments.of(new ExceptionInInitializerError(new UnsatisfiedLinkError("x")), "UnsatisfiedLinkError: x"),
                Arguments.of(new OutOfMemoryError("Java heap space"), "out of memory: set a larger heap"),
                Arguments.of(new OutOfMemoryError("unable to create native thread"), "no more threads"),
                Arguments.of(new StackOverflowError(), "the stack is too small"),
                Arguments.of(new IOError(new IOException("disk gone")), "sockreel: disk gone"),
                Arguments.of(new SecurityException("no"), "not permitted: no"),
                Arguments.of(new InternalError("fault"), "Java failed (InternalError: fault)"),
                Arguments.of(new IllegalStateException(new OutOfMemoryError("x")), "out of memory"),
                Arguments.of(new AssertionError("wrong"), "this is a bug in sockreel"),
                Arguments.of(new Throwable("any"), "this is a bug in sockreel"));
    }

    private static CommandRun run(Throwable what, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit = Streams.of(InputStream.nullInputStream(), out, err).run(() -> {
            Main main = new Main();
            return Main.run(main, Main.commandLine(main, Map.of("throw", new Thrower(what))), words);
        });
        return new CommandRun(List.of(words), exit, out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void aThrowableIsOneSentenceAnd3(Throwable what, String sentence) {
        CommandRun run = run(what, "throw").exits(3).saysOnly(1);
        assertTrue(run.err().startsWith("sockreel: ") && run.err().contains(sentence), run.toString());
        assertFalse(run.err().contains("\tat "), run.toString());
    }

    @ParameterizedTest
    @MethodSource("throwables")
    void debugShowsWhere(Throwable what, String sentence) {
        CommandRun run = run(what, "throw", "--debug").exits(3);
        assertTrue(run.err().startsWith("sockreel: ") && run.err().contains("\tat "), run.toString());
    }

    @Test
    void anErrorWhileWordsAreReadIsOneSentenceAnd3() {
        CommandRun run = run(new Error(), "throw", "--word", "w").exits(3).saysOnly(1);
        assertTrue(run.err().contains("NoClassDefFoundError: w"), run.toString());
    }

    /** The main class of a process, some of whose threads throw. */
    static final class Background {
        public static void main(String[] args) throws InterruptedException {
            LastResort.install();
            Runnable failing = switch (args[0]) {
                case "stack" -> Background::deeper;
                case "heap" -> () -> System.out.println(new long[Integer.MAX_VALUE - 8].length);
                case "init" -> () -> System.out.println(Broken.VALUE);
                default -> () -> {
                    throw new NoClassDefFoundError("x");
                };
            };
            Thread thread = Thread.ofPlatform().daemon().start(failing);
            thread.join();
            System.exit(LastResort.exitCode(0));
        }

        @SuppressWarnings("InfiniteRecursion") // to overflow the stack
        private static void deeper() {
            deeper();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stack", "heap", "init", "link"})
    @Tag("process")
    void aThreadOfTheBackgroundIsReportedAnd3(String what) {
        CommandRun run = CommandRun.started(Path.of(""),
                CommandRun.java(List.of("-Xmx32m", "-XX:TieredStopAtLevel=1"), Background.class, what));
        run.exits(3).saysOnly(1);
        assertTrue(run.err().startsWith("sockreel: "), run.toString());
    }

    @Test
    void withoutAFailureTheCommandsCodeStays() {
        assertEquals(4, LastResort.exitCode(4));
    }
}

package dev.sockreel.zstd;

import java.lang.reflect.Method;

/**
 * Keeps Java's warning about sun.misc.Unsafe off stderr (JEP 498), which the library would cause. Java prints it once;
 * --sun-misc-unsafe-memory-access=allow prevents it, but a jar cannot set that, whoever runs {@code java -jar} can do
 * nothing about the warning, and scripts read stderr.
 */
final class UnsafeWarning {
    /** Marks the warning as given. Where Java has no such mark, the warning is printed. */
    static void suppress() {
        try {
            Class<?> unsafe = Class.forName("sun.misc.Unsafe");
            Method mark = unsafe.getDeclaredMethod("trySetMemoryAccessWarned");
            mark.setAccessible(true);
            mark.invoke(null);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return; // another Java: the warning does no harm
        }
    }

    private UnsafeWarning() {}
}

package dev.sockreel.output;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The path of a pipe, a device, or an open descriptor (/proc/PID/fd/N). It is opened as it is: neither created nor
 * truncated.
 *
 * @param descriptor whether it is a descriptor, which may also be of a regular file: {@code -o /dev/stdout > FILE}
 */
record StreamPath(Path path, boolean descriptor) {
    /** Standard output, also where there is no /proc. */
    static final StreamPath STDOUT = new StreamPath(Output.STDOUT, true);

    private static final Pattern DESCRIPTOR = Pattern.compile("/proc/(\\d+)/(?:task/\\d+/)?fd/(\\d+)");

    static boolean isDescriptor(Path path) {
        return DESCRIPTOR.matcher(path.toString()).matches();
    }

    /** Opens a pipe, which waits for its reader, a device or a descriptor. */
    FileChannel open() throws IOException {
        if (!descriptor) {
            return FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        }
        return switch (ownDescriptor()) {
            // The descriptor itself: a second one of the same file would begin at the file's first byte.
            case 1 -> new FileOutputStream(FileDescriptor.out).getChannel();
            case 2 -> new FileOutputStream(FileDescriptor.err).getChannel();
            default -> Files.isRegularFile(path)
                    ? FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND)
                    : FileChannel.open(path, StandardOpenOption.WRITE);
        };
    }

    /** Returns whether it is stdout or stderr of this process, which others write to as well. */
    boolean isStandard() {
        int own = ownDescriptor();
        return own == 1 || own == 2;
    }

    boolean isStdout() {
        return ownDescriptor() == 1;
    }

    /** Returns whether a person would see what is written. */
    boolean isTerminal() {
        try {
            Path shown = path.equals(Output.STDOUT) ? Path.of("/proc/self/fd/1") : path;
            String name = (descriptor ? Files.readSymbolicLink(shown) : shown).toString();
            return name.startsWith("/dev/pts/") || name.startsWith("/dev/tty") || name.equals("/dev/console");
        } catch (IOException e) {
            return false; // no /proc
        }
    }

    /** Returns the number of this process's descriptor; -1 when it is none. */
    private int ownDescriptor() {
        if (path.equals(Output.STDOUT)) {
            return 1;
        }
        Matcher m = DESCRIPTOR.matcher(path.toString());
        try {
            boolean own = m.matches() && Files.readSymbolicLink(Path.of("/proc/self")).toString().equals(m.group(1));
            return own ? Integer.parseInt(m.group(2)) : -1;
        } catch (IOException | NumberFormatException e) {
            return -1; // no /proc, so no descriptor in it
        }
    }
}
